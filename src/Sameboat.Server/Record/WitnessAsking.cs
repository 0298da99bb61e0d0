using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Sameboat.Record;
using Sameboat.Server.Storage;
using Sameboat.Server.Web;

namespace Sameboat.Server.Record;

/// <summary>What a witness said of a log.</summary>
/// <param name="Size">How many entries it has cosigned; 0 for none, null when it gave no cosignature.</param>
/// <param name="Fault">What was wrong; empty when nothing was.</param>
/// <param name="IsSilent">True when it gave no answer at all, and need not be asked about other logs now.</param>
internal readonly record struct WitnessReply(long? Size, string Fault, bool IsSilent)
{
    internal static WitnessReply Of(long size) => new(size, "", false);

    internal static WitnessReply Without(string fault, bool isSilent = false) => new(null, fault, isSilent);
}

/// <summary>
/// Asks witnesses about the logs that this node writes: at the start what they have seen, so that an old copy is never
/// extended, and then to cosign what is new.
/// </summary>
internal sealed class WitnessAsking(NodeDatabase database)
{
    /// <summary>How long one question may take.</summary>
    internal static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(5);

    /// <summary>The longest answer that is read, in bytes.</summary>
    private const int AnswerLengthMax = SignedNote.LengthMax;

    /// <summary>The logs that this node writes itself.</summary>
    internal async Task<IReadOnlyList<LogRow>> OwnLogsAsync(CancellationToken cancellation)
    {
        await using var db = database.Open();
        return await db.Logs.AsNoTracking()
            .Where(log => !db.FollowedLogs.Any(row => row.Member == log.Member))
            .OrderBy(log => log.Member)
            .ToListAsync(cancellation);
    }

    /// <summary>Notes what a witness has cosigned of a log.</summary>
    internal async Task<WitnessReply> LatestAsync(
        HttpClient client, WitnessSource witness, LogRow log, CancellationToken cancellation)
    {
        var address = new Uri(witness.Prefix, $"witness/{WitnessDesk.IdOf(log.Origin)}/checkpoint");
        var (status, bytes, fault) = await SendAsync(
            client, new HttpRequestMessage(HttpMethod.Get, address), cancellation);
        if (status == HttpStatusCode.NotFound)
        {
            return WitnessReply.Of(0);
        }

        return status == HttpStatusCode.OK
            ? await KeepAsync(witness, log, bytes, cancellation)
            : Unexpected(address, status, fault);
    }

    /// <summary>
    /// Asks a witness that has cosigned <paramref name="since"/> entries to cosign what the log has now.
    /// </summary>
    internal async Task<WitnessReply> AskAsync(
        HttpClient client, WitnessSource witness, LogRow log, long since, CancellationToken cancellation)
    {
        if (!SignedNote.TryParse(Encoding.UTF8.GetBytes(log.Checkpoint), out var note, out _) || since > log.Size)
        {
            return WitnessReply.Without(
                $"{witness.Prefix} has cosigned {since} entries of {log.Member}, and {log.Size} are here.");
        }

        var body = WitnessRequest.Of(since, await ProofAsync(log, since, cancellation), note).ToBytes();
        var address = new Uri(witness.Prefix, "witness/add-checkpoint");
        using var content = new ByteArrayContent(body);
        var (status, bytes, fault) = await SendAsync(
            client, new HttpRequestMessage(HttpMethod.Post, address) { Content = content }, cancellation);
        if (status == HttpStatusCode.Conflict
            && long.TryParse(
                Encoding.ASCII.GetString(bytes).TrimEnd('\n'), NumberStyles.None, CultureInfo.InvariantCulture,
                out var last))
        {
            // It has seen another size than was thought: what it has seen is noted, and the next question goes from it.
            return last > since ? await LatestAsync(client, witness, log, cancellation) : WitnessReply.Of(last);
        }

        if (status != HttpStatusCode.OK)
        {
            return Unexpected(address, status, fault);
        }

        return await KeepAsync(witness, log, [.. note.ToBytes(), .. bytes], cancellation);
    }

    // Verified by both keys: neither a witness nor whoever stands between can make a log look longer than it was.
    private async Task<WitnessReply> KeepAsync(
        WitnessSource witness, LogRow log, byte[] bytes, CancellationToken cancellation)
    {
        var key = VerifierKey.Parse(log.VerifierKey);
        if (!SignedNote.TryParse(bytes, out var note, out _)
            || note.Check([key, witness.Key]) is not { Refusal: NoteRefusal.None, Verified: { Length: > 1 } verified }
            || !verified.Any(one => one.IsOf(key)) || !verified.Any(one => one.IsOf(witness.Key))
            || !Checkpoint.TryParse(note.Text, out var seen) || seen.Origin != log.Origin)
        {
            return WitnessReply.Without(
                $"{witness.Prefix} answered for {log.Member} with what is not signed by it and by the log.");
        }

        await using var db = database.Open();
        await db.NoteWitnessedAsync(
            MemberId.Parse(log.Member), seen, new SignedNote(note.Text, verified), cancellation);
        return WitnessReply.Of(seen.Size);
    }

    private async Task<ImmutableArray<MerkleHash>> ProofAsync(
        LogRow log, long since, CancellationToken cancellation)
    {
        if (since == 0 || since == log.Size)
        {
            return [];
        }

        await using var db = database.Open();
        return await TileReading.ComputeAsync(
            db, log.Member, node => MerkleProof.Consistency(since, log.Size, node), cancellation);
    }

    private static async Task<(HttpStatusCode? Status, byte[] Bytes, string Fault)> SendAsync(
        HttpClient client, HttpRequestMessage request, CancellationToken cancellation)
    {
        using var asked = request;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(AnswerTimeout);
        try
        {
            using var answer = await client.SendAsync(
                asked, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            await using var body = await answer.Content.ReadAsStreamAsync(limit.Token);
            return await BoundedBody.ReadAsync(body, AnswerLengthMax, limit.Token) is { } bytes
                ? (answer.StatusCode, bytes, "")
                : (null, [], $"{asked.RequestUri} answered more than {AnswerLengthMax} bytes.");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, [], $"{asked.RequestUri} did not answer within {AnswerTimeout.TotalSeconds} seconds.");
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            return (null, [], $"{asked.RequestUri} cannot be asked: {fault.Message}");
        }
    }

    private static WitnessReply Unexpected(Uri address, HttpStatusCode? status, string fault) =>
        status is null
            ? WitnessReply.Without(fault, isSilent: true)
            : WitnessReply.Without(string.Create(CultureInfo.InvariantCulture, $"{address} answered {(int)status}."));
}
