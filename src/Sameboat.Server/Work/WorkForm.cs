using System.Collections.Immutable;

namespace Sameboat.Server.Work;

/// <summary>How a field is asked for.</summary>
internal enum WorkInput
{
    /// <summary>One line.</summary>
    Text,

    /// <summary>Several lines.</summary>
    Reason,

    /// <summary>A day.</summary>
    Day,

    /// <summary>A whole number, on the keys of digits.</summary>
    Whole,

    /// <summary>An amount with at most two decimals, said in minor units.</summary>
    Money,

    /// <summary>One of a list.</summary>
    Choice,

    /// <summary>A whole number that is given.</summary>
    Given,
}

/// <summary>One thing that a step says, asked for on a page.</summary>
/// <param name="Pointer">Where it stands in the body of the entry (RFC 6901); the name of the field too.</param>
/// <param name="Label">In the reader's language.</param>
/// <param name="Input">How it is asked for.</param>
/// <param name="IsRequired">True when the step cannot be taken without.</param>
internal sealed record WorkField(string Pointer, string Label, WorkInput Input, bool IsRequired = false)
{
    /// <summary>As typed, or proposed.</summary>
    internal string Value { get; init; } = "";

    /// <summary>What is wrong with it, or empty.</summary>
    internal string Fault { get; init; } = "";

    /// <summary>What <see cref="WorkInput.Choice"/> chooses from.</summary>
    internal ImmutableArray<(string Value, string Text)> Choices { get; init; } = [];
}

/// <summary>Fields that belong together.</summary>
/// <param name="Legend">Empty for the only group of a form.</param>
/// <param name="Fields">At least one.</param>
internal sealed record WorkGroup(string Legend, ImmutableArray<WorkField> Fields)
{
    /// <summary>True where nothing is left to be said: it is not asked for, and still read when it is sent again.
    /// </summary>
    internal bool IsOver { get; init; }
}

/// <summary>One step as a form.</summary>
/// <param name="Verb">Of the step.</param>
/// <param name="Label">What the button says.</param>
/// <param name="Key">By which the step is taken once, however often the form is sent.</param>
/// <param name="Version">Of the entity as it was read; 0 for a new one.</param>
/// <param name="Groups">What it says; none where taking it says all.</param>
internal sealed record WorkForm(
    string Verb, string Label, string Key, int Version, ImmutableArray<WorkGroup> Groups)
{
    /// <summary>Why it was refused, or empty.</summary>
    internal string Fault { get; init; } = "";

    /// <summary>Whether anything is wrong with it.</summary>
    internal bool IsRefused =>
        Fault.Length > 0 || Groups.Any(group => group.Fields.Any(one => one.Fault.Length > 0));
}

/// <summary>A page of something that members work on.</summary>
/// <param name="Path">Below the culture; each form goes to its verb below it.</param>
/// <param name="Content">What the page shows of it; null where a new one is begun.</param>
/// <param name="Forms">The steps that this reader may take now.</param>
/// <param name="IsDone">True on the page that follows a step.</param>
/// <param name="Player">For which member somebody is signed in; empty for nobody.</param>
internal sealed record WorkView(
    string Path, object? Content, ImmutableArray<WorkForm> Forms, bool IsDone, string Player);
