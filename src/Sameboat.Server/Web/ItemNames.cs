using Sameboat.Supplies;

namespace Sameboat.Server.Web;

/// <summary>What the items of an outbreak are called: by its disease pack, or by their code without one.</summary>
internal sealed class ItemNames
{
    private readonly DiseasePack? _pack;

    internal ItemNames(string pack) =>
        _pack = DiseasePacks.Codes.Contains(pack) ? DiseasePacks.Carried(pack) : null;

    /// <summary>The name.</summary>
    internal string Of(string item) => Find(item)?.Name ?? item;

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
