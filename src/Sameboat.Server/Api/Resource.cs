using System.Collections.Frozen;
using System.Linq.Expressions;
using System.Text.Json.Nodes;
using Sameboat.Server.Accounts;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Api;

/// <summary>One list of the interface and what may be done to its entities.</summary>
/// <param name="Noun">Of the entities.</param>
/// <param name="Plural">In the address.</param>
/// <param name="Opens">The verb of the statement that opens one.</param>
/// <param name="RoleOf">Which roles may take a step; any one of them suffices.</param>
/// <param name="Filters">The columns that a list can be filtered by, by name; all that are given must hold.</param>
/// <param name="Show">One row as an object without nested values.</param>
/// <param name="Detail">Adds what belongs to the entity beside its row, or null for nothing.</param>
internal sealed record Resource<TRow>(
    string Noun,
    string Plural,
    string Opens,
    Func<string, Roles> RoleOf,
    FrozenDictionary<string, Expression<Func<TRow, string>>> Filters,
    Func<TRow, JsonObject> Show,
    Func<NodeContext, string, JsonObject, CancellationToken, Task>? Detail)
    where TRow : class, IProjectedRow
{
    /// <summary>The verb that opens an entity by what its body says, null for a body that says neither; null where
    /// <see cref="Opens"/> is the only one.</summary>
    internal Func<JsonObject, string?>? OpensBy { get; init; }
}
