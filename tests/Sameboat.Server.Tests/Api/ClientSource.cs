using System.Text;
using System.Text.Json.Nodes;
using Sameboat.Fuzzing;

namespace Sameboat.Server.Tests.Api;

/// <summary>
/// Writes a C# client from the document: a record for each schema that is an object, a method for each operation.
/// </summary>
internal sealed class ClientSource(ApiSurface surface)
{
    private const string Head = """
        #nullable enable
        using System.Collections.Generic;
        using System.Net.Http;
        using System.Net.Http.Json;
        using System.Text.Json;
        using System.Text.Json.Serialization;
        using System.Threading.Tasks;
        namespace Generated;

        public sealed class ApiProblem(int status, string body) : System.Exception($"{status}: {body}")
        {
            public int Status => status;
        }

        public sealed record Answer<T>(T Value, string Tag, string? Location);

        public sealed partial class Client(HttpClient http)
        {
            private static readonly JsonSerializerOptions Json = new()
            {
                DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
                UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            };

            private async Task<Answer<T>> SendAsync<T>(
                string method, string path, object? body, params (string Name, string? Value)[] headers)
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), path);
                if (body is not null)
                {
                    request.Content = JsonContent.Create(body, body.GetType(), options: Json);
                }

                foreach (var (name, value) in headers)
                {
                    if (value is not null)
                    {
                        request.Headers.TryAddWithoutValidation(name, value);
                    }
                }

                using var answer = await http.SendAsync(request);
                var text = await answer.Content.ReadAsStringAsync();
                return answer.IsSuccessStatusCode
                    ? new Answer<T>(JsonSerializer.Deserialize<T>(text, Json)!, answer.Headers.ETag?.Tag ?? "",
                        answer.Headers.Location?.ToString())
                    : throw new ApiProblem((int)answer.StatusCode, text);
            }
        """;

    private readonly StringBuilder _records = new();

    /// <summary>The whole source.</summary>
    internal string Write()
    {
        var source = new StringBuilder(Head).AppendLine();
        foreach (var (name, schema) in surface.Schemas)
        {
            Record(name, schema!.AsObject());
        }

        foreach (var operation in surface.Operations)
        {
            Method(operation, source);
        }

        return source.AppendLine("}").Append(_records).ToString();
    }

    private void Method(ApiOperation operation, StringBuilder source)
    {
        var arguments = new List<string>();
        var headers = new List<string>();
        var path = operation.Path;
        foreach (var part in path.Split('/').Where(part => part.StartsWith('{')).Select(part => part.Trim('{', '}')))
        {
            arguments.Add($"string {part}");
        }

        var body = "null";
        if (operation.Node["requestBody"]?["content"]?["application/json"]?["schema"] is JsonObject schema)
        {
            arguments.Add($"{TypeOf(schema, Pascal(operation.Id) + "Body")} body");
            body = "body";
        }
        else if (operation.Node["requestBody"] is not null)
        {
            return;
        }

        var query = new List<string>();
        foreach (var parameter in operation.Parameters(surface).OrderByDescending(
            one => one["required"]!.GetValue<bool>()))
        {
            var name = parameter["name"]!.GetValue<string>();
            var variable = Camel(name);
            var required = parameter["required"]!.GetValue<bool>();
            arguments.Add(required ? $"string {variable}" : $"string? {variable} = null");
            if (parameter["in"]!.GetValue<string>() == "header")
            {
                headers.Add($"(\"{name}\", {variable})");
            }
            else
            {
                query.Add($"({variable} is null ? \"\" : \"&{name}=\" + System.Uri.EscapeDataString({variable}))");
            }
        }

        var answer = operation.Node["responses"]!["200"] is JsonObject done
            && surface.Resolve(done)["content"]?["application/json"]?["schema"] is JsonObject said
                ? TypeOf(said, Pascal(operation.Id) + "Answer")
                : "JsonElement";
        var address = "$\"" + path
            + (query.Count > 0 ? "?\" + (" + string.Join(" + ", query) + ").TrimStart('&')" : "\"");
        source.AppendLine(
            $"    public Task<Answer<{answer}>> {Pascal(operation.Id)}Async({string.Join(", ", arguments)}) =>")
            .AppendLine($"        SendAsync<{answer}>(\"{operation.Method}\", {address}, {body}"
                + string.Concat(headers.Select(header => ", " + header)) + ");");
    }

    private void Record(string name, JsonObject schema)
    {
        _records.AppendLine($"public sealed class {name}").AppendLine("{");
        var inner = new List<(string Name, JsonObject Schema)>();
        var required = (schema["required"]?.AsArray() ?? []).Select(one => one!.GetValue<string>()).ToHashSet();
        foreach (var (member, property) in schema["properties"]?.AsObject() ?? [])
        {
            var type = TypeOf(property!.AsObject(), name + Pascal(member), inner);
            var must = required.Contains(member) ? "required " : "";
            _records.AppendLine($"    [JsonPropertyName(\"{member}\")]")
                .AppendLine($"    public {must}{type}{(must.Length == 0 && !type.EndsWith('?') ? "?" : "")} "
                    + $"{Pascal(member)} {{ get; init; }}");
        }

        _records.AppendLine("}");
        foreach (var (nested, its) in inner)
        {
            Record(nested, its);
        }
    }

    private string TypeOf(JsonObject schema, string name, List<(string Name, JsonObject Schema)>? inner = null)
    {
        if (schema["$ref"]?.GetValue<string>() is { } reference)
        {
            return reference[(reference.LastIndexOf('/') + 1)..];
        }

        var types = schema["type"] is { } type ? SchemaCheck.TypesOf(type).ToList() : [];
        var nullable = types.Contains("null") ? "?" : "";
        switch (types.FirstOrDefault())
        {
            case "string":
                return "string" + nullable;
            case "integer":
                return "long" + nullable;
            case "boolean":
                return "bool" + nullable;
            case "array":
                return $"IReadOnlyList<{TypeOf(schema["items"]?.AsObject() ?? [], name + "Item", inner)}>" + nullable;
            case "object" when schema["properties"] is not null:
                if (inner is null)
                {
                    Record(name, schema);
                }
                else
                {
                    inner.Add((name, schema));
                }

                return name + nullable;
            default:
                return "JsonElement";
        }
    }

    private static string Pascal(string name) => string.Concat(name.Split('_', '-', '.')
        .Where(part => part.Length > 0).Select(part => char.ToUpperInvariant(part[0]) + part[1..]));

    // A filter may be named as a word of the language is.
    private static string Camel(string name) => "@" + char.ToLowerInvariant(name[0]) + Pascal(name)[1..];
}
