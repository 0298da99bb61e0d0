using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Sameboat.Record;
using Sameboat.Server.Accounts;
using Sameboat.Server.Api.Shapes;
using Sameboat.Server.Api;
using Sameboat.Server.Members;
using Sameboat.Server.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Bulk;

/// <summary>What came of an import.</summary>
/// <param name="Code">Empty when it can be done, or is; otherwise one of <see cref="Problems"/>.</param>
/// <param name="Faults">Why not, by row.</param>
/// <param name="AlreadyDone">True when the same had been done before.</param>
/// <param name="Detail">More about a refusal, or empty.</param>
internal sealed record ImportOutcome(
    string Code, IReadOnlyList<ImportFault> Faults, bool AlreadyDone = false, string Detail = "")
{
    internal static readonly ImportOutcome Done = new("", []);
}

/// <summary>
/// Writes the entries of an import in one append, when the fold says of every one that it would count: all or nothing.
/// Versions are looked at again under the locks of the entities, and the import is kept by its name, so that it is done
/// once.
/// </summary>
internal sealed class ImportWriter(NodeDatabase database, LogStore store, RecordClock time)
{
    /// <summary>The member of a body that names the import it came by.</summary>
    internal const string Import = "import";

    private const string KeyLead = "import ";
    private const string Note = "note";
    private const string ReceivedKind = "consignment.received";
    private const string UnreceivedKind = "consignment.unreceived";

    /// <summary>Looks whether an import can be done, and does it.</summary>
    /// <param name="order">What it is about.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="entries">What it says.</param>
    /// <param name="file">The bytes it was read from, by which it is known again.</param>
    /// <param name="commit">False to look only.</param>
    /// <param name="cancellation">Breaks it off.</param>
    internal async Task<ImportOutcome> WriteAsync(
        ImportOrder order, Actor actor, IReadOnlyList<ImportedEntry> entries, byte[] file, bool commit,
        CancellationToken cancellation)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var kept = new KeptRequestRow
        {
            Member = actor.Member.ToString(),
            Key = KeyLead + order.Name,
            Digest = Convert.ToHexStringLower(SHA256.HashData(
                [.. Encoding.UTF8.GetBytes($"{order.Kind.Name}\n{order.Outbreak}\n{order.Exercise}\n"), .. file])),
            Subject = entries[0].Subject.ToString(),
            Version = 1,
            At = now * 1000,
        };
        await using var db = database.Open();
        if (await new AppendTerms(null, 0, kept).FindKeptAsync(db, cancellation) is { } before)
        {
            return Again(before, kept.Digest);
        }

        if (entries[0].Opens && await Standing.RefusalAsync(
            db, actor.Member, order.Kind.Entry, entries[0].Body, cancellation) is { } standing)
        {
            return new ImportOutcome(standing, []);
        }

