using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Sameboat.Server.Desk.Forms;

/// <summary>What a form carries unseen.</summary>
/// <param name="Id">The name that a new entity is to have; empty for a step.</param>
/// <param name="Version">Of the entity that the step was decided on; 0 for a new one.</param>
/// <param name="Key">By which it is sent once, however often the button is pressed.</param>
/// <param name="Draft">The draft that it was taken from, or empty.</param>
/// <param name="Seat">To whom it was given: see <see cref="FormGate"/>.</param>
internal sealed record FormHidden(string Id, int Version, string Key, string Draft, string Seat);

/// <summary>A form as it is shown.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Path">Its address below the culture.</param>
/// <param name="Values">What stands in it.</param>
/// <param name="Hidden">What it carries.</param>
/// <param name="Lists">What it chooses from.</param>
internal sealed record FormView(FormKind Kind, string Path, FormValues Values, FormHidden Hidden, FormLists Lists)
{
    /// <summary>The entity that a step is about; null for a new one.</summary>
    internal EntityNow? Entity { get; init; }

    /// <summary>What could not be taken.</summary>
    internal ImmutableArray<FormFault> Faults { get; init; } = [];

    /// <summary>The code of why the record refused it, or empty.</summary>
    internal string Refusal { get; init; } = "";

    /// <summary>True when it has just been kept as a draft.</summary>
    internal bool IsKept { get; init; }

    /// <summary>How many empty rows are shown below those that are filled.</summary>
    internal int MoreRows { get; init; } = 5;

    /// <summary>What the entity itself says that the form asks about.</summary>
    internal FormGiven Given { get; init; } = FormGiven.None;

    /// <summary>Names of fields that the address has set and that are shown but not changed.</summary>
    internal ImmutableArray<string> Fixed { get; init; } = [];
}

/// <summary>What was decided on has changed in the meantime.</summary>
/// <param name="Mine">The form as it was sent, with the version that stands now.</param>
/// <param name="Since">What others have said since the version that it was decided on.</param>
/// <param name="IsAllowed">Whether the law still allows the step.</param>
/// <param name="Body">What was to be said.</param>
internal sealed record ConflictView(FormView Mine, ImmutableArray<Said> Since, bool IsAllowed, JsonObject Body);

/// <summary>Why somebody may not do something.</summary>
/// <param name="Roles">One of which would be needed; none where no role helps.</param>
internal sealed record NotAllowedView(Accounts.Roles Roles);
