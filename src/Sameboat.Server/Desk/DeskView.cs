using System.Collections.Immutable;
using Sameboat.Server.Accounts;
using Sameboat.Server.Desk.Forms;

namespace Sameboat.Server.Desk;

/// <summary>One thing that waits for somebody.</summary>
/// <param name="What">Its name.</param>
/// <param name="Stands">Where it stands, in words.</param>
/// <param name="Due">Day number by which it should be done, or null.</param>
/// <param name="IsLate">True when that day is over.</param>
/// <param name="Link">The address of the act below the culture.</param>
/// <param name="Act">What is to be done, in words.</param>
internal sealed record DeskItem(string What, string Stands, int? Due, bool IsLate, string Link, string Act);

/// <summary>Things of one sort.</summary>
/// <param name="Title">The key of its heading; also its id on the page.</param>
/// <param name="Items">Late ones first, then those due first.</param>
internal sealed record DeskSection(string Title, ImmutableArray<DeskItem> Items);

/// <summary>What waits for an account.</summary>
/// <param name="Account">Whose desk.</param>
/// <param name="Sections">Those that hold something.</param>
/// <param name="New">Forms that the account's roles may open.</param>
/// <param name="Drafts">Not sent yet.</param>
internal sealed record DeskView(
    AccountRow Account, ImmutableArray<DeskSection> Sections, ImmutableArray<FormKind> New,
    ImmutableArray<DraftRow> Drafts)
{
    /// <summary>Whether the roles may import a file of some kind.</summary>
    internal bool MayImport { get; init; }
}

/// <summary>One step that a reader may take with an entity.</summary>
/// <param name="Form">The form.</param>
/// <param name="Barred">True when another account has to take it.</param>
internal sealed record DeskStep(FormView Form, bool Barred);

/// <summary>An entity with everything that its law allows the reader.</summary>
/// <param name="Entity">As it is now.</param>
/// <param name="Steps">In the order of the law.</param>
/// <param name="Acts">Names of what the node works out: plan, settlement, reallocation.</param>
/// <param name="Members">What members are called.</param>
/// <param name="Refusal">The code of why an act was refused, or empty.</param>
/// <param name="Player">For which member the reader acts.</param>
/// <param name="IsSent">True on the page that follows a step.</param>
internal sealed record EntityView(
    EntityNow Entity, ImmutableArray<DeskStep> Steps, ImmutableArray<string> Acts, Web.MemberNames Members,
    string Refusal, string Player, bool IsSent);

/// <summary>One line of a plan that waits for an answer.</summary>
/// <param name="Line">The line.</param>
/// <param name="Due">Day number by which the answer is due, or null.</param>
/// <param name="Key">By which the answer is sent once.</param>
internal sealed record AnswerLine(Rounds.PlanLineRow Line, int? Due, string Key);

/// <summary>Lines of plans that wait for the answer of the reader's member.</summary>
/// <param name="Lines">The first of them.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Pack">Of the outbreak, for the names of items.</param>
/// <param name="Members">What members are called.</param>
/// <param name="Seat">Of the forms.</param>
internal sealed record AnswersView(
    ImmutableArray<AnswerLine> Lines, int Count, string Pack, Web.MemberNames Members, string Seat);
