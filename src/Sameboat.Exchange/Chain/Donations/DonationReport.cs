using System.Collections.Immutable;
using Sameboat.Allocation;
using Sameboat.Allocation.Checking;
using Sameboat.Exchange.Files;

namespace Sameboat.Exchange.Chain.Donations;

/// <summary>A plan of the pool, proved, with the instance that it answers.</summary>
/// <param name="Instance">What was asked.</param>
/// <param name="Plan">The answer.</param>
/// <param name="InPacks">Whether its lines in whole packs count, and not its divisible flows.</param>
/// <param name="Outcome">What it comes to.</param>
internal sealed record DonationPlan(Instance Instance, SharedPlan Plan, bool InPacks, DonationOutcome Outcome);

/// <summary>
/// The donations of a record divided again: whole packs, transport in dose-kilometres, and what each donor's choice of
/// recipients cost. docs/methods/donations.md.
/// </summary>
public sealed class DonationReport
{
    /// <summary>What is compared, in this order, before the donors' choices one by one.</summary>
    internal const string Given = "as given",
        SameShorter = "the same to everybody, shortest",
        Fair = "fair, shortest",
        FairBlind = "fair, distance not asked",
        FairPacks = "fair, in whole packs",
        Bound = "fair, every donor to its own",
        Shortest = "shortest, fairness not asked";

    private DonationReport(DonatedPool pool, DonationRoutes routes, ImmutableArray<DonationPlan> plans,
        ImmutableArray<EarmarkPrice> earmarks)
    {
        Pool = pool;
        Routes = routes;
        Plans = plans;
        Earmarks = earmarks;
        Outcomes = [DonationOutcome.Of(Given, pool, routes, pool.Given),
            .. plans.Take(Compared).Select(plan => plan.Outcome)];
    }

    /// <summary>The pool.</summary>
    public DonatedPool Pool { get; }

    /// <summary>The distances.</summary>
    public DonationRoutes Routes { get; }

    /// <summary>As given first, then the plans that are compared with it.</summary>
    public ImmutableArray<DonationOutcome> Outcomes { get; }

    /// <summary>One for each donor that was asked for.</summary>
    public ImmutableArray<EarmarkPrice> Earmarks { get; }

    /// <summary>All plans that were made.</summary>
    internal ImmutableArray<DonationPlan> Plans { get; }

    /// <summary>The plan in whole packs.</summary>
    internal DonationPlan Packed => Plans.Single(plan => plan.InPacks);

    private const int Compared = 6;

    /// <summary>Divides the pool in all these ways; every plan is proved before it counts.</summary>
    /// <param name="pool">The pool, with at least one lot and one recipient.</param>
    /// <param name="seed">The seed of the lottery among equals.</param>
    /// <param name="progress">Told the share done, 0 to 1; may be null.</param>
    /// <param name="donors">Donors of the pool whose choices are priced; null for all of them.</param>
    public static DonationReport Of(DonatedPool pool, ulong seed, IProgress<double>? progress = null,
        IReadOnlyCollection<string>? donors = null)
    {
        ArgumentNullException.ThrowIfNull(pool);
        donors ??= pool.Donors;
        var routes = new DonationRoutes(pool);
        var ask = new DonationInstances(pool, routes, seed);
        (Instance Instance, bool InPacks, bool Priced)[] questions =
        [
            (ask.SameAsGiven(SameShorter), false, true),
            (ask.Fair(Fair, _ => false), false, true),
            (ask.Fair(FairBlind, _ => false, priced: false), false, false),
            (ask.Fair(FairPacks, _ => false, inPacks: true), true, true),
            (ask.Fair(Bound, _ => true), false, true),
            (ask.Shortest(Shortest), false, true),
            .. donors.SelectMany(donor => new[]
            {
                (ask.Fair($"bound but for {donor}", one => one != donor), false, true),
                (ask.Fair($"free but for {donor}", one => one == donor), false, true),
            }),
        ];
        var plans = new DonationPlan[questions.Length];
        var done = 0;
        Parallel.For(0, questions.Length, at =>
        {
            plans[at] = Plan(pool, routes, questions[at]);
            progress?.Report((double)Interlocked.Increment(ref done) / questions.Length);
        });
        return new DonationReport(pool, routes, [.. plans], [.. donors.Select((donor, at) => new EarmarkPrice(
            donor,
            pool.Lots.Where(lot => lot.Donor == donor)
                .Aggregate(Rational.Zero, (sum, lot) => sum + (Rational.Of(lot.Quantity) * lot.DosesPerUnit)),
            pool.Given.Where(flow => pool.Lots[flow.Lot].Donor == donor).Select(flow => flow.Recipient)
                .Distinct().Count(),
            plans[Compared + (2 * at)].Outcome,
            plans[Compared + (2 * at) + 1].Outcome))]);
    }

    private static DonationPlan Plan(
        DonatedPool pool, DonationRoutes routes, (Instance Instance, bool InPacks, bool Priced) question)
    {
        var problem = question.Instance.Problem;
        var plan = SharedAllocator.Allocate(problem);
        if (SharedPlanChecker.Check(problem, plan) is { } failure)
        {
            throw new InvalidOperationException($"The plan «{question.Instance.Id}» is not proved: {failure}");
        }

        List<(int Lot, int Claim, Rational Amount)> lines = question.InPacks
            ? [.. plan.Lines.Select(line => (line.Lot, line.Claim, Rational.Of(line.Quantity)))]
            : [.. plan.Flows.Select(flow => (flow.Lot, flow.Claim, flow.Amount))];
        bool? shortest = question.Priced
            ? TieProof.Of(problem, lines, question.InPacks).All(item => item.IsProved) : null;
        var members = problem.Claims.ToDictionary(claim => claim.Id, claim => claim.Member);
        var flows = lines.Where(line => line.Lot < pool.Lots.Length)
            .Select(line => new DonationFlow(line.Lot, members[line.Claim], line.Amount));
        return new DonationPlan(question.Instance, plan, question.InPacks,
            DonationOutcome.Of(question.Instance.Id, pool, routes, flows, shortest));
    }
}
