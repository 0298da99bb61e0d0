using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Api.OpenApi;

/// <summary>What the document says of a resource; it stands at each of its endpoints.</summary>
/// <param name="Noun">Of the entities.</param>
/// <param name="Plural">In the address.</param>
/// <param name="Opens">The verb of the statement that opens one.</param>
/// <param name="RolesOf">The roles of which one is needed for a verb, as a text.</param>
/// <param name="Filters">Names of the filters.</param>
/// <param name="Row">The schema of one row.</param>
internal sealed record ToldResource(
    string Noun, string Plural, string Opens, Func<string, string> RolesOf, IReadOnlyList<string> Filters,
    JsonObject Row)
{
    private const string SampleDay = "0001-01-02";

    internal static ToldResource Of<TRow>(Resource<TRow> resource)
        where TRow : class, IProjectedRow => new(
        resource.Noun, resource.Plural, resource.Opens, verb => $"{resource.RoleOf(verb)}",
        [.. resource.Filters.Keys.Order(StringComparer.Ordinal)],
        RowSchema(resource.Show(Sample<TRow>(filled: true)), resource.Show(Sample<TRow>(filled: false))));

    // What a row shows is known from two samples, one of which has nothing where nothing may stand.
    private static TRow Sample<TRow>(bool filled)
        where TRow : class
    {
        var row = (TRow)RuntimeHelpers.GetUninitializedObject(typeof(TRow));
        foreach (var property in typeof(TRow).GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.SetMethod is not null)
            {
                property.SetValue(row, ValueOf(property.PropertyType, filled));
            }
        }

        return row;
    }

    private static object? ValueOf(Type type, bool filled) =>
        type == typeof(string) ? ""
        : Nullable.GetUnderlyingType(type) is { } inner ? filled ? ValueOf(inner, filled) : null
        : type == typeof(int) ? 1
        : type == typeof(long) ? 1L
        : type.IsValueType ? Activator.CreateInstance(type)
        : null;

    private static JsonObject RowSchema(JsonObject filled, JsonObject empty)
    {
        var properties = new JsonObject();
        foreach (var (name, node) in filled)
        {
            var kind = node ?? empty[name];
            var schema = new JsonObject();
            if (kind is not null)
            {
                var type = TypeOf(kind);
                schema["type"] = empty[name] is null ? new JsonArray(type, "null") : type;
                if (kind.GetValueKind() == JsonValueKind.String && kind.GetValue<string>() == SampleDay)
                {
                    schema["format"] = "date";
                }
            }

            properties[name] = schema;
        }

        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = new JsonArray([.. filled.Select(member => JsonValue.Create(member.Key))]),
        };
    }

    private static string TypeOf(JsonNode node) => node.GetValueKind() switch
    {
        JsonValueKind.Number => "integer",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Array => "array",
        JsonValueKind.Object => "object",
        _ => "string",
    };
}
