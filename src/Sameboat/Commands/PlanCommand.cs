using System.CommandLine;
using Sameboat.Exchange.Chain;

namespace Sameboat.Commands;

/// <summary><c>sameboat plan</c>: from case counts and offers to a fair plan, its proof and its report.</summary>
internal static class PlanCommand
{
    private const int WeeksDefault = 4;
    private const ulong SeedDefault = 1;

    internal static DeclaredCommand Declare(Terminal terminal)
    {
        var cases = OptionOf.Path(
            "--cases", "Case counts, long or as JHU CSSE, WHO, Our World in Data or ECDC publish them.");
        var deaths = OptionOf.OptionalPath(
            "--deaths", "Deaths in a file of their own, only beside JHU CSSE's wide form.");
        var offers = OptionOf.Path("--offers", "Lots offered, or a record of vaccine deliveries by donor.");
        var asOf = OptionOf.Day("--as-of", "Last day whose counts are used; the last day of the file if left out.");
        var weeks = OptionOf.Whole(
            "--weeks", "Weeks forecast and planned for.", "N", 1, ChainSettings.WeeksMax, WeeksDefault);
        var seed = OptionOf.Seed("Seed of the lottery among equals; name it before the counts are known.", SeedDefault);
        var disease = OptionOf.Disease();
        var key = OptionOf.OptionalPath(
            "--key", "The key that signs the run, made on first use; by default in your configuration folder.");
        var output = OptionOf.Path(
            "--out", "The folder to write; one that an earlier plan wrote is replaced.", "DIR");
        var command = new Command("plan", "Plans who gets what, from case counts and offers.")
        {
            cases, deaths, offers, asOf, weeks, seed, disease, key, output,
        };
        command.SetAction(parsed => PlanRun.Run(terminal, new PlanRequest(
            parsed.GetRequiredValue(cases),
            parsed.GetValue(deaths),
            parsed.GetRequiredValue(offers),
            parsed.GetValue(asOf),
            parsed.GetValue(weeks),
            parsed.GetValue(seed),
            parsed.GetValue(disease)!,
            parsed.GetValue(key) ?? RunKey.DefaultPath,
            parsed.GetRequiredValue(output))));
        return new DeclaredCommand(command,
            "sameboat plan --cases cases.csv --offers offers.csv --as-of 2022-02-28 --out out/plan");
    }
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
