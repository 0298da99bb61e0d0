using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace Sameboat.Races;

/// <summary>What came of races between two editors of one record.</summary>
/// <param name="Races">How many were run.</param>
/// <param name="Won">Races in which exactly one of the two was taken at first.</param>
/// <param name="Told">Second editors who were told, with the version there is and what the first had said.</param>
/// <param name="Lost">Edits that were acknowledged and are not in the record's course.</param>
/// <param name="Fault">The first thing that was not as it must be, or null.</param>
internal sealed record RaceFigures(int Races, int Won, int Told, int Lost, string? Fault);

/// <summary>
/// Two editors read the same version of an offer and correct its quantity at the same time; the second is told, reads
/// the difference, and corrects again on the version that there is. All acknowledged edits must be in the record.
/// </summary>
internal static class EditRaces
{
    private const long FirstQuantity = 1_000;

    internal static async Task<RaceFigures> RunAsync(
        RaceClient first, RaceClient second, string owner, int races, CancellationToken cancellation)
    {
        var (won, told, lost) = (0, 0, 0);
        string? fault = null;
        for (var race = 0; race < races; race++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"race-{race}");
            var path = $"offers/{owner}/{name}";
            var made = await first.PostAsync("offers", RaceClient.Offer(name, 1), null, null, cancellation);
            var (mine, others) = (FirstQuantity + (2 * race), FirstQuantity + (2 * race) + 1);
            var answers = await Task.WhenAll(
                EditAsync(first, path, mine, made.Tag, cancellation),
                EditAsync(second, path, others, made.Tag, cancellation));
            var winner = Array.FindIndex(answers, answer => answer.Status == HttpStatusCode.OK);
            var loser = Array.FindIndex(answers, answer => answer.Status == HttpStatusCode.PreconditionFailed);
            if (winner < 0 || loser < 0)
            {
                fault ??= $"race {race}: {answers[0].Body.ToJsonString()} and {answers[1].Body.ToJsonString()}";
                continue;
            }

            won++;
            var (kept, again) = winner == 0 ? (mine, others) : (others, mine);
            if (!IsTold(answers[loser], path, kept))
            {
                fault ??= $"race {race}: the second was told {answers[loser].Body.ToJsonString()}";
                continue;
            }

            told++;
            var retried = await EditAsync(loser == 0 ? first : second, path, again, answers[loser].Tag, cancellation);
            var read = await first.GetAsync(path, cancellation);
            if (retried.Status != HttpStatusCode.OK || read.Tag != "\"v3\""
                || read.Body["quantity"]!.GetValue<long>() != again
                || read.Body["steps"]!.AsArray().Count != 3)
            {
                lost++;
                fault ??= $"race {race}: {retried.Body.ToJsonString()} and {read.Body.ToJsonString()}";
            }
        }

        return new RaceFigures(races, won, told, lost, fault);
    }

    private static Task<Written> EditAsync(
        RaceClient editor, string path, long quantity, string tag, CancellationToken cancellation) =>
        editor.PostAsync(path + "/published", RaceClient.Offer(null, quantity), tag, null, cancellation);

    // The version there is, where it is, and what the other said: enough to show both side by side.
    private static bool IsTold(Written answer, string path, long kept) =>
        answer.Tag == "\"v2\""
        && answer.Body["code"]!.GetValue<string>() == "stale"
        && answer.Body["current"] is JsonObject current
        && current["version"]!.GetValue<int>() == 2
        && current["href"]!.GetValue<string>() == "/api/v1/" + path
        && current["since"]!.AsArray() is [JsonObject only]
        && only["body"]!["quantity"]!.GetValue<long>() == kept;
}
