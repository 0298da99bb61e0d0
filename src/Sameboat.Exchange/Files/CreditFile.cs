using System.Collections.Immutable;
using Sameboat.Allocation;

namespace Sameboat.Exchange.Files;

/// <summary>What one member is owed of one item from earlier rounds.</summary>
/// <param name="Member">The member's name, as in the instance.</param>
/// <param name="Item">The item's name, as in the instance.</param>
/// <param name="Owed">Units; below zero where it had more than its share.</param>
public sealed record CreditLine(string Member, string Item, Rational Owed);

/// <summary>Credit carried over rounds: <c>member,item,owed</c>, owed as an exact fraction such as <c>7/2</c>.
/// </summary>
/// <param name="Lines">In order of member and item.</param>
public sealed record CreditFile(ImmutableArray<CreditLine> Lines)
{
    /// <summary>The most units owed either way.</summary>
    public const long OwedMax = 1_000_000_000_000_000;

    private const int FractionLengthMax = 60;

    /// <summary>Nothing owed, as before the first round.</summary>
    public static CreditFile Empty { get; } = new([]);

    /// <summary>Reads a file, or standard input for <c>-</c>.</summary>
    public static Reading<CreditFile> Read(string path)
    {
        var faults = new FaultList();
        using var rows = CsvRows.Open(path, faults);
        if (rows is null)
        {
            return Reading<CreditFile>.Refused(faults, []);
        }

        var (member, item, owed) = (rows.IndexOf("member"), rows.IndexOf("item"), rows.IndexOf("owed"));
        if (member < 0 || item < 0 || owed < 0)
        {
            faults.Add(Fault.Describe(rows.File, 1, 0, $"a header of «{rows.Header[0]}»",
                "the columns member,item,owed"));
            return Reading<CreditFile>.Refused(faults, []);
        }

        var known = new SortedDictionary<(string, string), Rational>();
        while (rows.Read())
        {
            var text = rows.Text(owed);
            if (text.Length > FractionLengthMax || !Rational.TryParse(text, out var units)
                || units > Rational.Of(OwedMax) || units < Rational.Of(-OwedMax))
            {
                rows.Refuse(owed, "units as a fraction such as 7/2 or -3, no more than 10^15 either way");
            }
            else if (!known.TryAdd(
                (CsvTable.OriginalText(rows.Text(member)), CsvTable.OriginalText(rows.Text(item))), units))
            {
                rows.Refuse(item, "each item of a member once");
            }
        }

        return faults.IsEmpty
            ? Reading<CreditFile>.Of(new CreditFile([.. known.Select(line =>
                new CreditLine(line.Key.Item1, line.Key.Item2, line.Value))]), [])
            : Reading<CreditFile>.Refused(faults, []);
    }

    /// <summary>The instance whose packs go by what is owed too.</summary>
    public Instance Into(Instance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        var owed = Lines.ToDictionary(line => (line.Member, line.Item), line => line.Owed);
        return instance with
        {
            CarriesCredit = true,
            Problem = instance.Problem with
            {
                Owed = instance.Problem.Claims.Select(claim => (claim.Id, Owed: owed.GetValueOrDefault(
                        (instance.Members[claim.Member], instance.Items[claim.Item]))))
                    .Where(claim => claim.Owed != Rational.Zero)
                    .ToImmutableSortedDictionary(claim => claim.Id, claim => claim.Owed),
            },
        };
    }

    /// <summary>What is owed after a round; members and items that the round did not have stay as they are.</summary>
    /// <param name="instance">The round, as <see cref="Into"/> gave it.</param>
    /// <param name="plan">Its plan.</param>
    public CreditFile After(Instance instance, SharedPlan plan)
    {
        ArgumentNullException.ThrowIfNull(instance);
        var after = SharedRounds.After(plan);
        var all = new SortedDictionary<(string, string), Rational>(
            Lines.ToDictionary(line => (line.Member, line.Item), line => line.Owed));
        foreach (var claim in instance.Problem.Claims)
        {
            all[(instance.Members[claim.Member], instance.Items[claim.Item])] = after[claim.Id];
        }

        return new CreditFile([.. all.Select(line => new CreditLine(line.Key.Item1, line.Key.Item2, line.Value))]);
    }

    /// <summary>Writes the file.</summary>
    public void Write(Stream stream)
    {
        using var table = new CsvTable(stream, "member", "item", "owed");
        foreach (var line in Lines)
        {
            table.Add(line.Member).Add(line.Item).Add(line.Owed).EndRow();
        }
    }
}
