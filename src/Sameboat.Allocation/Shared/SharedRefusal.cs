using System.Globalization;

namespace Sameboat.Allocation;

/// <summary>The part of a problem that a refusal is about.</summary>
public enum SharedPart
{
    /// <summary>The problem as a whole.</summary>
    Problem,

    /// <summary>A claim, by its place in the list.</summary>
    Claim,

    /// <summary>A lot, by its place in the list.</summary>
    Lot,

    /// <summary>A lane, by its place in the list.</summary>
    Lane,

    /// <summary>A limit, by its place in the list.</summary>
    Limit,
}

/// <summary>One reason why a problem with shared limits is not allocated.</summary>
/// <param name="Part">What it is about.</param>
/// <param name="Index">The place in its list, from zero; 0 for the whole problem.</param>
/// <param name="Found">What was found.</param>
/// <param name="Expected">What was expected.</param>
public sealed record SharedRefusal(SharedPart Part, int Index, string Found, string Expected)
{
    /// <summary>One line: where, what was found, what was expected.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Part} {Index}: found {Found}, expected {Expected}");
}
