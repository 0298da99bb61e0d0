using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sameboat.Record;
using Sameboat.Server.Members;
using Sameboat.Server.Record;
using Sameboat.Server.Situation;
using Sameboat.Server.Storage;

namespace Sameboat.Benchmarks.Load;

/// <summary>The time as the machine has it.</summary>
internal sealed class LoadClock : TimeProvider;

/// <summary>
/// Fills a record as a long response would: signed entries of every member, appended in large calls without folding,
/// and the tables made from them once at the end, as a rebuild makes them.
/// </summary>
internal sealed class LoadFill(LoadSize size, NodeDatabase database, string folder)
{
    /// <summary>The request whose lines are as many as the longest known.</summary>
    internal const string LongRequest = "request/m001/long";

    internal const int LongLines = 1_231;
    private const int PartLines = 300;
    private const int CallEntries = 4_000;
    private const int ConsignmentLines = 5;

    // The first of January 2026; entries follow each other by a millisecond.
    private const long First = 1_767_225_600_000;

    private static readonly DateOnly FirstDay = new(2025, 1, 1);

    private static readonly string[] Verbs = ["packed", "dispatched", "departed", "arrived"];

    private readonly List<Entry> _waiting = [];
    private long _number;

    internal long Entries => _number;

    /// <summary><c>load-fill FOLDER PROFILE [DATABASE]</c>: makes the record that <c>load</c> runs on.</summary>
    internal static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is not [var folder, var profile, ..] || LoadSize.Of(profile) is not { } size)
        {
            await Console.Error.WriteLineAsync("load-fill FOLDER PROFILE [DATABASE]; see bench/load.sh");
            return 2;
        }

        Directory.CreateDirectory(folder);
        var database = NodeDatabase.Of(arguments.Length > 2 ? arguments[2] : null, folder);
        var fill = new LoadFill(size, database, folder);
        var began = Stopwatch.GetTimestamp();
        await fill.RunAsync();
        if (!database.MigratesOnStart)
        {
            // As PostgreSQL does by itself after so many writes, a while later.
            await using var db = database.Open();
            await db.Database.ExecuteSqlRawAsync("ANALYZE");
        }

        NodeDatabase.CloseFiles();
        await Console.Error.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"filled {fill.Entries:N0} entries in {Stopwatch.GetElapsedTime(began).TotalSeconds:F0} s"));
        return 0;
    }

    private async Task RunAsync()
    {
        await database.MigrateAsync(CancellationToken.None);
        using var keys = new LogKeys(folder);
        var store = new LogStore(database, keys, new LoadClock()) { Folds = false };
        await store.OpenLogsAsync(
            [.. Enumerable.Range(0, size.Members).Select(size.Member)
                .Select(name => (MemberId.Parse(name), $"load.sameboat.invalid/log/{name}"))],
            CancellationToken.None);
        foreach (var entry in All())
        {
            _waiting.Add(entry);
            if (_waiting.Count == CallEntries)
            {
                await FlushAsync(store);
            }
        }

        await FlushAsync(store);
        await store.WhenIdleAsync();
        await Projections.RebuildAsync(database, CancellationToken.None);
    }

    private async Task FlushAsync(LogStore store)
    {
        var outcome = await store.AppendAsync([.. _waiting], CancellationToken.None);
        if (outcome is not AppendOutcome.Done)
        {
            throw new InvalidOperationException($"{outcome}");
        }

        _waiting.Clear();
    }

    // Member by member, so that a call has entries of one log or two.
    private IEnumerable<Entry> All()
    {
        for (var outbreak = 0; outbreak < size.Outbreaks; outbreak++)
        {
            yield return Said("outbreak.declared", size.Member(0), LoadSize.Outbreak(outbreak), new JsonObject
            {
                ["name"] = $"Fever {outbreak + 1}", ["pack"] = "exercise-fever", ["declared"] = "2025-01-01",
                ["exercise"] = true,
            });
        }

        for (var member = 0; member < size.Members; member++)
        {
            var name = size.Member(member);
            yield return Said(MemberFold.Kind, name, MemberFold.Subject(MemberId.Parse(name)), MemberFold.Statement(
                MemberFold.State, $"Member {member + 1}", Territories.All[member].Code, exercise: true));
            for (var outbreak = 0; outbreak < size.Outbreaks; outbreak++)
            {
                foreach (var entry in Reports(member, outbreak).Concat(Requests(member, outbreak))
                    .Concat(Offers(member, outbreak)).Concat(Consignments(member, outbreak)))
                {
                    yield return entry;
                }
            }
        }

        foreach (var entry in Long())
        {
            yield return entry;
        }
    }

    private IEnumerable<Entry> Reports(int member, int outbreak)
    {
        for (var day = 0; day < size.Days; day++)
        {
            yield return Said(
                SituationFold.Kind, size.Member(member), $"situation/{size.Member(member)}/f{outbreak}-{day}",
                SituationFold.Statement(
                    LoadSize.Outbreak(outbreak), Territories.All[member].Code, FirstDay.AddDays(day),
                    [(member * 7 + day * 3) % 90], [day % 3], exercise: true));
        }
    }

    private IEnumerable<Entry> Requests(int member, int outbreak)
    {
        for (var number = 0; number < size.Requests; number++)
        {
            var subject = $"request/{size.Member(member)}/f{outbreak}-{number}";
            yield return Said("request.submitted", size.Member(member), subject, new JsonObject
            {
                ["outbreak"] = LoadSize.Outbreak(outbreak), ["lines"] = Lines(member, 0, size.Lines),
                ["by"] = "planner",
            });
            yield return Said("request.validated", size.Member(member), subject, new JsonObject
            {
                ["by"] = "reviewer",
            });
            yield return Said("request.published", size.Member(member), subject, []);
        }
    }

    private IEnumerable<Entry> Offers(int member, int outbreak)
    {
        for (var number = 0; number < size.Offers; number++)
        {
            var subject = $"offer/{size.Member(member)}/f{outbreak}-{number}";
            yield return Said("offer.published", size.Member(member), subject, new JsonObject
            {
                ["outbreak"] = LoadSize.Outbreak(outbreak), ["kind"] = "Goods", ["lot"] = $"a{number}",
                ["item"] = $"item-{number}", ["unit"] = "each", ["quantity"] = 1_000 + member, ["pack"] = 1,
                ["exercise"] = true,
            });
            if (number % 2 == 0)
            {
                yield return Said("offer.accepted", size.Member(member), subject, new JsonObject
                {
                    ["quantity"] = 1_000 + member,
                });
            }
        }
    }

    private IEnumerable<Entry> Consignments(int member, int outbreak)
    {
        var sender = size.Member(member);
        var taker = (member + 1) % size.Members;
        for (var number = 0; number < size.Consignments; number++)
        {
            var subject = $"consignment/{sender}/f{outbreak}-{number}";
            yield return Said("consignment.planned", sender, subject, new JsonObject
            {
                ["outbreak"] = LoadSize.Outbreak(outbreak), ["consignee"] = size.Member(taker),
                ["destination"] = Territories.All[taker].Code.ToString(), ["expected"] = "2026-03-01",
                ["lines"] = new JsonArray([.. Enumerable.Range(0, ConsignmentLines).Select(line => new JsonObject
                {
                    ["item"] = $"item-{line}", ["unit"] = "each", ["lot"] = $"l{line}", ["quantity"] = 10,
                })]),
            });
            foreach (var verb in Verbs.Take(1 + (number % 4)))
            {
                yield return Said($"consignment.{verb}", sender, subject, []);
            }

            // One in ten has been counted by the one it was for.
            if (number == Verbs.Length - 1)
            {
                yield return Said("consignment.received", size.Member(taker), subject, new JsonObject
                {
                    ["note"] = "n1",
                    ["lines"] = new JsonArray([.. Enumerable.Range(0, ConsignmentLines).Select(line => new JsonObject
                    {
                        ["line"] = line, ["received"] = 10,
                    })]),
                });
            }
        }
    }

    private IEnumerable<Entry> Long()
    {
        var parts = (LongLines + PartLines - 1) / PartLines;
        for (var part = 1; part <= parts; part++)
        {
            var body = new JsonObject
            {
                ["lines"] = Lines(0, (part - 1) * PartLines, Math.Min(PartLines, LongLines - ((part - 1) * PartLines))),
            };
            if (part == 1)
            {
                body["outbreak"] = LoadSize.Outbreak(0);
                body["parts"] = parts;
            }
            else
            {
                body["part"] = part;
            }

            yield return Said(part == 1 ? "request.submitted" : "request.extended", size.Member(0), LongRequest, body);
        }
    }

    private static JsonArray Lines(int member, int from, int count) =>
        new([.. Enumerable.Range(from, count).Select(line => new JsonObject
        {
            ["place"] = Territories.All[member].Code.ToString(), ["item"] = $"item-{line}", ["unit"] = "each",
            ["quantity"] = 10 + line, ["needed_by"] = "2026-04-01",
        })]);

    private Entry Said(string kind, string author, string subject, JsonObject body)
    {
        var at = First + _number++;
        return new Entry(
            LogKeys.DrawId(at), kind, MemberId.Parse(author), subject,
            new HybridTime(at * 1_000), body);
    }
}
