using System.Diagnostics;
using System.Globalization;
using Sameboat.Fuzzing;

namespace Sameboat.Benchmarks.Api;

/// <summary>
/// <c>fuzz FOLDER REQUESTS [SEED [DATABASE]]</c>: asks a node what its OpenAPI document says can be asked, and prints
/// what came of it. Ends with 1 at the first answer that is a 5xx, outside the document, or shows another's data.
/// </summary>
internal static class FuzzFiguresRun
{
    private const ulong SeedDefault = 1;
    private static readonly string[] Members = ["ken", "per", "convener"];

    internal static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments.Length < 2 || !int.TryParse(arguments[1], CultureInfo.InvariantCulture, out var requests))
        {
            await Console.Error.WriteLineAsync("fuzz FOLDER REQUESTS [SEED [DATABASE]]; see bench/fuzz.sh");
            return 2;
        }

        var seed = arguments.Length > 2 ? ulong.Parse(arguments[2], CultureInfo.InvariantCulture) : SeedDefault;
        var folder = arguments[0];
        var database = arguments.Length > 3 ? arguments[3] : null;
        await using var node = await BenchNode.StartAsync(folder, database);
        var client = node.Client;
        var readers = new List<FuzzReader> { new("", ""), new("nobody", "sameboat-wrong") };
        foreach (var member in Members)
        {
            readers.Add(new FuzzReader(member, await node.TokenAsync(member)));
        }

        var secrets = await SealedOffers.AddAsync(folder, database, "ken", "per", Members, BenchNode.Outbreak);
        var document = await client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative));
        var run = new FuzzRun(
            client, document, seed, readers, secrets,
            [BenchNode.Outbreak, "plan/convener/p-1", "offer/ken/sealed-members", "offer/ken/sealed-parties"]);
        var began = Stopwatch.GetTimestamp();
        var figures = await run.RunAsync(requests, CancellationToken.None);
        Print(figures, seed, new ApiSurface(document), Stopwatch.GetElapsedTime(began));
        return figures.Fault is null ? 0 : 1;
    }

    private static void Print(FuzzFigures figures, ulong seed, ApiSurface surface, TimeSpan time)
    {
        Line("seed", $"{seed}");
        Line("requests answered", $"{figures.Requests:N0}");
        Line("requests a second", $"{figures.Requests / time.TotalSeconds:N0}");
        Line("operations asked", $"{figures.Operations.Count} of {surface.Operations.Count}");
        foreach (var (status, count) in figures.Statuses)
        {
            Line($"answers with status {status}", $"{count:N0}");
        }

        Line("5xx, answers outside the document, data of another", figures.Fault is null ? "none" : "found");
        if (figures.Fault is not null)
        {
            Console.WriteLine();
            Console.WriteLine(figures.Fault);
        }
    }

    private static void Line(string what, FormattableString figure) =>
        Line(what, figure.ToString(CultureInfo.InvariantCulture));

    private static void Line(string what, string figure) => Console.WriteLine($"| {what} | {figure} |");
}
