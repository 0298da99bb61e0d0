using System.Globalization;

namespace Sameboat.Server.Tests.Storage.Faults;

/// <summary>
/// How long a fault is repeated: a few rounds as a test; <c>bench/faults.sh</c> asks for the long campaign, which also
/// leaves a line for each fault in a file.
/// </summary>
internal static class FaultCampaign
{
    internal static readonly int Rounds = Number("SAMEBOAT_FAULT_ROUNDS", 2);

    internal static readonly int Entries = Number("SAMEBOAT_FAULT_ENTRIES", 300);

    internal static readonly bool IsLong = Rounds > 2;

    /// <summary>How many entries a round sends, so that all rounds together reach the number asked for.</summary>
    internal static int EntriesARound => (Entries + Rounds - 1) / Rounds;

    internal static void Report(string fault, int rounds, FaultLedger ledger)
    {
        if (Environment.GetEnvironmentVariable("SAMEBOAT_FAULT_REPORT") is { Length: > 0 } file)
        {
            var refusals = string.Join(", ", ledger.Refusals.Select(pair =>
                string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {pair.Value}")));
            File.AppendAllText(file, string.Create(CultureInfo.InvariantCulture,
                $"| {fault} | {rounds} | {ledger.Acknowledged} | {refusals} |\n"));
        }
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number)
            ? number
            : otherwise;
}
