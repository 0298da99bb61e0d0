using System.Text.Json.Nodes;

namespace Sameboat.Server.Api.OpenApi;

/// <summary>The schemas of answers that are not made of one row; a test walks the chain and compares them.</summary>
internal static class AnswerShapes
{
    /// <summary>What a detail holds beside its row and its steps, by the noun.</summary>
    internal static IEnumerable<KeyValuePair<string, JsonObject>> DetailsOf(string noun) => noun switch
    {
        "request" =>
        [
            new("parts", Of("i")),
            new("parts_here", Of("i")),
            new("lines", List(Row(
                "item", "s", "line", "i", "need", "s", "needed_by", "d?", "place", "s", "quantity", "i", "unit", "s"))),
        ],
        "consignment" =>
        [
            new("lines", List(Row(
                "damaged", "i", "expires", "d?", "grams", "i?", "item", "s", "line", "i", "lost", "i", "lot", "s",
                "open", "i", "packages", "i?", "plan", "s", "plan_line", "i?", "quantity", "i", "received", "i",
                "returned", "i", "unit", "s"))),
            new("receipts", List(Row(
                "damaged", "i", "line", "i", "lost", "i", "note", "s", "reason", "s", "received", "i", "report", "s"))),
            new("legs", List(Row(
                "came", "d?", "carrier", "s", "comes", "d?", "from", "s", "leaves", "d?", "left", "d?", "leg", "i",
                "mode", "s", "to", "s"))),
        ],
        "contribution" =>
        [
            new("payments", List(Row("amount", "i", "rate", "s", "rate_day", "d?", "reference", "s"))),
        ],
        "situation" =>
        [
            new("revisions", List(Row("at", "t", "body", "o", "entry", "s", "without_effect", "s?"))),
        ],
        "round" =>
        [
            new("settlement", OrNull(Row("difference", "s?", "follows", "b"))),
        ],
        _ => [],
    };

    /// <summary>One step of an entity.</summary>
    internal static JsonObject Step() =>
        Row("at", "t", "by", "s", "member", "s", "reason", "s", "state", "s", "verb", "s");

    /// <summary>What a write answers.</summary>
    internal static JsonObject Written() => Row("already_done", "b", "subject", "s", "version", "i");

    /// <summary>Where the quantity chain does not add up.</summary>
    internal static JsonObject Conservation()
    {
        var answer = Row("lines", "i");
        Add(answer, "findings", List(Row("allowed", "i", "code", "s", "found", "i", "line", "i", "subject", "s")));
        return answer;
    }

    /// <summary>Where the lines of a request stand.</summary>
    internal static JsonObject Answers()
    {
        var line = Row(
            "committed", "i", "item", "s", "line", "i", "needed_by", "d?", "next", "s", "place", "s", "progress", "s",
            "received", "i", "requested", "i", "unit", "s");
        var holder = Row("consignment", "s", "next", "s", "open", "i", "state", "s", "tracking", "s");
        Add(holder, "ask", Row("capacity", "s?", "member", "s"));
        Add(holder, "arrival", Row(
            "earliest", "d?", "expected", "d?", "latest", "d?", "method", "s", "sample", "i"));
        Add(holder, "steps", List(StepTime()));
        Add(line, "held_by", List(holder));
        var answer = Row("next", "s", "state", "s", "subject", "s");
        Add(answer, "ask", Row("capacity", "s?", "member", "s"));
        Add(answer, "steps", List(StepTime()));
        Add(answer, "lines", List(line));
        return answer;
    }

    private static JsonObject StepTime() =>
        Row("done", "b", "hours", "i", "service_level_hours", "i", "step", "s", "within", "b");

    /// <summary>An array of objects.</summary>
    internal static JsonObject List(JsonObject each) => new() { ["type"] = "array", ["items"] = each };

    /// <summary>An object of members, each followed by its type: s text, i whole number, b flag, d day, t time,
    /// o object; with ? for null.</summary>
    internal static JsonObject Row(params ReadOnlySpan<string> members)
    {
        var row = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject(),
            ["required"] = new JsonArray(),
        };
        for (var index = 0; index < members.Length; index += 2)
        {
            Add(row, members[index], Of(members[index + 1]));
        }

        return row;
    }

    private static JsonObject OrNull(JsonObject row)
    {
        row["type"] = new JsonArray("object", "null");
        return row;
    }

    /// <summary>Adds a member that is always there.</summary>
    internal static void Add(JsonObject row, string name, JsonObject schema)
    {
        row["properties"]![name] = schema;
        row["required"]!.AsArray().Add(name);
    }

    private static JsonObject Of(string type)
    {
        var name = type[0] switch { 'i' => "integer", 'b' => "boolean", 'o' => "object", _ => "string" };
        var schema = new JsonObject { ["type"] = type.EndsWith('?') ? new JsonArray(name, "null") : name };
        if (type[0] is 'd' or 't')
        {
            schema["format"] = type[0] == 'd' ? "date" : "date-time";
        }

        return schema;
    }
}
