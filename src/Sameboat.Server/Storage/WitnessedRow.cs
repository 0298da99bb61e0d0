using System.Text;
using Microsoft.EntityFrameworkCore;
using Sameboat.Record;

namespace Sameboat.Server.Storage;

/// <summary>
/// The greatest size of an own log that somebody outside this node has seen and vouched for: what a restored copy must
/// reach before it may be extended.
/// </summary>
internal sealed class WitnessedRow
{
    public required string Member { get; init; }

    /// <summary>How many entries were witnessed.</summary>
    public required long Size { get; set; }

    /// <summary>The root at that size, 32 bytes.</summary>
    public required byte[] Root { get; set; }

    /// <summary>The checkpoint of that size, with the log's signature and a cosignature of each witness.</summary>
    public required string Note { get; set; }
}

/// <summary>Keeps what others have witnessed of the logs that are written here.</summary>
internal static class Witnessed
{
    /// <summary>
    /// Notes that others hold a checkpoint of an own log; a smaller one than is noted changes nothing, and an equal one
    /// adds its cosignatures. The caller has verified the signatures on the note.
    /// </summary>
    internal static async Task NoteWitnessedAsync(
        this NodeContext db, MemberId member, Checkpoint seen, SignedNote note, CancellationToken cancellation)
    {
        var name = member.ToString();
        var root = seen.Root.ToBytes();
        if (await db.Witnessed.FirstOrDefaultAsync(row => row.Member == name, cancellation) is not { } held)
        {
            db.Witnessed.Add(
                new WitnessedRow { Member = name, Size = seen.Size, Root = root, Note = note.ToString() });
        }
        else if (held.Size < seen.Size)
        {
            (held.Size, held.Root, held.Note) = (seen.Size, root, note.ToString());
        }
        else if (held.Size == seen.Size && held.Root.AsSpan().SequenceEqual(root))
        {
            held.Note = Joined(held.Note, note).ToString();
        }

        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>A log's checkpoint with the cosignatures that are of it; as it is when others have seen less.</summary>
    internal static async Task<string> CosignedAsync(
        this NodeContext db, LogRow log, CancellationToken cancellation)
    {
        var held = await db.Witnessed.AsNoTracking()
            .Where(row => row.Member == log.Member && row.Size == log.Size)
            .Select(row => row.Note)
            .FirstOrDefaultAsync(cancellation);
        return held is not null
            && SignedNote.TryParse(Encoding.UTF8.GetBytes(log.Checkpoint), out var own, out _)
            && SignedNote.TryParse(Encoding.UTF8.GetBytes(held), out var cosigned, out _)
            && own.Text == cosigned.Text
                ? Joined(own, cosigned).ToString()
                : log.Checkpoint;
    }

    private static SignedNote Joined(string held, SignedNote note) =>
        SignedNote.TryParse(Encoding.UTF8.GetBytes(held), out var before, out _) && before.Text == note.Text
            ? Joined(before, note)
            : note;

    // A witness that cosigned the same again signs another time: its newest line is kept.
    private static SignedNote Joined(SignedNote before, SignedNote after) => new(
        before.Text,
        [
            .. before.Signatures.Where(one => !after.Signatures.Any(other => other.KeyId == one.KeyId
                && other.Name == one.Name)),
            .. after.Signatures,
        ]);
}
