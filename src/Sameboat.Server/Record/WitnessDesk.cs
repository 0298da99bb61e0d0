using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Sameboat.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Record;

/// <summary>
/// What a witness answers: the cosignature line, or why there is none; the size last cosigned goes with
/// <see cref="WitnessRefusal.OldSizeNotLast"/>. A null refusal means that too many asked at once: ask again.
/// </summary>
internal sealed record WitnessAnswer(WitnessRefusal? Refusal, string Line, long LastSize);

/// <summary>
/// This node as a witness: it cosigns checkpoints of the logs it holds, its own and those it follows, each only when it
/// extends what was cosigned before.
/// </summary>
internal sealed class WitnessDesk(NodeDatabase database, LogKeys keys, TimeProvider time)
{
    /// <summary>How often a request is decided anew because another was stored meanwhile.</summary>
    private const int AttemptsMax = 8;

    /// <summary>The witness's verifier key.</summary>
    internal VerifierKey Key => keys.Cosigner().VerifierKey;

    /// <summary>The name of a log at a witness: the SHA-256 of its origin in lower-case hex.</summary>
    internal static string IdOf(string origin) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(origin)));

    /// <summary>The checkpoint last cosigned for a log; null for none.</summary>
    internal async Task<string?> LatestAsync(string id, CancellationToken cancellation)
    {
        await using var db = database.Open();
        return (await db.CosignedAsync(id, cancellation))?.Note;
    }

    /// <summary>Decides, stores, and only then gives the cosignature out of hand.</summary>
    internal async Task<WitnessAnswer> AddAsync(WitnessRequest request, CancellationToken cancellation)
    {
        var origin = request.Checkpoint.Origin;
        await using var db = database.Open();
        var log = await db.Logs.AsNoTracking()
            .Where(row => row.Origin == origin)
            .Select(row => row.VerifierKey)
            .FirstOrDefaultAsync(cancellation);
        var logKey = log is null ? null : VerifierKey.Parse(log);
        for (var attempt = 0; attempt < AttemptsMax; attempt++)
        {
            var last = await db.CosignedAsync(IdOf(origin), cancellation);
            var seen = last is null ? null : new Checkpoint(origin, last.Size, new MerkleHash(last.Root));
            var refusal = Witness.Decide(request, logKey, seen);
            if (refusal != WitnessRefusal.None)
            {
                return new WitnessAnswer(refusal, "", last?.Size ?? 0);
            }

            var line = keys.Cosigner().Cosign(request.Note.Text, time.GetUtcNow().ToUnixTimeSeconds());
            var note = new SignedNote(request.Note.Text, request.Note.Check(logKey!).Verified).With(line);
            var next = new CosignedRow
            {
                Id = IdOf(origin),
                Size = request.Checkpoint.Size,
                Root = request.Checkpoint.Root.ToBytes(),
                Note = note.ToString(),
            };
            if (await db.TryReplaceAsync(last, next, cancellation))
            {
                return new WitnessAnswer(
                    WitnessRefusal.None, string.Create(CultureInfo.InvariantCulture, $"{line}\n"), next.Size);
            }
        }

        return new WitnessAnswer(null, "", 0);
    }
}
