using System.Text.Json.Nodes;
using Sameboat.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Record;

/// <summary>
/// <c>entry.erased</c>: the author of a sealed entry takes its body back for good. The subject names the entry,
/// <c>entry/author/id</c>, so that nobody can erase what another said. Whoever sees it deletes body and salt; the
/// sealed entry stays in its log and has no effect any more.
/// </summary>
internal sealed class ErasureFold : LatestStatementFold
{
    internal const string Kind = "entry.erased";

    private const string Noun = "entry";

    /// <summary>The subject that stands for an entry of an author.</summary>
    internal static string SubjectOf(MemberId author, EntityId entry) =>
        EntityName.Of(Noun, author, entry.ToString()).ToString();

    /// <summary>The id of the entry that an erasure's subject names, or null for any other subject.</summary>
    internal static EntityId? EntryOf(string subject) =>
        EntityName.TryParse(subject, out var name) && name.Noun == Noun && EntityId.TryParse(name.Name, out var id)
            ? id
            : null;

    /// <summary>The body; the reason is public and must not repeat what is erased.</summary>
    internal static JsonObject Statement(string reason) => new() { ["reason"] = reason };

    protected override IReadOnlyList<IProjectedRow>? Read(EntityName subject, JsonObject body) =>
        EntityId.TryParse(subject.Name, out _) ? [] : null;
}
