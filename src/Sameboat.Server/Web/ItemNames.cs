using Sameboat.Supplies;

namespace Sameboat.Server.Web;

/// <summary>
/// What the items of an outbreak are called: in the reader's language where the catalogue has the name, else by the
/// disease pack, and by their code where there is no pack.
/// </summary>
internal sealed class ItemNames
{
    private readonly DiseasePack? _pack;
    private readonly Words? _words;

    internal ItemNames(string pack, Words? words = null)
    {
        _pack = DiseasePacks.Codes.Contains(pack) ? DiseasePacks.Carried(pack) : null;
        _words = words;
    }

    /// <summary>The name.</summary>
    internal string Of(string item) => _words?.Find($"item.{item}") ?? Find(item)?.Name ?? item;

    /// <summary>Where it stands in the pack, unknown ones last.</summary>
    internal int Order(string item) =>
        Find(item) is { } found && _pack!.Items.IndexOf(found) is >= 0 and var at ? at : int.MaxValue;

    /// <summary>Its kind; goods where it is unknown.</summary>
    internal ItemKind Kind(string item) => Find(item)?.Kind ?? ItemKind.Goods;

    /// <summary>Its unit; pieces where it is unknown.</summary>
    internal string Unit(string item) => Find(item)?.Unit ?? "each";

    private PackItem? Find(string item) =>
        _pack is not null && _pack.TryFindItem(item, out var found) ? found : null;
}
