using System.Collections.Immutable;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Sameboat.Epidemics;
using Sameboat.Exchange.Chain;
using Sameboat.Record;
using Sameboat.Server.Offers;
using Sameboat.Server.Record;
using Sameboat.Server.Refusals;
using Sameboat.Server.Rounds;
using Sameboat.Server.Situation;
using Sameboat.Server.Storage;
using Sameboat.Supplies;
using PlaceCounts = Sameboat.Server.Situation.PlaceCounts;

namespace Sameboat.Server.Exercise;

/// <summary>What came of an order of whoever runs the exercise: the closed list.</summary>
internal enum ExerciseOutcome
{
    /// <summary>It was done.</summary>
    Done,

    /// <summary>It had been done before, or something else was done since the page was read.</summary>
    Before,

    /// <summary>All weeks have been played.</summary>
    Over,

    /// <summary>What was to happen is not of the expected form, or nothing is left for it to change.</summary>
    Unknown,

    /// <summary>Another order is being carried out.</summary>
    Busy,
}

/// <summary>
/// Plays the next week, and makes things happen. Every order names how far the course had come when it was given, and
/// is carried out once: all that it says is appended in one call, or nothing.
/// </summary>
internal sealed class ExerciseDirector(NodeDatabase database, LogStore store, RecordClock clock) : IDisposable
{
    /// <summary>The least and the most that a variant multiplies growth by, in per cent.</summary>
    internal const int GrowthMin = 50;

    internal const int GrowthMax = 300;

    private const ulong Stream = 0xA076_1D64_78BD_642F;
    private const int Mille = 1_000;

    private static readonly TimeSpan TurnLimit = TimeSpan.FromMinutes(1);

    private readonly DiseasePack _pack = DiseasePacks.Carried(ExerciseScript.Pack);
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Sets the clock of the record to where the exercise stands.</summary>
    internal async Task WakeAsync(CancellationToken cancellation)
    {
        await using var db = database.Open();
        clock.Set((await ExerciseCourse.ReadAsync(db, cancellation)).Present);
    }

    /// <summary>Plays the next week.</summary>
    /// <param name="week">Its number, from 1: one that was played is not played again.</param>
    /// <param name="cancellation">Breaks it off; the week is played whole or not at all.</param>
    internal Task<ExerciseOutcome> PlayAsync(int week, CancellationToken cancellation) =>
        InTurnAsync(async (db, course) =>
        {
            if (week != course.Weeks.Length + 1)
            {
                return week <= course.Weeks.Length ? ExerciseOutcome.Before : ExerciseOutcome.Unknown;
            }

            return week > ExerciseScript.WeeksMore ? ExerciseOutcome.Over
                : await WeekAsync(db, course, week, cancellation) is { } said
                    ? await AppendAsync(said, course, cancellation)
                    : ExerciseOutcome.Busy;
        }, cancellation);

    // The round of the week stands on the record as it is when it is opened. What comes before it is appended first;
    // broken off there and played again, the same entries come again and are stored once.
    // Null where the node cannot write now.
    private async Task<IReadOnlyList<Saying>?> RoundAsync(
        NodeContext db, ExerciseRound round, EntryStamp stamp, CancellationToken cancellation)
    {
        var before = await round.OpeningAsync(db, cancellation);
        var outcome = await store.AppendAsync([.. before.Select(said => Entry(stamp, said))], cancellation);
        return Outcome(outcome) == ExerciseOutcome.Busy ? null : await round.CourseAsync(database, cancellation);
    }

    /// <summary>Makes something happen.</summary>
    /// <param name="asked">Kind, place, donor and growth count; the rest is found out.</param>
    /// <param name="version">Of the course as it was read.</param>
    /// <param name="cancellation">Breaks it off.</param>
    internal Task<ExerciseOutcome> InjectAsync(
        ExerciseEvent asked, int version, CancellationToken cancellation) =>
        InTurnAsync(async (db, course) =>
            version != course.Version ? ExerciseOutcome.Before
            : await HappeningAsync(db, course, asked, cancellation) is { } said
                ? await AppendAsync(said, course, cancellation)
                : ExerciseOutcome.Unknown, cancellation);

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task<ExerciseOutcome> InTurnAsync(
        Func<NodeContext, ExerciseCourse, Task<ExerciseOutcome>> work, CancellationToken cancellation)
    {
        if (!await _turn.WaitAsync(TurnLimit, cancellation))
        {
            return ExerciseOutcome.Busy;
        }

        try
        {
            await using var db = database.Open();
            var outcome = await work(db, await ExerciseCourse.ReadAsync(db, cancellation));
            clock.Set((await ExerciseCourse.ReadAsync(db, cancellation)).Present);
            return outcome;
        }
        finally
        {
            _turn.Release();
        }
    }