        return await AppendAsync(
            db, actor, [.. entries.Select(entry => (order.Kind.Entry, entry))], (order.Name, kept), commit,
            cancellation);
    }

    /// <summary>Takes back what an import said, all of it or nothing, by entries that correct it.</summary>
    internal async Task<ImportOutcome> UndoAsync(
        ImportKind kind, Actor actor, string name, string reason, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var lead = $"{kind.Noun}/{actor.Member}/{name}-";
        var member = actor.Member.ToString();
        var rows = kind.Name == ImportKind.Receipts
            ? await ReceiptsAsync(db, member, name, cancellation)
            : await db.Entries.AsNoTracking()
                .Where(row => row.Member == member && row.Subject.StartsWith(lead))
                .ToListAsync(cancellation);
        var made = rows
            .Where(row => row.Kind == kind.Entry && row.ToEntry().Body.Text(Import) == name)
            .Where(row => kind.Undo == row.Kind || !rows.Exists(other => Undoes(kind, other, row)))
            .Select((row, index) => (kind.Undo, new ImportedEntry(
                EntityName.Parse(row.Subject), Correction(kind, row.ToEntry().Body, reason), index + 1, Opens: false)))
            .ToList();
        return made.Count == 0
            ? new ImportOutcome(Problems.NotFound, [], Detail: $"No {kind.Name} were imported as {name}.")
            : await AppendAsync(db, actor, made, (null, null), commit: true, cancellation);
    }

    // Receipts speak of consignments of others: they are found among what the member said since the import.
    private static async Task<List<EntryRow>> ReceiptsAsync(
        NodeContext db, string member, string name, CancellationToken cancellation)
    {
        var key = KeyLead + name;
        if (await db.Set<KeptRequestRow>().AsNoTracking()
            .FirstOrDefaultAsync(row => row.Member == member && row.Key == key, cancellation) is not { } kept)
        {
            return [];
        }

        return await db.Entries.AsNoTracking()
            .Where(row => row.Member == member && row.At >= kept.At
                && (row.Kind == ReceivedKind || row.Kind == UnreceivedKind))
            .OrderBy(row => row.Position)
            .ToListAsync(cancellation);
    }

    // One note of a consignment is taken back by its number, anything else as a whole.
    private static bool Undoes(ImportKind kind, EntryRow other, EntryRow row) =>
        other.Kind == kind.Undo && other.Subject == row.Subject
        && (kind.Name != ImportKind.Receipts
            || (other.Position > row.Position
                && other.ToEntry().Body.Text(Note) == row.ToEntry().Body.Text(Note)));

    // A report is corrected by one that reports no day, a note is taken back; anything else is withdrawn.
    private static JsonObject Correction(ImportKind kind, JsonObject said, string reason)
    {
        var body = new JsonObject { [BodyShapes.Reason] = reason };
        if (kind.Name == ImportKind.Receipts)
        {
            body[Note] = said.Text(Note);
        }

        if (kind.Name != ImportKind.Reports)
        {
            return body;
        }

        foreach (var (name, node) in said)
        {
            body[name] = node is JsonArray array
                ? new JsonArray([.. array.Select(_ => (JsonNode?)null)])
                : node?.DeepClone();
        }

        body.Remove(Import);
        return body;
    }

    private async Task<ImportOutcome> AppendAsync(
        NodeContext db, Actor actor, IReadOnlyList<(string Kind, ImportedEntry Said)> said,
        (string? Name, KeptRequestRow? Kept) import, bool commit, CancellationToken cancellation)
    {
        var subjects = said.Select(one => one.Said.Subject.ToString()).ToHashSet(StringComparer.Ordinal);
        var history = await Projections.HistoryAsync(db, subjects, cancellation);
        var known = history.GroupBy(row => row.Subject, StringComparer.Ordinal)
            .ToDictionary(entity => entity.Key, entity => entity.ToList(), StringComparer.Ordinal);
        var faults = said.Where(one => one.Said.Opens && known.ContainsKey(one.Said.Subject.ToString()))
            .Select(one => new ImportFault(one.Said.Row, "", one.Said.Subject.ToString(), "a name that is not taken"))
            .ToList();
        if (faults.Count > 0)
        {
            return new ImportOutcome(Problems.ImportRefused, faults);
        }

        var prepared = Prepare(actor, said, known, import.Name, faults);
        if (faults.Count == 0)
        {
            await HinderAsync(db, history, prepared, faults, cancellation);
        }

        if (faults.Count > 0 || !commit)
        {
            return faults.Count > 0 ? new ImportOutcome(Problems.ImportRefused, faults) : ImportOutcome.Done;
        }

        var terms = new AppendTerms(null, 0, import.Kept)
        {
            Others = subjects.ToDictionary(subject => subject, subject => known.GetValueOrDefault(subject)?.Count ?? 0),
        };
        return Outcome(
            await store.AppendAsync([.. prepared.Select(one => one.Entry.Entry)], terms, cancellation),
            import.Kept?.Digest ?? "");
    }

    private List<(PreparedEntry Entry, long Row)> Prepare(
        Actor actor, IReadOnlyList<(string Kind, ImportedEntry Said)> said, Dictionary<string, List<EntryRow>> known,
        string? import, List<ImportFault> faults)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var last = new Dictionary<string, HybridTime>(StringComparer.Ordinal);
        var prepared = new List<(PreparedEntry, long)>(said.Count);
        foreach (var (kind, one) in said)
        {
            var subject = one.Subject.ToString();
            var at = (last.TryGetValue(subject, out var before) ? before
                : known.TryGetValue(subject, out var rows) ? rows.Max(row => new HybridTime(row.At, row.AtCounter))
                : default).Next(now * 1000);
            last[subject] = at;
            one.Body["by"] = actor.Label;
            if (import is not null)
            {
                one.Body[Import] = import;
            }

            var made = new Entry(LogKeys.DrawId(now), kind, actor.Member, subject, at, one.Body);
            if (PreparedEntry.TryOf(made, out var entry, out var fault))
            {
                prepared.Add((entry, one.Row));
            }
            else
            {
                faults.Add(new ImportFault(one.Row, "", fault.ToString(), "what an entry may hold"));
            }
        }

        return prepared;
    }

    private static async Task HinderAsync(
        NodeContext db, List<EntryRow> history, List<(PreparedEntry Entry, long Row)> prepared,
        List<ImportFault> faults, CancellationToken cancellation)
    {
        var rows = prepared.ToDictionary(one => one.Entry.Id);
        var entities = EntityHistory.Of(
        [
            .. history,
            .. prepared.Select((one, index) => one.Entry.ToRow(
                long.MaxValue - prepared.Count + index, MerkleHash.EmptyTree)),
        ]);
        var context = new FoldContext();
        await context.LoadAsync(db, entities, cancellation);
        faults.AddRange(entities.SelectMany(entity => entity.Rows(context)).OfType<EffectRow>()
            .Where(effect => rows.ContainsKey(effect.Entry))
            .Select(effect => new ImportFault(
                rows[effect.Entry].Row, "",
                effect.Awaits.Length > 0 ? $"{effect.Reason}: {effect.Awaits}" : effect.Reason,
                Problems.Title(effect.Reason)))
            .OrderBy(fault => fault.Row));
    }

    private static ImportOutcome Again(KeptRequestRow kept, string digest) =>
        kept.Digest == digest
            ? new ImportOutcome("", [], AlreadyDone: true)
            : new ImportOutcome(Problems.KeyReused, [], Detail: "The name was used for another import.");

    private static ImportOutcome Outcome(AppendOutcome outcome, string digest) => outcome switch
    {
        AppendOutcome.Done => ImportOutcome.Done,
        AppendOutcome.Kept kept => Again(kept.Request, digest),
        AppendOutcome.Refused { Reason: AppendRefusal.Stale } refused =>
            new ImportOutcome(Problems.Stale, [], Detail: refused.Sentence),
        AppendOutcome.Refused { Reason: AppendRefusal.UnknownLog } refused =>
            new ImportOutcome(Problems.NoLog, [], Detail: refused.Sentence),
        AppendOutcome.Refused { Reason: AppendRefusal.NotAnEntry } refused =>
            new ImportOutcome(Problems.NotAnEntry, [], Detail: refused.Sentence),
        AppendOutcome.Refused refused => new ImportOutcome(Problems.Unavailable, [], Detail: refused.Sentence),
        _ => throw new InvalidOperationException(
            string.Create(CultureInfo.InvariantCulture, $"{outcome} is no answer to an append.")),
    };
}
