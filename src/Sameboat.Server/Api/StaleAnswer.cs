using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Sameboat.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Api;

/// <summary>
/// The answer to an editor who came second: 412 with the version that there is now, where to read it, and what was said
/// since the version that the editor had. Entries are public, and of a sealed one its body is left out.
/// </summary>
internal static class StaleAnswer
{
    /// <summary>The most entries that are shown, the newest.</summary>
    internal const int ShownMax = 5;

    /// <summary>The member of the problem that holds all of it.</summary>
    internal const string Current = "current";

    /// <summary>The answer.</summary>
    /// <param name="database">The node's.</param>
    /// <param name="subject">The entity.</param>
    /// <param name="known">The version that the editor had; one that never was shows the newest entries.</param>
    /// <param name="href">Where the entity is read.</param>
    /// <param name="cancellation">Breaks it off.</param>
    internal static async Task<(JsonObject Problem, int Version)> OfAsync(
        NodeDatabase database, EntityName subject, int known, string href, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var name = subject.ToString();
        var rows = await db.Entries.AsNoTracking()
            .Where(row => row.Subject == name)
            .OrderBy(row => row.At).ThenBy(row => row.AtCounter).ThenBy(row => row.Member).ThenBy(row => row.Position)
            .ToListAsync(cancellation);
        var problem = Problems.Of(Problems.Stale, $"There are {rows.Count} entries; the change was made on {known}.");
        problem[Current] = new JsonObject
        {
            ["href"] = href,
            ["since"] = new JsonArray(
                [.. rows.Skip(Math.Max(Math.Max(known, 0), rows.Count - ShownMax)).Select(Written)]),
            ["version"] = rows.Count,
        };
        return (problem, rows.Count);
    }

    /// <summary>The schema of that member, for the document.</summary>
    internal static JsonObject Schema() => new()
    {
        ["type"] = "object",
        ["description"] = "With `stale`: the version that there is now, where it is, and the newest of the entries "
            + "that were added since.",
        ["properties"] = new JsonObject
        {
            ["href"] = new JsonObject { ["type"] = "string" },
            ["since"] = new JsonObject
            {
                ["type"] = "array",
                ["maxItems"] = ShownMax,
                ["items"] = new JsonObject
                {
                    ["type"] = "object",
                    ["properties"] = new JsonObject
                    {
                        ["at"] = new JsonObject { ["type"] = "string", ["format"] = "date-time" },
                        ["body"] = new JsonObject { ["type"] = new JsonArray("object", "null") },
                        ["id"] = new JsonObject { ["type"] = "string" },
                        ["kind"] = new JsonObject { ["type"] = "string" },
                        ["member"] = new JsonObject { ["type"] = "string" },
                    },
                    ["required"] = new JsonArray("at", "body", "id", "kind", "member"),
                },
            },
            ["version"] = new JsonObject { ["type"] = "integer" },
        },
        ["required"] = new JsonArray("href", "since", "version"),
    };

    private static JsonObject Written(EntryRow row)
    {
        var entry = row.ToEntry();
        return new JsonObject
        {
            ["at"] = entry.At.Instant.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
            ["body"] = SealedBody.IsSealed(entry.Body) ? null : entry.Body.DeepClone(),
            ["id"] = entry.Id.ToString(),
            ["kind"] = entry.Kind,
            ["member"] = entry.Author.ToString(),
        };
    }
}