    // The seed of the record, whatever this start was told: a course goes on as it began.
    private static async Task<ulong> SeedAsync(NodeContext db, CancellationToken cancellation) =>
        ulong.Parse(
            await db.Rounds.Where(round => round.Subject == ExerciseScript.Round)
                .Select(round => round.Seed)
                .FirstAsync(cancellation),
            CultureInfo.InvariantCulture);

    private async Task<List<Entry>?> WeekAsync(
        NodeContext db, ExerciseCourse course, int week, CancellationToken cancellation)
    {
        var seed = await SeedAsync(db, cancellation);
        var number = ExerciseScript.WeeksPast + ExerciseScript.WeeksAfter + week - 1;
        var monday = ExerciseScript.First.AddDays(number * Weeks.Days);
        var courses = ExerciseOutbreak.Simulate(_pack, seed, number + 1, Variants(course));
        var counts = await SituationReading.CountsAsync(db, ExerciseScript.Outbreak, null, cancellation);
        var known = counts.ToDictionary(place => place.Cases.Place);
        var quiet = courses.Where(one => !HasReported(known, one.Place, monday)).ToList();
        var reports = quiet.Select(one => Report(one, number, monday));
        var joined = counts.Select(place => Joined(place, quiet, monday)).ToList();
        var moves = await ExerciseMoves.ReadAsync(db, cancellation);
        var stamp = Stamp(seed, course.Version);
        var lapsed = course.Events.Where(one => one.Kind == ExerciseEventKind.DonorLapses)
            .Select(one => one.Donor)
            .ToHashSet(StringComparer.Ordinal);
        if (await RoundAsync(db, new ExerciseRound(_pack, seed, week, monday, lapsed), stamp, cancellation)
            is not { } round)
        {
            return null;
        }

        var input = await InputAsync(db, joined, cancellation);
        var order = Order(seed, monday.AddDays(Weeks.Days - 1));
        var result = ChainRun.Run(input, order.Settings);
        var entries = round.Concat(reports).Concat(moves.In(monday)).OrderBy(said => said.At)
            .Select(said => Entry(stamp, said))
            .ToList();
        stamp.Now = Saying.On(order.Settings.AsOf.AddDays(1), 9);
        entries.AddRange(RoundRun.SituationEntries(result, order, ExerciseScript.MemberOf, stamp));
        var figures = Figures(result, joined, null);
        entries.Add(Entry(stamp, Convener(
            order.Settings.AsOf, ExerciseCourse.Played, ExerciseCourse.Statement(week, figures))));
        return entries;
    }

    private async Task<List<Entry>?> HappeningAsync(
        NodeContext db, ExerciseCourse course, ExerciseEvent asked, CancellationToken cancellation)
    {
        var seed = await SeedAsync(db, cancellation);
        var isPlace = TerritoryCode.TryParse(asked.Place, out var place)
            && ExerciseScript.Members.Any(member => member.Place?.Code == place);
        var sayings = asked.Kind switch
        {
            ExerciseEventKind.PortCloses when isPlace
                && !(await ExerciseMoves.ClosedAsync(db, cancellation)).Contains(place.ToString()) =>
                Closing(place, course),
            ExerciseEventKind.DonorLapses => await LapsingAsync(db, asked.Donor, course, cancellation),
            _ => [],
        };
        if (asked.Kind == ExerciseEventKind.VariantSpreads
                ? asked.Growth is < GrowthMin or > GrowthMax || (asked.Place.Length > 0 && !isPlace)
                : sayings.Count == 0)
        {
            return null;
        }

        var (before, after) = await CostAsync(db, (course, seed), asked, cancellation);
        var happened = new ExerciseEvent(
            asked.Kind, course.Weeks.Length,
            asked.Kind != ExerciseEventKind.DonorLapses && isPlace ? place.ToString() : "",
            asked.Kind == ExerciseEventKind.DonorLapses ? asked.Donor : "",
            asked.Kind == ExerciseEventKind.VariantSpreads ? asked.Growth : 0, before, after);
        var stamp = Stamp(seed, course.Version);
        return
        [
            .. sayings.Append(Convener(course.Last, ExerciseCourse.Injected, ExerciseCourse.Statement(happened)))
                .Select(said => Entry(stamp, said)),
        ];
    }

