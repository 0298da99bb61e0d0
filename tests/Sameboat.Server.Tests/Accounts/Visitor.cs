using System.Net;
using System.Text.RegularExpressions;
using Sameboat.Server.Accounts;

namespace Sameboat.Server.Tests.Accounts;

/// <summary>A reader with a browser that keeps cookies, sends forms and runs no script.</summary>
internal sealed partial class Visitor : IDisposable
{
    private const int RedirectsMax = 5;
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    // It carries no cookies of its own: a secure one goes to a node that speaks http behind a proxy, as in life.
    private readonly HttpClientHandler _handler = new() { AllowAutoRedirect = false, UseCookies = false };

    internal Visitor(Uri address) => Client = new HttpClient(_handler) { BaseAddress = address };

    internal HttpClient Client { get; }

    internal Dictionary<string, string> Cookies { get; } = new(StringComparer.Ordinal);

    /// <summary>The page that was answered last.</summary>
    internal string Page { get; private set; } = "";

    /// <summary>Where the last answer came from, redirects followed.</summary>
    internal string Path { get; private set; } = "";

    /// <summary>The cookies that the last answer set, as it wrote them.</summary>
    internal IReadOnlyList<string> SetCookies { get; private set; } = [];

    /// <summary>The secret of the authenticator that was set up last, as the page showed it.</summary>
    internal byte[] Authenticator { get; set; } = [];

    internal Task<int> OpenAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    /// <summary>Sends the form of the open page whose hidden <c>do</c> is this, or its first one.</summary>
    internal Task<int> SubmitAsync(string path, IEnumerable<KeyValuePair<string, string>> fields, string? button = null)
    {
        var form = Forms().Matches(Page).Select(match => match.Value)
            .First(text => button is null || text.Contains($"value=\"{button}\"", StringComparison.Ordinal));
        var hidden = Hidden().Matches(form)
            .Select(match => KeyValuePair.Create(
                Attribute(match.Value, "name"), WebUtility.HtmlDecode(Attribute(match.Value, "value"))));
        return PostAsync(path, hidden.Where(one => fields.All(field => field.Key != one.Key)).Concat(fields));
    }

    internal Task<int> PostAsync(string path, IEnumerable<KeyValuePair<string, string>> fields) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields) });

    /// <summary>Fills the set-up form that is open.</summary>
    internal async Task<int> SetUpAsync(string name, MovedTime clock, Dictionary<string, string>? more = null)
    {
        Authenticator = FromBase32(Secret().Match(Page).Groups[1].Value);
        return await SubmitAsync(Path, new Dictionary<string, string>(more ?? [])
        {
            ["name"] = name,
            ["password"] = AccountNode.Password,
            ["code"] = Totp.Code(Authenticator, Totp.StepOf(clock.GetUtcNow())),
        });
    }

    internal async Task<int> SignInAsync(string name, string code, string password = AccountNode.Password)
    {
        await OpenAsync("/en/sign-in");
        return await SubmitAsync("/en/sign-in", new Dictionary<string, string>
        {
            ["name"] = name, ["password"] = password, ["code"] = code,
        });
    }

    /// <summary>What a page shows once: a link, a token, codes.</summary>
    internal string Once() => WebUtility.HtmlDecode(OnceForm().Match(Page).Groups[1].Value);

    public void Dispose()
    {
        Client.Dispose();
        _handler.Dispose();
    }

    private async Task<int> SendAsync(HttpRequestMessage request)
    {
        SetCookies = [];
        for (var redirects = 0; redirects <= RedirectsMax; redirects++)
        {
            using var sent = request;
            if (Cookies.Count > 0)
            {
                sent.Headers.Add("Cookie", string.Join("; ", Cookies.Select(one => $"{one.Key}={one.Value}")));
            }

            using var answer = await Client.SendAsync(sent, TestContext.Current.CancellationToken);
            Keep(answer.Headers.TryGetValues("Set-Cookie", out var set) ? [.. set] : []);
            if (answer.StatusCode == HttpStatusCode.Redirect)
            {
                request = new HttpRequestMessage(HttpMethod.Get, answer.Headers.Location);
                continue;
            }

            Page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Path = new Uri(Client.BaseAddress!, sent.RequestUri!).PathAndQuery;
            return (int)answer.StatusCode;
        }

        throw new InvalidOperationException($"The node sent the browser on {RedirectsMax} times.");
    }

    private void Keep(string[] set)
    {
        SetCookies = [.. SetCookies, .. set];
        foreach (var parts in set.Select(one => one.Split(';')[0].Split('=', 2)))
        {
            if (parts[1].Length == 0)
            {
                Cookies.Remove(parts[0]);
            }
            else
            {
                Cookies[parts[0]] = parts[1];
            }
        }
    }

    private static string Attribute(string tag, string name) =>
        Regex.Match(tag, $"\\b{name}=\"([^\"]*)\"").Groups[1].Value;

    private static byte[] FromBase32(string text)
    {
        var bytes = new List<byte>();
        var (bits, held) = (0, 0);
        foreach (var letter in text)
        {
            bits = ((bits << 5) | Letters.IndexOf(letter, StringComparison.Ordinal)) & 0xffff;
            held += 5;
            if (held >= 8)
            {
                held -= 8;
                bytes.Add((byte)((bits >> held) & 0xff));
            }
        }

        return [.. bytes];
    }

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("<input[^>]*type=\"hidden\"[^>]*>")]
    private static partial Regex Hidden();

    [GeneratedRegex("secret=([A-Z2-7]+)")]
    private static partial Regex Secret();

    [GeneratedRegex("<pre class=\"once\">(.*?)</pre>", RegexOptions.Singleline)]
    private static partial Regex OnceForm();
}
