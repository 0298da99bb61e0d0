using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Sameboat.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Record.Sealed;

/// <summary>Why a body is not taken for an entry, in the order in which the reasons are looked for.</summary>
internal enum SealRefusal
{
    /// <summary>It is taken, now or before.</summary>
    None,

    /// <summary>The record holds no such entry.</summary>
    UnknownEntry,

    /// <summary>The entry's body is public, or its seal malformed.</summary>
    NotSealed,

    /// <summary>Salt and body do not give the commitment in the entry.</summary>
    WrongCommitment,

    /// <summary>With this body the entry would break a rule of the form.</summary>
    NotABody,

    /// <summary>Its author has erased it.</summary>
    Erased,
}

/// <summary>A sealed body as it is handed over.</summary>
/// <param name="Position">Of its entry in the log.</param>
/// <param name="Entry">The id of its entry.</param>
/// <param name="Salt">32 bytes.</param>
/// <param name="Body">Canonical JSON.</param>
internal sealed record HandedBody(long Position, EntityId Entry, byte[] Salt, byte[] Body);

/// <summary>Bodies handed over.</summary>
/// <param name="Bodies">In the order of the log.</param>
/// <param name="Next">Where to go on asking, or null at the end of the log.</param>
internal sealed record HandedBodies(ImmutableArray<HandedBody> Bodies, long? Next);

/// <summary>
/// The bodies that lie beside the log: kept by the author's node before the entry is appended, handed to those
/// entitled, taken by their nodes only when they fit the commitment.
/// </summary>
internal sealed class SealedBodies(NodeDatabase database)
{
    /// <summary>The most bodies handed over at once; at 64 KiB each this bounds an answer.</summary>
    internal const int BodiesMax = 64;

    /// <summary>The most sealed entries looked through for one answer.</summary>
    private const int LookMax = 1_024;

    /// <summary>Seals the body of an entry that has not been appended.</summary>
    /// <param name="open">The entry with its body.</param>
    /// <param name="salt">32 bytes of <see cref="LogKeys.DrawSalt"/>, never used twice.</param>
    /// <param name="visibility">Members or parties.</param>
    /// <param name="recipients">The parties beside the author; none for members.</param>
    internal static Entry Seal(
        Entry open, ReadOnlySpan<byte> salt, Visibility visibility, params IEnumerable<MemberId> recipients) =>
        open with { Body = SealedBody.Of(open.Body, salt, visibility, recipients).ToBody() };

    /// <summary>
    /// Keeps the body of an entry that will be appended next. Nobody is handed it before the entry is in the record, so
    /// that an append which fails leaves nothing but a row that the next attempt finds again.
    /// </summary>
    internal async Task<SealRefusal> KeepAsync(
        Entry entry, byte[] salt, byte[] body, CancellationToken cancellation)
    {
        var refusal = Check(entry, salt, body);
        if (refusal != SealRefusal.None)
        {
            return refusal;
        }

        await using var db = database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockSubjectsAsync([entry.Subject], cancellation);
        await AddAsync(db, entry, salt, body, cancellation);
        await transaction.CommitAsync(cancellation);
        return SealRefusal.None;
    }

    /// <summary>
    /// Takes the body of an entry that is in the record, as another node handed it over, and folds its entity anew.
    /// </summary>
    internal async Task<SealRefusal> AcceptAsync(
        MemberId author, EntityId id, byte[] salt, byte[] body, CancellationToken cancellation)
    {
        await using var db = database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var member = author.ToString();
        var row = await db.Entries.AsNoTracking()
            .FirstOrDefaultAsync(one => one.Id == id.Value && one.Member == member, cancellation);
        if (row is null)
        {
            return SealRefusal.UnknownEntry;
        }

        var entry = row.ToEntry();
        var refusal = Check(entry, salt, body);
        if (refusal != SealRefusal.None)
        {
            return refusal;
        }

        // The lock first: an erasure takes it as well, so that it is either seen here or finds the body to delete.
        await db.LockSubjectsAsync([entry.Subject], cancellation);
        var erasure = ErasureFold.SubjectOf(entry.Author, entry.Id);
        if (await db.Entries.AnyAsync(
            one => one.Subject == erasure && one.Member == row.Member && one.Kind == ErasureFold.Kind, cancellation))
        {
            return SealRefusal.Erased;
        }

        if (await AddAsync(db, entry, salt, body, cancellation))
        {
            await Projections.RefoldAsync(db, [entry.Subject], cancellation);
            await transaction.CommitAsync(cancellation);
        }

        return SealRefusal.None;
    }

    /// <summary>The bodies of one log that a member may read, from a position on.</summary>
    /// <param name="reader">A member that has proved who it is.</param>
    /// <param name="member">Whose log.</param>
    /// <param name="from">The first position.</param>
    /// <param name="cancellation">Ends the reading.</param>
    internal async Task<HandedBodies> ForAsync(
        MemberId reader, string member, long from, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var rows = await db.Entries.AsNoTracking()
            .Where(row => row.Member == member && row.Position >= from)
            .Join(
                db.SealedBodies,
                row => new { row.Id, row.Member },
                body => new { Id = body.Entry, body.Member },
                (row, body) => new { Row = row, Body = body })
            .OrderBy(pair => pair.Row.Position)
            .Take(LookMax)
            .ToListAsync(cancellation);
        var handed = ImmutableArray.CreateBuilder<HandedBody>();
        foreach (var pair in rows)
        {
            var entry = pair.Row.ToEntry();
            if (SealedBody.TryParse(entry.Body, out var seal) && seal.IsFor(reader, entry.Author))
            {
                handed.Add(new HandedBody(pair.Row.Position, entry.Id, pair.Body.Salt, pair.Body.Body));
                if (handed.Count == BodiesMax)
                {
                    return new HandedBodies(handed.ToImmutable(), pair.Row.Position + 1);
                }
            }
        }

        return new HandedBodies(
            handed.ToImmutable(), rows.Count == LookMax ? rows[^1].Row.Position + 1 : null);
    }

    /// <summary>Whether salt and body are what a sealed entry commits to: the proof that anyone may be shown later.
    /// </summary>
    internal static SealRefusal Check(Entry entry, byte[] salt, byte[] body) =>
        !SealedBody.TryParse(entry.Body, out var seal) ? SealRefusal.NotSealed
        : seal.Open(salt, body) is not { } opened ? SealRefusal.WrongCommitment
        : SealedBody.IsSealed(opened) || !(entry with { Body = opened }).TryToCanonicalBytes(out _, out _)
            ? SealRefusal.NotABody
        : SealRefusal.None;

    private static async Task<bool> AddAsync(
        NodeContext db, Entry entry, byte[] salt, byte[] body, CancellationToken cancellation)
    {
        var (member, id) = (entry.Author.ToString(), entry.Id.Value);
        if (await db.SealedBodies.AnyAsync(row => row.Entry == id && row.Member == member, cancellation))
        {
            return false;
        }

        await db.InsertAsync(
            [new SealedBodyRow { Entry = id, Member = member, Salt = salt, Body = body }], cancellation);
        return true;
    }
}
