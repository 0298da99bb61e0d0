using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Sameboat.Record;
using Sameboat.Server.Record;
using Sameboat.Server.Requests;
using Sameboat.Server.Situation;

namespace Sameboat.Server.Bulk;

/// <summary>What an import is about.</summary>
/// <param name="Kind">Of the rows.</param>
/// <param name="Member">Whose.</param>
/// <param name="Name">A slug that the client chose; the names of what is made begin with it.</param>
/// <param name="Outbreak">What it belongs to; empty for receipts, whose consignments say it.</param>
/// <param name="Exercise">True when nothing of it is real.</param>
internal sealed record ImportOrder(ImportKind Kind, MemberId Member, string Name, string Outbreak, bool Exercise);

/// <summary>Makes entries of rows; pure.</summary>
internal static class ImportEntries
{
    /// <summary>The most bytes that the lines of one entry take, so that head and envelope fit beside them.</summary>
    internal const int LinesBytesMax = 56_000;

    /// <summary>The entries that say these rows, in the order of the file.</summary>
    internal static IReadOnlyList<ImportedEntry> Of(
        ImportOrder order, IReadOnlyList<(ImportRow Row, JsonObject Said)> rows, List<ImportFault> faults) =>
        order.Kind.Name switch
        {
            ImportKind.Offers => [.. rows.Select((row, index) => new ImportedEntry(
                Named(order, index + 1), Body(order, row.Said), row.Row.Number, Opens: true))],
            ImportKind.Lines => Requests(order, rows),
            ImportKind.Reports => Reports(order, rows, faults),
            _ => Receipts(rows),
        };

    private static EntityName Named(ImportOrder order, int number) => EntityName.Of(
        order.Kind.Noun, order.Member, string.Create(CultureInfo.InvariantCulture, $"{order.Name}-{number}"));

    private static JsonObject Body(ImportOrder order, JsonObject said)
    {
        said["outbreak"] = order.Outbreak;
        said["exercise"] = order.Exercise;
        return said;
    }

    // As many requests as it takes: a request holds what fits into one entry.
    private static List<ImportedEntry> Requests(
        ImportOrder order, IReadOnlyList<(ImportRow Row, JsonObject Said)> rows)
    {
        var entries = new List<ImportedEntry>();
        var lines = new JsonArray();
        var bytes = 0;
        long first = 0;
        foreach (var (row, said) in rows)
        {
            var length = Encoding.UTF8.GetByteCount(said.ToJsonString());
            if (lines.Count == RequestFold.LinesMax || (lines.Count > 0 && bytes + length > LinesBytesMax))
            {
                Add();
            }

            first = lines.Count == 0 ? row.Number : first;
            lines.Add(said);
            bytes += length;
        }

        Add();
        return entries;

        void Add()
        {
            entries.Add(new ImportedEntry(
                Named(order, entries.Count + 1), Body(order, new JsonObject { ["lines"] = lines }), first,
                Opens: true));
            lines = [];
            bytes = 0;
        }
    }

    // One report for the days of a place that follow each other within so many; a day that has no row is not reported.
    private static List<ImportedEntry> Reports(
        ImportOrder order, IReadOnlyList<(ImportRow Row, JsonObject Said)> rows, List<ImportFault> faults)
    {
        var entries = new List<ImportedEntry>();
        foreach (var place in rows.GroupBy(row => row.Said.Text("place")!.ToUpperInvariant(), StringComparer.Ordinal))
        {
            var days = new SortedDictionary<DateOnly, (ImportRow Row, JsonObject Said)>();
            foreach (var row in place)
            {
                if (!days.TryAdd(row.Said.Day(ImportKind.Day)!.Value, row))
                {
                    faults.Add(new ImportFault(row.Row.Number, ImportKind.Day, row.Said.Text(ImportKind.Day)!,
                        $"one row for each day of {place.Key}"));
                }
            }

            while (days.Count > 0)
            {
                var first = days.First();
                var taken = days.TakeWhile(
                    day => day.Key.DayNumber - first.Key.DayNumber < SituationFold.DaysMax).ToList();
                entries.Add(new ImportedEntry(
                    Named(order, entries.Count + 1), Report(order, place.Key, taken), first.Value.Row.Number, true));
                taken.ForEach(day => days.Remove(day.Key));
            }
        }

        return entries;
    }

    private static JsonObject Report(
        ImportOrder order, string place, List<KeyValuePair<DateOnly, (ImportRow Row, JsonObject Said)>> days)
    {
        var first = days[0].Key;
        var length = days[^1].Key.DayNumber - first.DayNumber + 1;
        var cases = new long?[length];
        var deaths = new long?[length];
        foreach (var (day, (_, said)) in days)
        {
            cases[day.DayNumber - first.DayNumber] = said.Count("cases");
            deaths[day.DayNumber - first.DayNumber] = said.Count("deaths");
        }

        return SituationFold.Statement(
            order.Outbreak, TerritoryCode.Parse(place), first, cases, deaths, order.Exercise);
    }

    // One note for each consignment and note number.
    private static List<ImportedEntry> Receipts(IReadOnlyList<(ImportRow Row, JsonObject Said)> rows) =>
    [
        .. rows.GroupBy(row => (row.Said.Text(ImportKind.Consignment)!, row.Said.Text("note")!)).Select(note =>
        {
            var lines = new JsonArray();
            foreach (var (_, said) in note)
            {
                said.Remove(ImportKind.Consignment);
                said.Remove("note");
                lines.Add(said);
            }

            return new ImportedEntry(
                EntityName.Parse(note.Key.Item1), new JsonObject { ["note"] = note.Key.Item2, ["lines"] = lines },
                note.First().Row.Number, Opens: false);
        }),
    ];
}
