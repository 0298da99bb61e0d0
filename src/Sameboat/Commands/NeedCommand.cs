using System.CommandLine;
using System.Globalization;
using Sameboat.Supplies;

namespace Sameboat.Commands;

/// <summary><c>sameboat need</c>: from case counts to the tables of WHO's tool and the need of each item.</summary>
internal static class NeedCommand
{
    private const int WeeksDefault = 12;
    private const int LeadWeeksMax = 26;

    internal static DeclaredCommand Declare(Terminal terminal)
    {
        var disease = OptionOf.Disease();
        var cases = OptionOf.Path(
            "--cases",
            "Daily counts: iso3,date,cases or Date_reported,Country_code,New_cases, or a form that plan reads.");
        var places = new Option<string>("--places")
        {
            Description = "Codes of three letters, parted by commas, or all that the counts have.",
            HelpName = "AFG,ETH|all",
            DefaultValueFactory = _ => NeedRequest.AllPlaces,
        };
        var start = OptionOf.Day("--start", "The day the planned weeks begin, or the first Monday after it.");
        start.Required = true;
        var weeks = OptionOf.Whole("--weeks", "Weeks planned for.", "N", 1, NeedRequest.WeeksMax, WeeksDefault);
        var strategy = OneOf("--strategy", "Who is tested of those not severely ill.", "all", "all", "targeted");
        var mode = OneOf("--mode", "With the tool's defects mended, or exactly as WHO's tool.", "corrected",
            "corrected", "parity");
        var stock = OptionOf.OptionalPath(
            "--stock", "What is in hand and on the way: iso3,item,stock,pipeline. Corrected mode.");
        var wastage = Share("--wastage", "Share of consumables lost before use, below 1. Corrected mode.");
        var lead = OptionOf.Whole(
            "--lead-weeks", "Weeks until goods arrive, when the planned weeks begin. Corrected mode.", "N", 0,
            LeadWeeksMax, 0);
        var coverage = Share(
            "--coverage", "Share of inhabitants to vaccinate; the pack's own if left out. Corrected mode.");
        var oxygen = MixOption();
        var output = OptionOf.Path("--out", "The folder to write; one that an earlier run wrote is replaced.", "DIR");
        var command = new Command("need", "Estimates what places need, from case counts.")
        {
            disease, cases, places, start, weeks, strategy, mode, stock, wastage, lead, coverage, oxygen, output,
        };
        Option[] correctedOnly = [stock, wastage, lead, coverage, oxygen];
        command.Validators.Add(result =>
        {
            if (result.GetValue(mode) == "parity"
                && correctedOnly.FirstOrDefault(one => result.GetResult(one) is { Implicit: false }) is { } given)
            {
                result.AddError($"{given.Name} goes with --mode corrected: WHO's tool has nothing of the kind.");
            }
        });
        command.SetAction(parsed => NeedCommandRun.Run(terminal, new NeedRequest(
            parsed.GetValue(disease)!,
            parsed.GetRequiredValue(cases),
            parsed.GetValue(places)!,
            parsed.GetRequiredValue(start)!.Value,
            parsed.GetValue(weeks),
            parsed.GetValue(strategy) == "all" ? TestingStrategy.All : TestingStrategy.Targeted,
            parsed.GetValue(mode) == "parity" ? NeedMode.Parity : NeedMode.Corrected,
            parsed.GetValue(stock),
            parsed.GetValue(wastage) ?? 0,
            parsed.GetValue(lead),
            parsed.GetValue(coverage),
            parsed.GetValue(oxygen),
            parsed.GetRequiredValue(output))));
        return new DeclaredCommand(command,
            "sameboat need --disease covid-19 --cases cases.csv --places AFG,ETH --start 2022-01-03 --weeks 12 "
            + "--strategy all --mode parity --out out/need");
    }

    private static Option<string> OneOf(string name, string description, string otherwise, params string[] words)
    {
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => otherwise };
        option.AcceptOnlyFromAmong(words);
        return option;
    }

    private static Option<double?> Share(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "SHARE",
        CustomParser = argument =>
        {
            var word = argument.Tokens.Count == 1 ? argument.Tokens[0].Value : "";
            if (TryShare(word, out var share) && (share < 1 || name != "--wastage"))
            {
                return share;
            }

            argument.AddError($"{name}: found «{word}», expected a share from 0 to 1, such as 0.1");
            return null;
        },
    };

    private static Option<OxygenMix?> MixOption() => new("--oxygen")
    {
        Description = "Shares of oxygen from cylinders, concentrators, plants and liquid. Corrected mode.",
        HelpName = "C,C,P,L",
        CustomParser = argument =>
        {
            var word = argument.Tokens.Count == 1 ? argument.Tokens[0].Value : "";
            var shares = word.Split(',').Select(part => TryShare(part, out var share) ? share : -1).ToArray();
            if (shares.Length == 4 && shares.All(one => one >= 0) && Math.Abs(shares.Sum() - 1) <= 1e-9)
            {
                return new OxygenMix(shares[0], shares[1], shares[2], shares[3]);
            }

            argument.AddError(
                $"--oxygen: found «{word}», expected four shares that add up to 1, such as 0.2,0.3,0.4,0.1");
            return null;
        },
    };

    private static bool TryShare(string text, out double share) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out share) && share <= 1;
}

/// <summary>What one call of <c>need</c> asks for.</summary>
internal sealed record NeedRequest(
    string Disease,
    string Cases,
    string Places,
    DateOnly Start,
    int Weeks,
    TestingStrategy Testing,
    NeedMode Mode,
    string? Stock,
    double Wastage,
    int LeadWeeks,
    double? Coverage,
    OxygenMix? Oxygen,
    string Output)
{
    internal const string AllPlaces = "all";

    internal const int WeeksMax = 104;
}
