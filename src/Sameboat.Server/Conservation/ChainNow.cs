using System.Collections.Immutable;
using Sameboat.Server.Consignments;
using Sameboat.Server.Offers;
using Sameboat.Server.Requests;
using Sameboat.Server.Scoreboard;

namespace Sameboat.Server.Conservation;

/// <summary>
/// A ledger with what pages work out of it, each worked out when it is first asked for and then for nobody again.
/// </summary>
internal sealed class ChainNow
{
    private readonly Lazy<ImmutableArray<RequestSummary>> _requests;
    private readonly Lazy<ImmutableArray<ConsignmentSummary>> _consignments;
    private readonly Lazy<Scores> _scores;
    private readonly Lazy<ImmutableArray<MetScore>> _met;
    private readonly Lazy<ImmutableArray<PromiseScore>> _promises;

    /// <param name="ledger">The ledger.</param>
    /// <param name="before">As it was; what stands on nothing that has changed since is taken over.</param>
    internal ChainNow(ChainLedger ledger, ChainNow? before = null)
    {
        Ledger = ledger;
        LastDay = ledger.LastDay;
        var old = before?.Ledger;
        var isSent = old is not null && old.Consignments == ledger.Consignments
            && old.ConsignmentLines == ledger.ConsignmentLines;
        var isAsked = isSent && old!.Requests == ledger.Requests && old.RequestLines == ledger.RequestLines;
        var isMet = isSent && old!.Needs == ledger.Needs && old.Plan == ledger.Plan;
        var isKept = isMet && before!.LastDay == LastDay && old!.Acceptances == ledger.Acceptances
            && Lapsed(old).SequenceEqual(Lapsed(ledger), StringComparer.Ordinal);
        _requests = isAsked ? before!._requests : new(() => RequestAnswers.Of(ledger));
        _consignments = isSent && before!.LastDay == LastDay
            ? before._consignments
            : new(() => ConsignmentSummary.Of(ledger));
        _scores = isAsked && isKept ? before!._scores : new(() => Scores.Of(ledger));
        _met = isMet ? before!._met : new(() => NeedMet.ByItem(ledger));
        _promises = isKept ? before!._promises : new(() => Scoreboard.Promises.Of(ledger));
    }

    /// <summary>Day number of the last step, or null.</summary>
    internal int? LastDay { get; }

    internal ChainLedger Ledger { get; }

    /// <summary>As <see cref="RequestAnswers.Of"/> has them.</summary>
    internal ImmutableArray<RequestSummary> Requests => _requests.Value;

    /// <summary>As <see cref="ConsignmentSummary.Of"/> has them.</summary>
    internal ImmutableArray<ConsignmentSummary> Consignments => _consignments.Value;

    /// <summary>As <see cref="Scoreboard.Scores.Of"/> has them.</summary>
    internal Scores Scores => _scores.Value;

    /// <summary>As <see cref="NeedMet.ByItem"/> has it.</summary>
    internal ImmutableArray<MetScore> Met => _met.Value;

    /// <summary>As <see cref="Scoreboard.Promises.Of"/> has them.</summary>
    internal ImmutableArray<PromiseScore> Promises => _promises.Value;

    private static IEnumerable<string> Lapsed(ChainLedger ledger) => ledger.Offers
        .Where(offer => offer.State == nameof(OfferState.Lapsed))
        .Select(offer => offer.Subject);
}
