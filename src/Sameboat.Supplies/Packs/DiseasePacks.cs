namespace Sameboat.Supplies;

/// <summary>The disease packs that the product carries.</summary>
public static class DiseasePacks
{
    /// <summary>Codes of the packs carried, in ordinal order.</summary>
    public static IReadOnlyList<string> Codes { get; } = ["covid-19", "exercise-fever"];

    /// <summary>The carried pack of this code, read and checked once.</summary>
    /// <exception cref="ArgumentException">No pack of this code is carried.</exception>
    /// <exception cref="InvalidDataException">The carried data breaks the pack's rules.</exception>
    public static DiseasePack Carried(string code) =>
        throw new ArgumentException($"No disease pack «{code}» is carried.", nameof(code));
}
