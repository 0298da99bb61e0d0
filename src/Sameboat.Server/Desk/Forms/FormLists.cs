using System.Collections.Frozen;
using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Outbreaks;
using Sameboat.Server.Storage;
using Sameboat.Server.Web;
using Sameboat.Supplies;

namespace Sameboat.Server.Desk.Forms;

/// <summary>What the inputs of a form choose from.</summary>
/// <param name="Outbreaks">The one declared last first.</param>
/// <param name="Items">Codes with their names, of the packs of all outbreaks.</param>
/// <param name="Members">Ids with their names.</param>
internal sealed record FormLists(
    ImmutableArray<OutbreakRow> Outbreaks, ImmutableArray<(string Code, string Name)> Items,
    ImmutableArray<(string Id, string Name)> Members)
{
    private readonly FrozenDictionary<string, string> _byName = Items
        .SelectMany(item => new[] { (item.Name, item.Code), (Name: item.Code, item.Code) })
        .DistinctBy(one => one.Name, StringComparer.OrdinalIgnoreCase)
        .ToFrozenDictionary(one => one.Name, one => one.Code, StringComparer.OrdinalIgnoreCase);

    /// <summary>The code of an item by its code or name; null where the packs have none.</summary>
    internal string? Item(string typed) => _byName.GetValueOrDefault(typed);

    /// <summary>Whether what belongs to an outbreak is an exercise; one that names none is what the newest is.
    /// </summary>
    internal bool IsExercise(string? outbreak) =>
        (Outbreaks.FirstOrDefault(row => row.Subject == outbreak) ?? Outbreaks.FirstOrDefault())?.Exercise == true;

    internal static async Task<FormLists> ReadAsync(NodeContext db, Words words, CancellationToken cancellation)
    {
        var outbreaks = await db.Outbreaks.AsNoTracking()
            .OrderByDescending(row => row.Declared).ThenBy(row => row.Subject)
            .ToListAsync(cancellation);
        var members = await MemberNames.ReadAsync(db, cancellation);
        return new FormLists(
            [.. outbreaks],
            [
                .. outbreaks.Select(row => row.Pack).Distinct().Where(DiseasePacks.Codes.Contains)
                    .SelectMany(pack => DiseasePacks.Carried(pack).Items.Select(item => (
                        Code: $"{item.Code}", Name: new ItemNames(pack, words).Of($"{item.Code}"))))
                    .DistinctBy(item => item.Code),
            ],
            [
                .. members.All.Keys.Select(id => (Id: id, Name: members.Of(words, id)))
                    .OrderBy(one => one.Id, StringComparer.Ordinal),
            ]);
    }
}
