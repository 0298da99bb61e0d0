using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sameboat.Record;
using Sameboat.Server.Record;
using Sameboat.Server.Record.Folding;
using Sameboat.Server.Storage;
using Sameboat.Server.Workflow;

namespace Sameboat.Server.Deployments;

/// <summary>How far a deployment has come.</summary>
internal enum DeploymentState
{
    /// <summary>A host asks for a team.</summary>
    Requested,

    /// <summary>Members have been told.</summary>
    Alerted,

    /// <summary>A member names its team.</summary>
    Nominated,

    /// <summary>The host takes it.</summary>
    Selected,

    /// <summary>Papers, licences and vaccinations are in order.</summary>
    Cleared,

    /// <summary>On its way.</summary>
    Mobilising,

    /// <summary>In the country.</summary>
    Arrived,

    /// <summary>At work.</summary>
    Operational,

    /// <summary>Handing over.</summary>
    Demobilising,

    /// <summary>Gone home.</summary>
    Ended,

    /// <summary>The host has said how it was.</summary>
    Appraised,

    /// <summary>The host needs it no more.</summary>
    StoodDown,

    /// <summary>The sender cannot send it.</summary>
    Withdrawn,
}

/// <summary>The law of a deployment: the host's, with the steps of the member that sends the team.</summary>
internal static class DeploymentLifecycle
{
    internal static readonly Lifecycle<DeploymentState> Law = new Lifecycle<DeploymentState>()
        .Opens("requested", DeploymentState.Requested, DeploymentState.Requested)
        .Step("alerted", DeploymentState.Alerted, DeploymentState.Requested)
        .Step("nominated", Side.Counterpart, DeploymentState.Nominated, DeploymentState.Alerted)
        .Step("selected", DeploymentState.Selected, DeploymentState.Nominated)
        .Step("cleared", DeploymentState.Cleared, DeploymentState.Selected)
        .Step("mobilising", Side.Counterpart, DeploymentState.Mobilising, DeploymentState.Cleared)
        .Step("arrived", Side.Both, DeploymentState.Arrived, DeploymentState.Mobilising)
        .Step("operational", Side.Both, DeploymentState.Operational, DeploymentState.Arrived)
        .Step("demobilising", Side.Both, DeploymentState.Demobilising, DeploymentState.Operational)
        .Step("ended", Side.Both, DeploymentState.Ended, DeploymentState.Demobilising)
        .Step("appraised", DeploymentState.Appraised, DeploymentState.Ended)
        .Reasoned("stood-down", Side.Owner, DeploymentState.StoodDown, DeploymentState.Requested,
            DeploymentState.Alerted, DeploymentState.Nominated, DeploymentState.Selected, DeploymentState.Cleared,
            DeploymentState.Mobilising)
        .Reasoned("withdrawn", Side.Counterpart, DeploymentState.Withdrawn, DeploymentState.Nominated,
            DeploymentState.Selected, DeploymentState.Cleared, DeploymentState.Mobilising);
}

/// <summary>A team asked for.</summary>
internal sealed class DeploymentRow : IProjectedRow
{
    public required string Subject { get; init; }

    /// <summary>The host.</summary>
    public required string Member { get; init; }

    /// <summary>The member asked to send it.</summary>
    public required string Sender { get; init; }

    public required string Outbreak { get; init; }

    public required string Place { get; init; }

    /// <summary>One of <see cref="DeploymentFold.TeamTypes"/>.</summary>
    public required string Team { get; init; }

    /// <summary>Language tags, space-separated, or empty.</summary>
    public required string Languages { get; init; }

    /// <summary>Skills as the host names them, separated by semicolons, or empty.</summary>
    public required string Skills { get; init; }

    /// <summary>People in the team, or null.</summary>
    public int? People { get; init; }

    /// <summary>Day numbers from which and until which it is asked for, or null.</summary>
    public int? Begins { get; init; }

    public int? Ends { get; init; }

    /// <summary>The host's appraisal, 1 for poor to 5 for excellent, or null before it.</summary>
    public int? Rating { get; init; }

    /// <summary>A name of <see cref="DeploymentState"/>.</summary>
    public required string State { get; init; }
}

/// <summary><c>deployment.requested</c> and the steps after it.</summary>
internal sealed class DeploymentFold() : LifecycleFold<DeploymentState, DeploymentRow>(DeploymentLifecycle.Law)
{
    /// <summary>The closed list of team types.</summary>
    internal static readonly ImmutableArray<string> TeamTypes =
    [
        "emt-1-mobile", "emt-1-fixed", "emt-2", "emt-3", "specialised-care", "rapid-response", "mobile-laboratory",
    ];

    /// <summary>The best that the work of a team is appraised; the least is 1.</summary>
    internal const int RatingMax = 5;

    private const int PeopleMax = 10_000;
    private const int RatingMin = 1;
    private const int LanguageLengthMin = 2;
    private const int LanguageLengthMax = 35;

    protected override DeploymentRow? Read(EntityName subject, JsonObject body) =>
        body.Text("outbreak") is { } outbreak
        && MemberId.TryParse(body.Text("sender"), out var sender) && sender != subject.Owner
        && body.Place("place") is { } place
        && body.Text("team") is { } team && TeamTypes.Contains(team)
        && AreLanguages(body.Text("languages") ?? "")
        && (body["people"] is null || body.Count("people") is > 0 and <= PeopleMax)
        && (body["begins"] is null || body.Day("begins") is not null)
        && (body["ends"] is null || body.Day("ends") is not null)
            ? new DeploymentRow
            {
                Subject = subject.ToString(),
                Member = subject.Owner.ToString(),
                Sender = sender.ToString(),
                Outbreak = outbreak,
                Place = place.ToString(),
                Team = team,
                Languages = body.Text("languages") ?? "",
                Skills = body.Text("skills") ?? "",
                People = (int?)body.Count("people"),
                Begins = body.Day("begins")?.DayNumber,
                Ends = body.Day("ends")?.DayNumber,
                State = "",
            }
            : null;

    protected override Change<DeploymentState, DeploymentRow> Apply(
        Course<DeploymentState, DeploymentRow> course, string verb, JsonObject body) =>
        verb != "appraised" || body["rating"] is null ? base.Apply(course, verb, body)
        : body.Count("rating") is >= RatingMin and <= RatingMax and var rating
            ? new Change<DeploymentState, DeploymentRow>(
                Of(course.Content, course.State, (int)rating), null, "")
            : new Change<DeploymentState, DeploymentRow>(null, null, FoldReasons.Unreadable);

    // Tags such as «fr» or «zh-Hans», separated by spaces.
    private static bool AreLanguages(string text) => Array.TrueForAll(
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        tag => tag.Length is >= LanguageLengthMin and <= LanguageLengthMax
            && tag.All(one => char.IsAsciiLetterOrDigit(one) || one == '-'));

    private static DeploymentRow Of(DeploymentRow row, DeploymentState state, int? rating) => new()
    {
        Subject = row.Subject,
        Member = row.Member,
        Sender = row.Sender,
        Outbreak = row.Outbreak,
        Place = row.Place,
        Team = row.Team,
        Languages = row.Languages,
        Skills = row.Skills,
        People = row.People,
        Begins = row.Begins,
        Ends = row.Ends,
        Rating = rating,
        State = state.ToString(),
    };

    protected override string Counterpart(DeploymentRow content) => content.Sender;

    protected override IEnumerable<IProjectedRow> ContentRows(
        EntityName subject, Course<DeploymentState, DeploymentRow> course) =>
        [Of(course.Content, course.State, course.Content.Rating)];
}
