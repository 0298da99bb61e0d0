using System.Collections.Frozen;
using System.Collections.Immutable;
using Microsoft.AspNetCore.Routing;
using Sameboat.Server.Accounts;
using Sameboat.Server.Api.OpenApi;
using Sameboat.Server.Api.Shapes;
using Sameboat.Server.Record;

namespace Sameboat.Server.Desk.Forms;

/// <summary>One form: what may be said by it and by whom.</summary>
/// <param name="Noun">Of the entity.</param>
/// <param name="Step">Of its law.</param>
/// <param name="Roles">Any one of them suffices.</param>
/// <param name="Shape">What the body may hold.</param>
internal sealed record FormKind(string Noun, LawStep Step, Roles Roles, BodyShape Shape)
{
    // What the node says itself, and what only programs say.
    private static readonly FrozenSet<string> Given =
        FrozenSet.Create(StringComparer.Ordinal, "exercise", "part", "parts", "items", "need", "inputs");

    /// <summary>The column that says of which line a row speaks: its place in the form says it.</summary>
    internal const string RowNumber = "line";

    /// <summary>The part of the kind after the dot.</summary>
    internal string Verb => Step.Verb;

    /// <summary>The kind of the entry.</summary>
    internal string Name => $"{Noun}.{Verb}";

    /// <summary>The fields that a person fills in.</summary>
    internal IEnumerable<Field> Fields => Shape.Fields.Where(IsAsked);

    /// <summary>The columns of a field of rows that a person fills in.</summary>
    internal static ImmutableArray<Field> Columns(Field field) =>
        [.. field.Each!.Fields.Where(one => !Given.Contains(one.Name))];

    /// <summary>True where one press of a button says it all. Whoever reviews a round may say what was found.</summary>
    internal bool IsPlain =>
        Fields.All(one => one.Name == BodyShapes.Reason && !one.IsRequired) && Name != "round.reviewed";

    /// <summary>True where a reason, needed or not, says it all.</summary>
    internal bool IsReasoned => Fields.All(one => one.Name == BodyShapes.Reason) && !IsPlain;

    private bool IsAsked(Field field) =>
        !Given.Contains(field.Name)
        && (field.Name != BodyShapes.Reason || field.IsRequired || !Step.Opens)
        && !(Noun == "round" && Verb == "proposed" && field.Name == "lines");
}

/// <summary>
/// Every form of the desk. Fields come from <see cref="BodyShapes"/>, steps from the laws, and roles from what the
/// interface says of itself, so that a page can never allow what the interface refuses.
/// </summary>
internal sealed class FormKinds(EndpointDataSource endpoints)
{
    // What is worked out (see RoundDesk), and the later parts of a request, which programs alone send.
    private static readonly FrozenSet<string> Computed = FrozenSet.Create(
        StringComparer.Ordinal, "round.frozen", "round.settled", "round.reallocated", "request.extended");

    private readonly Lazy<FrozenDictionary<string, FormKind>> _kinds = new(() => Read(endpoints));

    /// <summary>All of them, by noun and in the order of the law.</summary>
    internal IEnumerable<FormKind> All => _kinds.Value.Values
        .OrderBy(kind => kind.Noun, StringComparer.Ordinal)
        .ThenBy(kind => StepLaws.Of(kind.Noun).IndexOf(kind.Step));

    /// <summary>The form of a step, or null.</summary>
    internal FormKind? Find(string noun, string verb) => _kinds.Value.GetValueOrDefault($"{noun}.{verb}");

    /// <summary>The form that opens an entity of a noun, or null.</summary>
    internal FormKind? Opening(string noun) => All.FirstOrDefault(kind => kind.Noun == noun && kind.Step.Opens);

    private static FrozenDictionary<string, FormKind> Read(EndpointDataSource endpoints) => endpoints.Endpoints
        .Select(endpoint => endpoint.Metadata.GetMetadata<ToldResource>())
        .OfType<ToldResource>()
        .DistinctBy(told => told.Noun)
        .SelectMany(told => StepLaws.Of(told.Noun).Select(step => (Told: told, Step: step)))
        .Where(one => !Computed.Contains($"{one.Told.Noun}.{one.Step.Verb}"))
        .Select(one => new FormKind(
            one.Told.Noun, one.Step, Enum.Parse<Roles>(one.Told.RolesOf(one.Step.Verb)),
            BodyShapes.OrOpen(RecordKinds.Find($"{one.Told.Noun}.{one.Step.Verb}")!)))
        .ToFrozenDictionary(kind => kind.Name, StringComparer.Ordinal);
}
