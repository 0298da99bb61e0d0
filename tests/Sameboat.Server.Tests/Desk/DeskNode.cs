using System.Net;
using System.Text.RegularExpressions;
using Sameboat.Server.Accounts;
using Sameboat.Server.Tests.Accounts;

namespace Sameboat.Server.Tests.Desk;

/// <summary>What the tests of the desk do again and again, with a browser that runs no script.</summary>
internal static partial class DeskNode
{
    internal const string Outbreak = "outbreak/ken/cough";
    internal const string NewRequest = "/en/desk/new/request";

    /// <summary>A request of two lines as somebody types it.</summary>
    internal static readonly Dictionary<string, string> TwoLines = new()
    {
        ["lines.0.place"] = "Kenya", ["lines.0.item"] = "ors", ["lines.0.unit"] = "sachet",
        ["lines.0.quantity"] = "1,200", ["lines.1.place"] = "ken", ["lines.1.item"] = "gown",
        ["lines.1.unit"] = "each", ["lines.1.quantity"] = "40", ["lines.1.needed_by"] = "2026-02-01",
    };

    /// <summary>Declares an outbreak by its form.</summary>
    internal static async Task DeclareAsync(Visitor visitor)
    {
        await visitor.OpenAsync("/en/desk/new/outbreak");
        var sent = await SendAsync(visitor, "/en/desk/new/outbreak", new Dictionary<string, string>
        {
            ["id"] = "cough", ["name"] = "Cough", ["pack"] = "exercise-fever", ["declared"] = "2026-01-05",
        });
        sent.ShouldBe(200, visitor.Page);
    }

    /// <summary>Sends the form of the open page that goes to an address, its button pressed.</summary>
    internal static Task<int> SendAsync(
        Visitor visitor, string path, Dictionary<string, string> typed, string button = "send")
    {
        var sent = Fields(visitor.Page, path);
        sent["do"] = button;
        foreach (var (name, text) in typed)
        {
            sent[name] = text;
        }

        return visitor.PostAsync(path, sent);
    }

    /// <summary>What a form carries unseen and what stands in its inputs.</summary>
    internal static Dictionary<string, string> Fields(string page, string path)
    {
        var form = Forms().Matches(page).Select(match => match.Value)
            .First(text => text.Contains($"action=\"{path}\"", StringComparison.Ordinal));
        var fields = new Dictionary<string, string>();
        foreach (var tag in Inputs().Matches(form).Select(match => match.Value)
            .Where(tag => !tag.Contains("checkbox", StringComparison.Ordinal)
                || tag.Contains(" checked", StringComparison.Ordinal)))
        {
            fields[Attribute(tag, "name")] = WebUtility.HtmlDecode(Attribute(tag, "value"));
        }

        foreach (Match area in Areas().Matches(form))
        {
            fields[area.Groups[1].Value] = WebUtility.HtmlDecode(area.Groups[2].Value);
        }

        foreach (Match choice in Choices().Matches(form))
        {
            fields[choice.Groups[1].Value] = WebUtility.HtmlDecode(Chosen().Match(choice.Value).Groups[1].Value);
        }

        return fields;
    }

    /// <summary>Somebody else of the same member.</summary>
    internal static async Task<Visitor> InviteAsync(AccountNode node, Visitor admin, string name, string label)
    {
        await admin.OpenAsync("/en/account/people");
        await admin.SubmitAsync(
            "/en/account/people", [new("label", label), .. RolesOf()], "invite");
        var second = node.Visit();
        await second.OpenAsync(new Uri(admin.Once()).PathAndQuery);
        (await second.SetUpAsync(name, node.Clock)).ShouldBe(200, second.Page);
        return second;
    }

    private static IEnumerable<KeyValuePair<string, string>> RolesOf() =>
        Enum.GetNames<Roles>().Where(role => role is not (nameof(Roles.None) or nameof(Roles.Administrator)))
            .Select(role => KeyValuePair.Create("role", role));

    private static string Attribute(string tag, string name) =>
        Regex.Match(tag, $"\\b{name}=\"([^\"]*)\"").Groups[1].Value;

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("<input[^>]*>")]
    private static partial Regex Inputs();

    [GeneratedRegex("<textarea[^>]*name=\"([^\"]*)\"[^>]*>(.*?)</textarea>", RegexOptions.Singleline)]
    private static partial Regex Areas();

    [GeneratedRegex("<select[^>]*name=\"([^\"]*)\".*?</select>", RegexOptions.Singleline)]
    private static partial Regex Choices();

    [GeneratedRegex("<option value=\"([^\"]*)\" selected")]
    private static partial Regex Chosen();
}
