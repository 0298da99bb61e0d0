using System.Text.RegularExpressions;
using Sameboat.Server.Web;
using Sameboat.Tests;

namespace Sameboat.Server.Tests;

public sealed partial class CatalogueTests
{
    [Fact]
    public void Every_string_that_a_page_names_is_in_every_catalogue()
    {
        var named = Sources()
            .SelectMany(source => Named().Matches(source))
            .Select(match => match.Groups[1].Value)
            .Where(key => !key.Contains('{', StringComparison.Ordinal))
            .ToHashSet();
        named.Count.ShouldBeGreaterThan(100);
        foreach (var culture in Words.Cultures)
        {
            var words = Words.Of(culture)!;
            named.Where(key => words.Find(key) is null && words.Find($"{key}.other") is null).ShouldBeEmpty(culture);
        }
    }

    [Fact]
    public void No_catalogue_holds_a_string_that_no_page_names()
    {
        var sources = string.Join('\n', Sources());
        string[] computed = ["trend.", "unit.", "offer.", "round.", "member.", "effect.", "reason."];

        Words.Of("en")!.Keys
            .Where(key => !computed.Any(prefix => key.StartsWith(prefix, StringComparison.Ordinal)))
            .Where(key => !sources.Contains($"\"{key}\"", StringComparison.Ordinal)
                && !sources.Contains($"\"{key[..Math.Max(0, key.LastIndexOf('.'))]}\"", StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    [Fact]
    public void A_key_that_is_missing_is_a_fault_and_not_an_empty_string()
    {
        Should.Throw<KeyNotFoundException>(() => Words.Of("en")!["no.such.key"]);
    }

    private static IEnumerable<string> Sources() =>
        Directory.EnumerateFiles(
                Path.Combine(Repository.Root, "src", "Sameboat.Server"), "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".razor" or ".cs")
            .Select(File.ReadAllText);

    [GeneratedRegex("""[wW]ords(?:\.Format\(|\.Count\(|\[|\.Find\()\$?"([^"]+)["]""")]
    private static partial Regex Named();
}
