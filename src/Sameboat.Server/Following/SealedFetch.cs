using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Sameboat.Record;
using Sameboat.Server.Record;
using Sameboat.Server.Record.Folding;
using Sameboat.Server.Record.Sealed;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Following;

/// <summary>
/// Fetches the bodies that are not public from the node whose log is followed, for the members whose keys are here:
/// each proves itself by its own log's key, and a body is kept only when it fits the commitment in the log.
/// </summary>
internal sealed class SealedFetch(NodeDatabase database, SealedBodies bodies, LogKeys keys, TimeProvider clock)
{
    /// <summary>How long nothing is looked for after nothing was missing, unless the log grows.</summary>
    internal static readonly TimeSpan QuietFor = TimeSpan.FromMinutes(1);

    /// <summary>The most answers taken in one go; the rest comes with the next.</summary>
    private const int AnswersMax = 256;

    /// <summary>How many entries are looked through at a time.</summary>
    private const int PageEntries = 1_024;

    /// <summary>The longest answer read, in bytes: bodies, salts and their names in Base64.</summary>
    private const int AnswerLengthMax = 2 * SealedBodies.BodiesMax * Entry.LengthMax;

    private readonly ConcurrentDictionary<string, Asked> _asked = new(StringComparer.Ordinal);

    /// <summary>
    /// Fetches what is missing of one log. Nothing is asked when nothing is missing. While something is, it is asked
    /// for again less and less often, as <see cref="LogFollowing.WaitAfter"/> has it: whoever holds it may not know the
    /// reader's log yet. A log that has grown is asked at once.
    /// </summary>
    /// <returns>How many bodies were taken.</returns>
    internal async Task<int> FetchAsync(
        FollowedLogRow followed, bool hasGrown, HttpClient client, CancellationToken cancellation)
    {
        if (!LogFollowing.IsAddress(followed.Source) || (!hasGrown
            && _asked.TryGetValue(followed.Member, out var last) && clock.GetElapsedTime(last.At) < last.Wait))
        {
            return 0;
        }

        // Noted first: what breaks off on the way is asked for again as well.
        var times = hasGrown ? 1 : 1 + _asked.GetValueOrDefault(followed.Member).Times;
        _asked[followed.Member] = new Asked(clock.GetTimestamp(), times, LogFollowing.WaitAfter(times));
        var missing = await MissingAsync(followed.Member, cancellation);
        var taken = 0;
        foreach (var (reader, from) in missing)
        {
            taken += await FetchAsync(followed, reader, from, client, cancellation);
        }

        if (missing.Count == 0)
        {
            _asked[followed.Member] = new Asked(clock.GetTimestamp(), 0, QuietFor);
        }

        return taken;
    }

    // For each member whose key is here, the first position at which a body for it is missing.
    private async Task<Dictionary<MemberId, long>> MissingAsync(string member, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var own = (await db.Logs.AsNoTracking()
            .Where(log => !db.FollowedLogs.Any(row => row.Member == log.Member))
            .Select(log => log.Member)
            .Order()
            .ToListAsync(cancellation))
            .ConvertAll(MemberId.Parse).FindAll(id => keys.Find(id) is not null);
        var author = MemberId.Parse(member);
        var missing = new Dictionary<MemberId, long>();
        for (long from = 0; ;)
        {
            var start = from;
            var page = await db.Entries.AsNoTracking()
                .Where(row => row.Member == member && row.Position >= start && db.Set<EffectRow>().Any(
                    effect => effect.Entry == row.Id && effect.Member == row.Member
                        && effect.Reason == FoldReasons.Sealed))
                .OrderBy(row => row.Position)
                .Take(PageEntries)
                .ToListAsync(cancellation);
            foreach (var row in page)
            {
                if (SealedBody.TryParse(row.ToEntry().Body, out var seal)
                    && own.Find(reader => seal.IsFor(reader, author)) is { IsNone: false } entitled)
                {
                    missing.TryAdd(entitled, row.Position);
                }
            }

            if (page.Count < PageEntries)
            {
                return missing;
            }

            from = page[^1].Position + 1;
        }
    }

    private async Task<int> FetchAsync(
        FollowedLogRow followed, MemberId reader, long first, HttpClient client, CancellationToken cancellation)
    {
        var taken = 0;
        long? from = first;
        for (var answers = 0; from is { } position && answers < AnswersMax; answers++)
        {
            if (await AskAsync(followed, reader, position, client, cancellation) is not { } answer)
            {
                return taken;
            }

            foreach (var one in answer.Bodies)
            {
                if (EntityId.TryParse(one.Entry, out var id)
                    && await bodies.AcceptAsync(
                        MemberId.Parse(followed.Member), id, one.Salt, one.Body, cancellation) == SealRefusal.None)
                {
                    taken++;
                }
            }

            from = answer.Next > position ? answer.Next : null;
        }

        return taken;
    }

    // Null when there is no answer of the form that is expected: it is asked for again later.
    private async Task<Answer?> AskAsync(
        FollowedLogRow followed, MemberId reader, long from, HttpClient client, CancellationToken cancellation)
    {
        var request = new SealedRequest(followed.Origin, reader, from, clock.GetUtcNow().ToUnixTimeSeconds())
            .Sign(keys.Find(reader)!);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(HttpLogSource.FileTimeout);
        try
        {
            using var content = new ByteArrayContent(request.ToBytes());
            using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(followed.Source + "/sealed"));
            message.Content = content;
            using var answer = await client.SendAsync(
                message, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            if (!answer.IsSuccessStatusCode || answer.Content.Headers.ContentLength > AnswerLengthMax)
            {
                return null;
            }

            await answer.Content.LoadIntoBufferAsync(AnswerLengthMax, limit.Token);
            return await answer.Content.ReadFromJsonAsync<Answer>(JsonSerializerOptions.Web, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or JsonException)
        {
            return null;
        }
    }

    /// <summary>When it was last asked, how often without an end, and how long it is left alone.</summary>
    private readonly record struct Asked(long At, int Times, TimeSpan Wait);

    /// <summary>What <see cref="SealedEndpoints"/> answers.</summary>
    private sealed record Answer(IReadOnlyList<Handed> Bodies, long? Next);

    /// <summary>One body, its bytes in Base64.</summary>
    private sealed record Handed(string Entry, byte[] Salt, byte[] Body);
}
