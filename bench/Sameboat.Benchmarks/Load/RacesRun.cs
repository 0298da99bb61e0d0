using System.Globalization;
using Sameboat.Benchmarks.Api;
using Sameboat.Races;

namespace Sameboat.Benchmarks.Load;

/// <summary>
/// <c>races FOLDER COUNT [DATABASE]</c>: races of two editors, and writes whose connection is cut; see
/// <c>bench/races.sh</c>. Ends with 1 at an edit that is lost or done twice.
/// </summary>
internal static class RacesRun
{
    internal static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is not [var folder, var count, ..]
            || !int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var races))
        {
            await Console.Error.WriteLineAsync("races FOLDER COUNT [DATABASE]; see bench/races.sh");
            return 2;
        }

        await using var node = await BenchNode.StartAsync(folder, arguments.Length > 2 ? arguments[2] : null);
        var token = await node.TokenAsync("ken");
        var edits = await EditRaces.RunAsync(
            new RaceClient(node.Client, token), new RaceClient(node.Client, await node.TokenAsync("ken")), "ken", races,
            CancellationToken.None);
        Line("races of two editors", edits.Races);
        Line("one taken, the other refused with 412", edits.Won);
        Line("the second shown the version and what the first had said", edits.Told);
        Line("acknowledged edits that are not in the record", edits.Lost);
        var cuts = await CutWrites.RunAsync(node.Client.BaseAddress!, token, "ken", races, CancellationToken.None);
        Line("connections cut after the request was sent", cuts.Cuts);
        Line("writes acknowledged in the end", cuts.Retried);
        Line("of them done already by the attempt that was cut", cuts.DoneBefore);
        Line("writes that are in the record twice or not at all", cuts.Twice);
        if ((edits.Fault ?? cuts.Fault) is { } fault)
        {
            await Console.Error.WriteLineAsync(fault);
        }

        return edits.Fault is null && cuts.Fault is null ? 0 : 1;
    }

    private static void Line(string what, int figure) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {figure:N0} |"));
}
