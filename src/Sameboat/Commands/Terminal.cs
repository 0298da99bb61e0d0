namespace Sameboat.Commands;

/// <summary>What the program speaks to: two streams of text and a clock, given in so that a test has its own.</summary>
/// <param name="Output">Standard output: results, help, nothing else.</param>
/// <param name="Error">Standard error: faults, hints, remarks and progress.</param>
/// <param name="ErrorIsInteractive">True when a person watches standard error and progress is worth showing.</param>
/// <param name="Clock">The clock.</param>
public sealed record Terminal(TextWriter Output, TextWriter Error, bool ErrorIsInteractive, TimeProvider Clock);
