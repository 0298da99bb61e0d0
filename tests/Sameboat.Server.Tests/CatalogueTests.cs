using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
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
    public void The_seven_languages_are_there() =>
        Words.Cultures.Order(StringComparer.Ordinal)
            .ShouldBe(["ar", "en", "es", "fr", "ru", "zh-Hans", "zh-Hant"]);

    [Theory]
    [MemberData(nameof(EveryCulture))]
    public void Every_catalogue_says_what_the_english_one_says_with_the_same_gaps(string culture)
    {
        var english = Words.Of("en")!;
        var words = Words.Of(culture)!;

        Stems(words).ShouldBe(Stems(english));
        foreach (var key in Stems(english))
        {
            var text = words.Find(key) ?? words[$"{key}.other"];
            text.ShouldNotBeNullOrEmpty(key);
            Gaps(text).ShouldBe(Gaps(english.Find(key) ?? english[$"{key}.other"]), key);
        }
    }

    [Theory]
    [MemberData(nameof(EveryCulture))]
    public void Every_plural_form_of_the_culture_is_written(string culture)
    {
        var words = Words.Of(culture)!;
        var forms = Enumerable.Range(0, 1_000).Append(1_000_000)
            .Select(count => PluralForms.Of(culture, count))
            .Distinct()
            .ToList();

        foreach (var stem in words.Keys.Where(key => key.EndsWith(".other", StringComparison.Ordinal)))
        {
            foreach (var form in forms)
            {
                words.Find($"{stem[..^".other".Length]}.{form}").ShouldNotBeNull($"{culture}: {stem}, {form}");
            }
        }
    }

    [Theory]
    [InlineData("en", 0, "other")]
    [InlineData("en", 1, "one")]
    [InlineData("fr", 0, "one")]
    [InlineData("fr", 1, "one")]
    [InlineData("fr", 2, "other")]
    [InlineData("fr", 2_000_000, "many")]
    [InlineData("es", 0, "other")]
    [InlineData("es", 1_000_000, "many")]
    [InlineData("es", 1_000_001, "other")]
    [InlineData("ru", 1, "one")]
    [InlineData("ru", 21, "one")]
    [InlineData("ru", 11, "many")]
    [InlineData("ru", 22, "few")]
    [InlineData("ru", 112, "many")]
    [InlineData("ru", 25, "many")]
    [InlineData("ar", 0, "zero")]
    [InlineData("ar", 1, "one")]
    [InlineData("ar", 2, "two")]
    [InlineData("ar", 103, "few")]
    [InlineData("ar", 111, "many")]
    [InlineData("ar", 102, "other")]
    [InlineData("zh-Hans", 1, "other")]
    [InlineData("zh-Hant", 5, "other")]
    [InlineData("ru", long.MinValue, "many")]
    public void A_plural_form_is_the_one_of_cldr(string culture, long count, string form) =>
        PluralForms.Of(culture, count).ShouldBe(form);

    [Theory]
    [InlineData("fr-CA,fr;q=0.9,en;q=0.5", "fr")]
    [InlineData("zh-TW", "zh-Hant")]
    [InlineData("zh-Hans-HK", "zh-Hans")]
    [InlineData("zh", "zh-Hans")]
    [InlineData("xx, ar;q=0.2, ru;q=0.4", "ru")]
    [InlineData("es;q=0, AR", "ar")]
    [InlineData("*", "en")]
    [InlineData("", "en")]
    public void A_reader_gets_the_language_that_the_browser_asks_for(string asked, string culture)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.AcceptLanguage = asked;

        ReaderCulture.Of(context.Request).ShouldBe(culture);
    }

    [Fact]
    public void The_two_chinese_scripts_are_written_apart_and_not_one_converted_into_the_other()
    {
        var hans = Words.Of("zh-Hans")!;
        var hant = Words.Of("zh-Hant")!;

        // Words that differ between the places where each script is read, not only between the signs.
        hans["world.newest"].ShouldContain("记录");
        hant["record.title"].ShouldBe("紀錄");
        (hans["nav.label"], hant["nav.label"]).ShouldBe(("栏目", "單元"));
        (hans["exercise.mark"], hant["exercise.mark"]).ShouldBe(("演练", "演習"));
    }

    public static TheoryData<string> EveryCulture() => [.. Words.Cultures];

    // The keys without their plural forms; the names of items may stand in any catalogue.
    private static List<string> Stems(Words words) =>
    [
        .. words.Keys
            .Where(key => key == "item.met" || !key.StartsWith("item.", StringComparison.Ordinal))
            .Select(key => PluralForm().Replace(key, ""))
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    private static List<string> Gaps(string text) =>
        [.. Gap().Matches(text).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal)];

    [GeneratedRegex(@"\.(zero|one|two|few|many|other)$")]
    private static partial Regex PluralForm();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Gap();

    [Fact]
    public void No_catalogue_holds_a_string_that_no_page_names()
    {
        var sources = string.Join('\n', Sources());
        string[] computed =
        [
            "trend.", "unit.", "offer.", "round.", "member.", "effect.", "reason.", "check.reason.", "state.", "noun.",
            "progress.", "team.", "promise.", "news.", "inbox.channel.", "admin.follow.", "do.", "field.",
            "note.", "choice.", "refused.", "act.", "desk.", "account.way.",
        ];

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
