using System.Collections.Immutable;
using System.Numerics;

namespace Sameboat.Allocation;

/// <summary>A certificate's numbers by id, for the sentences about it.</summary>
internal sealed class PlanFacts
{
    private readonly Dictionary<int, Claim> _claims;
    private readonly Dictionary<int, Lot> _lots;
    private readonly Dictionary<int, CertificateShare> _shares;
    private readonly ILookup<int, RemovedLanes> _removed;

    public PlanFacts(AllocationCertificate certificate)
    {
        Certificate = certificate;
        _claims = certificate.Claims.ToDictionary(claim => claim.Id);
        _lots = certificate.Lots.ToDictionary(lot => lot.Id);
        _shares = certificate.Shares.ToDictionary(share => share.Claim);
        _removed = certificate.Removed.ToLookup(removed => removed.Lot);
        LinesTo = certificate.Lines.ToLookup(line => line.Claim);
        LinesFrom = certificate.Lines.ToLookup(line => line.Lot);
        Levels = [.. certificate.Levels.Select((level, index) => new LevelFacts(this, level, index))];
        LevelOf = Levels.SelectMany(level => level.Level.Claims.Select(claim => (claim, level))).ToDictionary();
        Ranks = certificate.Lottery.Select((id, rank) => (id, rank)).ToDictionary();
    }

    public AllocationCertificate Certificate { get; }

    public ImmutableArray<LevelFacts> Levels { get; }

    public Dictionary<int, LevelFacts> LevelOf { get; }

    public Dictionary<int, int> Ranks { get; }

    public ILookup<int, PackLine> LinesTo { get; }

    public ILookup<int, PackLine> LinesFrom { get; }

    public Claim ClaimOf(int id) => _claims[id];

    public Lot LotOf(int id) => _lots[id];

    public CertificateShare ShareOf(int claim) => _shares[claim];

    /// <summary>Units held after the plan.</summary>
    public long HeldAfter(int claim) => _claims[claim].Received + _shares[claim].Packed;

    /// <summary>Units the fair division gives: coverage x need - received.</summary>
    public Rational FairAmountOf(int claim)
    {
        var coverage = _shares[claim].FairCoverage;
        return (Rational.Of(coverage.Numerator, coverage.Denominator) * Rational.Of(_claims[claim].Need))
            - Rational.Of(_claims[claim].Received);
    }

    public bool IsOpen(int lot, int claim) => !_removed[lot].Any(removed => removed.Closes(claim));

    /// <summary>The first rule that closes the lane.</summary>
    public LaneRemoval ReasonOf(int lot, int claim) => _removed[lot].First(removed => removed.Closes(claim)).Reason;
}

/// <summary>The arithmetic of one level.</summary>
internal sealed class LevelFacts
{
    private readonly Lazy<Dictionary<(long Need, long Held), List<int>>> _standing;

    public LevelFacts(PlanFacts facts, CertificateLevel level, int index)
    {
        Level = level;
        Index = index;
        foreach (var lot in level.Lots)
        {
            Stock += facts.LotOf(lot).Quantity;
        }

        foreach (var id in level.Claims)
        {
            var claim = facts.ClaimOf(id);
            if (facts.FairAmountOf(id) == Rational.Of(claim.Limit))
            {
                LimitedClaims++;
                LimitedUnits += claim.Limit;
            }
            else
            {
                SharingClaims++;
                SharingNeed += claim.Need;
                SharingReceived += claim.Received;
            }
        }

        _standing = new(() => level.Claims
            .GroupBy(id => (facts.ClaimOf(id).Need, facts.HeldAfter(id)))
            .ToDictionary(group => group.Key, group => group.ToList()));
    }

    public CertificateLevel Level { get; }

    public int Index { get; }

    /// <summary>Units in the lots of the level.</summary>
    public BigInteger Stock { get; }

    /// <summary>How many claims of the level come to their own limit.</summary>
    public int LimitedClaims { get; }

    /// <summary>Units those claims take.</summary>
    public BigInteger LimitedUnits { get; }

    /// <summary>How many claims of the level share what remains.</summary>
    public int SharingClaims { get; }

    /// <summary>Units the sharing claims need.</summary>
    public BigInteger SharingNeed { get; }

    /// <summary>Units the sharing claims had before.</summary>
    public BigInteger SharingReceived { get; }

    /// <summary>Claims of this level with the given need that hold the given quantity after the plan.</summary>
    public IReadOnlyList<int> Standing(long need, long held) =>
        _standing.Value.TryGetValue((need, held), out var claims) ? claims : [];
}
