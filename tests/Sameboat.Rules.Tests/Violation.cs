namespace Sameboat.Rules.Tests;

/// <summary>One place where a rule does not hold. Line 0 stands for the whole file.</summary>
internal sealed record Violation(string File, int Line, string What)
{
    public override string ToString() => Line > 0 ? $"{File}:{Line}: {What}" : $"{File}: {What}";
}

internal static class Verdict
{
    private const int ShownMax = 40;

    /// <summary>The rule holds: nothing violates it. Otherwise every place is named, up to a limit.</summary>
    public static void ShouldHold(this IEnumerable<Violation> violations)
    {
        var all = violations.ToList();
        var shown = string.Join('\n', all.Take(ShownMax).Select(violation => "  " + violation));
        var more = all.Count > ShownMax ? $"\n  and {all.Count - ShownMax} more" : "";
        Assert.True(all.Count == 0, $"{all.Count} violations:\n{shown}{more}");
    }

    /// <summary>The twin of a rule: the made-up input breaks it, at the given lines.</summary>
    public static void ShouldBreakAt(this IEnumerable<Violation> violations, params int[] lines) =>
        violations.Select(violation => violation.Line).ShouldBe(lines);

    /// <summary>The twin of a rule: the made-up input breaks it once, in these words.</summary>
    public static void ShouldBreakOnce(this IEnumerable<Violation> violations, string words) =>
        violations.ShouldHaveSingleItem().What.ShouldContain(words);
}
