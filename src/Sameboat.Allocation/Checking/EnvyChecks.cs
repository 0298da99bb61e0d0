using System.Globalization;
using System.Numerics;

namespace Sameboat.Allocation.Checking;

/// <summary>
/// Whether a pack could go, along open lanes of lots of one pack size, from stock or from a claim served later to a
/// claim that comes before it. Where none could, the packs of that size are divided in the fairest way.
/// </summary>
/// <remarks>
/// For separable functions on an integral polymatroid one step is enough to tell an optimum (Murota 2003,
/// 10.1137/1.9780898718508, theorem 6.26). Claims come in order of coverage before the pack, then need, then lottery.
/// </remarks>
internal sealed class EnvyChecks
{
    private readonly CheckedProblem _known;
    private readonly LineChecks _lines;
    private readonly int[] _rank;
    private readonly List<int>[] _holdersOf;

    public EnvyChecks(CheckedProblem known, LineChecks lines, IEnumerable<PackLine> plan, IEnumerable<int> lottery)
    {
        _known = known;
        _lines = lines;
        _rank = new int[known.Claims.Length];
        foreach (var (id, rank) in lottery.Select((id, rank) => (id, rank)))
        {
            known.TryClaim(id, out var claim);
            _rank[claim] = rank;
        }

        _holdersOf = [.. known.Lots.Select(_ => new List<int>())];
        foreach (var line in plan)
        {
            known.TryLot(line.Lot, out var lot);
            known.TryClaim(line.Claim, out var claim);
            _holdersOf[lot].Add(claim);
        }
    }

    /// <summary>The sizes of which some lot holds a whole pack.</summary>
    public IReadOnlyList<long> Sizes =>
        [.. _known.Lots.Where(lot => lot.Quantity >= lot.PackSize && lot.Quantity > 0)
            .Select(lot => lot.PackSize).Distinct().Order()];

    public CheckFailure? Check(long size)
    {
        var lots = Enumerable.Range(0, _known.Lots.Length)
            .Where(lot => _known.Lots[lot].PackSize == size && _known.Lots[lot].Quantity >= size).ToList();
        var wanting = Enumerable.Range(0, _known.Claims.Length)
            .Where(claim => _lines.GivenTo[claim] + size <= CutChecks.LimitOf(_known.Claims[claim])).ToList();
        wanting.Sort((one, other) => Compare(Next(one), Next(other)));

        // What an earlier claim has searched needs no second search: a later claim's wish is weaker.
        var reached = new bool[_known.Claims.Length];
        foreach (var claim in wanting.Where(claim => !reached[claim]))
        {
            if (Search(claim, size, lots, reached) is { } failure)
            {
                return failure;
            }
        }

        return null;
    }

    private CheckFailure? Search(int wanting, long size, List<int> lots, bool[] reached)
    {
        var queue = new Queue<int>([wanting]);
        reached[wanting] = true;
        while (queue.TryDequeue(out var claim))
        {
            for (var index = lots.Count - 1; index >= 0; index--)
            {
                var lot = lots[index];
                if (!_known.IsOpen(lot, claim))
                {
                    continue;
                }

                lots.RemoveAt(index);
                if (_known.Lots[lot].Quantity - _lines.TakenFrom[lot] >= size)
                {
                    return new(CheckCode.PackWithheld, null, _known.Lots[lot].Id, _known.Claims[wanting].Id,
                        Text(_known.Lots[lot].Quantity - _lines.TakenFrom[lot]) + " units left in the lot",
                        $"less than a pack of {Text(size)}");
                }

                foreach (var holder in _holdersOf[lot].Where(holder => !reached[holder]))
                {
                    if (Compare(Next(wanting), Last(holder, size)) < 0)
                    {
                        return new(CheckCode.JustifiedEnvy, null, _known.Lots[lot].Id, _known.Claims[wanting].Id,
                            $"a pack that claim {Text(_known.Claims[holder].Id)} could pass on",
                            "no pack with a claim that comes later");
                    }

                    reached[holder] = true;
                    queue.Enqueue(holder);
                }
            }
        }

        return null;
    }

    /// <summary>The claim's place before its next pack.</summary>
    private Place Next(int claim) => PlaceAt(claim, _lines.GivenTo[claim]);

    /// <summary>The claim's place before the last pack it has.</summary>
    private Place Last(int claim, long size) => PlaceAt(claim, _lines.GivenTo[claim] - size);

    private Place PlaceAt(int claim, BigInteger given) =>
        new(given + _known.Claims[claim].Received, _known.Claims[claim].Need, _rank[claim]);

    private static int Compare(Place one, Place other)
    {
        var coverage = (one.Held * other.Need).CompareTo(other.Held * one.Need);
        return coverage != 0 ? coverage
            : one.Need != other.Need ? one.Need.CompareTo(other.Need)
            : one.Rank.CompareTo(other.Rank);
    }

    private static string Text(BigInteger number) => number.ToString(CultureInfo.InvariantCulture);

    private readonly record struct Place(BigInteger Held, BigInteger Need, int Rank);
}