    // The coverage that the record admits as it is, and as it becomes. What a variant costs only later weeks show.
    private async Task<(ExerciseFigures? Before, ExerciseFigures? After)> CostAsync(
        NodeContext db, (ExerciseCourse Course, ulong Seed) at, ExerciseEvent asked, CancellationToken cancellation)
    {
        if (asked.Kind == ExerciseEventKind.VariantSpreads)
        {
            return (at.Course.Weeks.IsEmpty ? null : at.Course.Weeks[^1], null);
        }

        var counts = await SituationReading.CountsAsync(db, ExerciseScript.Outbreak, null, cancellation);
        var input = await InputAsync(db, counts, cancellation);
        var settings = Order(at.Seed, at.Course.Last).Settings;
        var changed = asked.Kind == ExerciseEventKind.DonorLapses
            ? input with { Offers = [.. input.Offers.Where(offer => offer.Donor != asked.Donor)] }
            : input with
            {
                Refusals =
                [
                    .. input.Refusals,
                    .. Categories().Select(category => new Refusal(TerritoryCode.Parse(asked.Place), null, category)),
                ],
            };

        // What a closed port keeps away goes elsewhere: its cost is that of the place.
        TerritoryCode? only = asked.Kind == ExerciseEventKind.PortCloses ? TerritoryCode.Parse(asked.Place) : null;
        return (Figures(ChainRun.Run(input, settings), counts, only),
            Figures(ChainRun.Run(changed, settings), counts, only));
    }

    private async Task<ExerciseOutcome> AppendAsync(
        List<Entry> entries, ExerciseCourse course, CancellationToken cancellation) =>
        Outcome(await store.AppendAsync(
            entries, new AppendTerms(ExerciseCourse.Subject, course.Version, null), cancellation));

    private static ExerciseOutcome Outcome(AppendOutcome outcome) => outcome switch
    {
        AppendOutcome.Done => ExerciseOutcome.Done,
        AppendOutcome.Refused { Reason: AppendRefusal.Stale } => ExerciseOutcome.Before,
        AppendOutcome.Refused { Reason: AppendRefusal.TooManyWaiting or AppendRefusal.StoreFull
            or AppendRefusal.StoreUnavailable } => ExerciseOutcome.Busy,
        AppendOutcome.Refused refused => throw new InvalidOperationException(
            $"The exercise said what cannot be said. {refused.Sentence}"),
        _ => throw new InvalidOperationException("An append without a kept request answers with none."),
    };

    private List<Saying> Closing(TerritoryCode place, ExerciseCourse course) =>
    [
        .. Categories().Select(category =>
        {
            var member = ExerciseScript.MemberOf(place);
            var name = $"port-{category.Replace(' ', '-')}-{course.Version}";
            var said = ExerciseChain.Step(
                course.Last.AddDays(1), 10, member, "refusal.listed", EntityName.Of("refusal", member, name).ToString(),
                "Port authority", RefusalFold.PortClosed);
            said.Body["category"] = category;
            said.Body["outbreak"] = ExerciseScript.Outbreak;
            said.Body["place"] = place.ToString();
            said.Body.Remove("by");
            return said;
        }),
    ];

    private static async Task<List<Saying>> LapsingAsync(
        NodeContext db, string donor, ExerciseCourse course, CancellationToken cancellation)
    {
        var offers = await db.Offers.AsNoTracking()
            .Where(offer => offer.Member == donor && offer.Outbreak == ExerciseScript.Outbreak)
            .OrderBy(offer => offer.Subject)
            .ToListAsync(cancellation);
        return
        [
            .. offers
                .Select(offer => (offer.Subject, Verb: offer.State switch
                {
                    nameof(OfferState.Open) or nameof(OfferState.UnderReview) => "withdrawn",
                    nameof(OfferState.Accepted) or nameof(OfferState.PartlyAccepted) => "lapsed",
                    _ => "",
                }))
                .Where(one => one.Verb.Length > 0)
                .Select(one => ExerciseChain.Step(
                    course.Last.AddDays(1), 10, MemberId.Parse(donor), $"offer.{one.Verb}", one.Subject,
                    "Stock keeper", "The donor cannot keep its word.")),
        ];
    }

