using System.CommandLine;
using System.Globalization;
using Sameboat.Exchange.Chain;
using Sameboat.Exchange.Files;
using Sameboat.Supplies;

namespace Sameboat.Commands;

/// <summary><c>sameboat plan</c>: from case counts and offers to a fair plan, its proof and its report.</summary>
internal static class PlanCommand
{
    private const int WeeksDefault = 4;
    private const ulong SeedDefault = 1;
    private const string DiseaseDefault = "covid-19";

    internal static DeclaredCommand Declare(Terminal terminal)
    {
        var cases = File("--cases", "Case counts, long or as JHU CSSE, WHO, Our World in Data or ECDC publish them.");
        cases.Required = true;
        var deaths = File("--deaths", "Deaths in a file of their own, for JHU CSSE's wide form.");
        var offers = File("--offers", "Lots offered, or a record of vaccine deliveries by donor.");
        offers.Required = true;
        var asOf = new Option<DateOnly?>("--as-of")
        {
            Description = "Last day whose counts are used, such as 2022-02-28; the last day of the file if left out.",
            HelpName = "DATE",
            CustomParser = argument =>
            {
                if (DateOnly.TryParseExact(argument.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture,
                        DateTimeStyles.None, out var day))
                {
                    return day;
                }

                argument.AddError($"--as-of takes a date such as 2022-02-28, not «{argument.Tokens[0].Value}».");
                return null;
            },
        };
        var weeks = new Option<int>("--weeks")
        {
            Description = $"Weeks forecast and planned for, 1 to {ChainSettings.WeeksMax}.",
            HelpName = "N",
            DefaultValueFactory = _ => WeeksDefault,
        };
        weeks.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var count)
                && count is < 1 or > ChainSettings.WeeksMax)
            {
                result.AddError($"--weeks takes a whole number from 1 to {ChainSettings.WeeksMax}.");
            }
        });
        var seed = new Option<ulong>("--seed")
        {
            Description = "Seed of the lottery among equals; name it before the counts are known.",
            HelpName = "N",
            DefaultValueFactory = _ => SeedDefault,
        };
        var disease = new Option<string>("--disease")
        {
            Description = "The disease pack.",
            DefaultValueFactory = _ => DiseaseDefault,
        };
        disease.AcceptOnlyFromAmong([.. DiseasePacks.Codes]);
        var key = File("--key", $"The key that signs the run, made on first use; {RunKey.DefaultPath} if left out.");
        var output = new Option<string>("--out")
        {
            Description = "The folder to write; one that an earlier plan wrote is replaced.",
            HelpName = "DIR",
            Required = true,
        };
        var command = new Command("plan", "Plans who gets what, from case counts and offers.")
        {
            cases, deaths, offers, asOf, weeks, seed, disease, key, output,
        };
        command.SetAction(parsed => PlanRun.Run(terminal, new PlanRequest(
            parsed.GetRequiredValue(cases)!,
            parsed.GetValue(deaths),
            parsed.GetRequiredValue(offers)!,
            parsed.GetValue(asOf),
            parsed.GetValue(weeks),
            parsed.GetValue(seed),
            parsed.GetValue(disease)!,
            parsed.GetValue(key) ?? RunKey.DefaultPath,
            parsed.GetRequiredValue(output))));
        return new DeclaredCommand(command,
            "sameboat plan --cases cases.csv --offers offers.csv --as-of 2022-02-28 --out out/plan");
    }

    private static Option<string?> File(string name, string description) =>
        new(name) { Description = description, HelpName = "FILE" };
}

/// <summary>What one call of <c>plan</c> asks for.</summary>
internal sealed record PlanRequest(
    string Cases,
    string? Deaths,
    string Offers,
    DateOnly? AsOf,
    int Weeks,
    ulong Seed,
    string Disease,
    string Key,
    string Output);
