using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Sameboat.Record;

namespace Sameboat.Server.Tests.Exercise;

/// <summary>Whoever runs an exercise, with a browser that has no script.</summary>
internal sealed partial class ExerciseLeader : IDisposable
{
    private readonly HttpClient _client;
    private readonly Uri _lead;

    internal ExerciseLeader(RunningNode node)
    {
        _client = new HttpClient { BaseAddress = node.Address, Timeout = TimeSpan.FromMinutes(2) };
        _lead = node.Lead!;
    }

    public void Dispose() => _client.Dispose();

    internal async Task SignInAsync() => await SendAsync(
        _lead.PathAndQuery, _lead.PathAndQuery, new Dictionary<string, string>());

    internal async Task<HttpResponseMessage> PlayWeekAsync(int week) => await SendAsync(
        "/en/exercise", "/en/exercise/week",
        new Dictionary<string, string> { ["week"] = week.ToString(CultureInfo.InvariantCulture) });

    internal async Task<HttpResponseMessage> InjectAsync(string kind, string name, string value, int? growth = null)
    {
        var page = await GetAsync("/en/exercise");
        var fields = new Dictionary<string, string>
        {
            ["event"] = kind, ["version"] = Version().Match(page).Groups[1].Value, [name] = value,
        };
        if (growth is { } said)
        {
            fields["growth"] = said.ToString(CultureInfo.InvariantCulture);
        }

        return await SendAsync("/en/exercise", "/en/exercise/event", fields);
    }

    internal Task<HttpResponseMessage> PlayAsAsync(string member) => SendAsync(
        "/en/exercise", "/en/exercise/play-as", new Dictionary<string, string> { ["member"] = member });

    internal Task<string> GetAsync(string path) => _client.GetStringAsync(path, TestContext.Current.CancellationToken);

    internal async Task<HttpResponseMessage> SendAsync(
        string page, string action, IReadOnlyDictionary<string, string> fields)
    {
        var shown = await GetAsync(page);
        using var form = new FormUrlEncodedContent(fields.Append(KeyValuePair.Create(
            "__RequestVerificationToken", WebUtility.HtmlDecode(Token().Match(shown).Groups[1].Value))));
        return await _client.PostAsync(action, form, TestContext.Current.CancellationToken);
    }

    internal Task<HttpResponseMessage> AskAsync(string path) =>
        _client.GetAsync(path, TestContext.Current.CancellationToken);

    /// <summary>Every entry of a log, verified.</summary>
    internal async Task<List<Entry>> EntriesAsync(string log)
    {
        var page = await GetAsync($"/en/record/logs/{log}");
        var start = page.IndexOf("exercise.sameboat.invalid/log/" + log + "&#x2B;", StringComparison.Ordinal);
        var key = WebUtility.HtmlDecode(page[start..page.IndexOf('<', start)]);
        var found = LogVerifier.Verify(path => Fetch($"/log/{log}/{path}"), VerifierKey.Parse(key));
        found.Fault.ShouldBeNull();
        return
        [
            .. found.Entries().Select(bytes => Entry.TryParse(bytes.Span, out var entry, out _)
                ? entry
                : throw new InvalidDataException("no entry")),
        ];
    }

    private byte[]? Fetch(string path) => Task.Run(async () =>
    {
        using var answer = await _client.GetAsync(path);
        return answer.IsSuccessStatusCode ? await answer.Content.ReadAsByteArrayAsync() : null;
    }).GetAwaiter().GetResult();

    [GeneratedRegex("name=\"version\" value=\"([0-9]+)\"")]
    private static partial Regex Version();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