    private IEnumerable<string> Categories() => _pack.Items
        .Where(item => item.Kind is not (ItemKind.Team or ItemKind.Funds))
        .Select(item => item.Category)
        .Distinct()
        .Order(StringComparer.Ordinal);

    private RoundOrder Order(ulong seed, DateOnly day) => new(
        ExerciseScript.Round, ExerciseScript.Outbreak, ExerciseScript.Convener,
        new ChainSettings(day, ExerciseScript.WeeksAhead, seed, _pack), Exercise: true);

    // As if nothing had been promised yet: what the offers of the day could reach.
    private static async Task<ChainInput> InputAsync(
        NodeContext db, IEnumerable<PlaceCounts> counts, CancellationToken cancellation) => RoundInput.Of(
        ExerciseScript.Outbreak,
        counts,
        await db.Offers.AsNoTracking().ToListAsync(cancellation),
        await db.Set<RefusalRow>().AsNoTracking().ToListAsync(cancellation),
        await db.Members.AsNoTracking().ToListAsync(cancellation),
        StandingPromises.None,
        (ExerciseScript.AsOf, ExerciseScript.WeeksAhead));

    private static ExerciseFigures Figures(ChainResult result, IEnumerable<PlaceCounts> counts, TerritoryCode? only)
    {
        var lines = result.Coverage.Where(line => line.Need > 0 && (only is null || line.Place == only)).ToList();
        return new ExerciseFigures(
            counts.Where(place => only is null || place.Cases.Place == only)
                .Sum(place => place.Cases.Counts.TakeLast(Weeks.Days).Sum(count => count ?? 0)),
            lines.Count,
            lines.Count == 0 ? 0 : (int)(lines.Sum(line => Share(line)) / lines.Count),
            lines.Count(line => line.Before + line.Planned == 0));

        static long Share(CoverageLine line) =>
            (long)(Math.Min((decimal)line.Before + line.Planned, line.Need) * Mille / line.Need);
    }

    private static List<ExerciseVariant> Variants(ExerciseCourse course) =>
    [
        .. course.Events
            .Where(one => one.Kind == ExerciseEventKind.VariantSpreads)
            .Select(one => new ExerciseVariant(
                (ExerciseScript.WeeksPast + ExerciseScript.WeeksAfter + one.Week) * Weeks.Days,
                TerritoryCode.TryParse(one.Place, out var place) ? place : null, one.Growth)),
    ];

    // A player may have reported the week already.
    private static bool HasReported(
        Dictionary<TerritoryCode, PlaceCounts> known, TerritoryCode place, DateOnly monday) =>
        known.TryGetValue(place, out var counts)
        && counts.Cases.First.AddDays(counts.Cases.Counts.Length) > monday;

    private static PlaceCounts Joined(PlaceCounts before, List<SimulatedOutbreak> said, DateOnly monday)
    {
        var days = monday.DayNumber - before.Cases.First.DayNumber;
        return said.Find(one => one.Place == before.Cases.Place) is { } course
            ? new PlaceCounts(Joined(before.Cases, course.Cases), Joined(before.Deaths, course.Deaths))
            : before;

        CountSeries Joined(CountSeries series, CountSeries? whole) => new(
            series.Place, series.Indicator, series.First,
            [
                .. Enumerable.Range(0, days).Select(day => day < series.Counts.Length ? series.Counts[day] : null),
                .. whole is null ? [] : whole.Counts.TakeLast(Weeks.Days),
            ]);
    }

    private static Saying Report(SimulatedOutbreak course, int week, DateOnly monday)
    {
        var member = ExerciseScript.MemberOf(course.Place);
        return new Saying(
            Saying.On(monday.AddDays(Weeks.Days), 8), member, SituationFold.Kind,
            EntityName.Of("situation", member, monday.Written()).ToString(),
            ExerciseWriter.ReportOf(course, week, monday));
    }

    private static Saying Convener(DateOnly sunday, string kind, System.Text.Json.Nodes.JsonObject body) =>
        new(Saying.On(sunday.AddDays(1), 11), ExerciseScript.Convener, kind, ExerciseCourse.Subject, body);

    private static EntryStamp Stamp(ulong seed, int version) =>
        new(new SeededRandom(unchecked((seed ^ Stream) + ((ulong)version * Stream))));

    private static Entry Entry(EntryStamp stamp, Saying said)
    {
        stamp.Now = said.At;
        said.Body["exercise"] = true;
        return stamp.Entry(said.Author, said.Kind, said.Subject, said.Body);
    }
}
