using System.Globalization;
using System.Net;

namespace Sameboat.Races;

/// <summary>What came of writes whose connection was cut.</summary>
/// <param name="Cuts">Connections that were cut after the request had been sent.</param>
/// <param name="Retried">Writes that were acknowledged after they had been sent again with the same key.</param>
/// <param name="DoneBefore">Those of them that the first attempt had done already.</param>
/// <param name="Twice">Writes that are in the record more than once, or not at all.</param>
/// <param name="Fault">The first thing that was not as it must be, or null.</param>
internal sealed record CutFigures(int Cuts, int Retried, int DoneBefore, int Twice, string? Fault);

/// <summary>
/// Openings and corrections of offers, of which the connection is cut after the request was sent; the client sends each
/// again with the same Idempotency-Key until it is answered. Each must be in the record once.
/// </summary>
internal static class CutWrites
{
    private const int AttemptsMax = 20;
    private static readonly TimeSpan[] ReachTimes =
    [
        TimeSpan.Zero, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(3), TimeSpan.FromSeconds(5),
    ];

    internal static async Task<CutFigures> RunAsync(
        Uri node, string token, string owner, int cuts, CancellationToken cancellation)
    {
        var (made, retried, before, twice) = (0, 0, 0, 0);
        string? fault = null;
        for (var write = 0; made < cuts && fault is null; write++)
        {
            using var cutter = new AnswerCutter(node.Port, ReachTimes[write % ReachTimes.Length]);
            using var handler = new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero };
            using var http = new HttpClient(handler) { BaseAddress = cutter.Address };
            var client = new RaceClient(http, token);
            var name = string.Create(CultureInfo.InvariantCulture, $"cut-{write}");
            var opened = await OnceAsync(client, cutter, "offers", name, 1, null, cancellation);
            var corrected = await OnceAsync(
                client, cutter, $"offers/{owner}/{name}/published", null, 7, "\"v1\"", cancellation);
            made += cutter.Cuts;
            retried += 2;
            before += (opened.DoneBefore ? 1 : 0) + (corrected.DoneBefore ? 1 : 0);
            var read = await client.GetAsync($"offers/{owner}/{name}", cancellation);
            if (opened.Status is not (HttpStatusCode.Created or HttpStatusCode.OK)
                || corrected.Status != HttpStatusCode.OK || read.Tag != "\"v2\""
                || read.Body["quantity"]!.GetValue<long>() != 7)
            {
                twice++;
                fault = $"{name}: {opened}, {corrected}, then {read.Body.ToJsonString()}";
            }
        }

        return new CutFigures(made, retried, before, twice, fault);
    }

    private static async Task<(HttpStatusCode Status, bool DoneBefore)> OnceAsync(
        RaceClient client, AnswerCutter cutter, string path, string? name, long quantity, string? tag,
        CancellationToken cancellation)
    {
        var key = $"{path} {name} {quantity}";
        cutter.Arm();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var answer = await client.PostAsync(path, RaceClient.Offer(name, quantity), tag, key, cancellation);
                return (answer.Status, answer.Body["already_done"]?.GetValue<bool>() == true);
            }
            catch (HttpRequestException) when (attempt < AttemptsMax)
            {
                // Cut: whether it was done is not known, so it is sent again.
            }
        }
    }
}
