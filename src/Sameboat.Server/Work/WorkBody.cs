using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Sameboat.Server.Accounts;
using Sameboat.Server.Api.Shapes;
using Sameboat.Server.Record;
using Sameboat.Server.Web;

namespace Sameboat.Server.Work;

/// <summary>
/// Makes the body of an entry from the fields of a form, and says beside each field what is wrong with it. Pure.
/// </summary>
internal static class WorkBody
{
    private const string Lines = "lines";
    private const string Fault = "work.fault";
    private const int MinorUnits = 100;

    /// <summary>The form with what was typed, and the body; null where a field is faulty.</summary>
    internal static (WorkForm Typed, JsonObject? Body) Read(
        WorkForm form, PageForm sent, string kind, Words words)
    {
        var typed = form with
        {
            Key = sent.Line("key"),
            Groups =
            [
                .. form.Groups.Select(group => group with
                {
                    Fields =
                    [
                        .. group.Fields.Select(field => field.Input == WorkInput.Given
                            ? field
                            : field with { Value = sent.Line(field.Pointer) }),
                    ],
                }),
            ],
        };
        var (body, numbers) = Of(typed);
        var faults = BodyShapes.OrOpen(RecordKinds.Find(kind)!).Faults(body, strict: true)
            .Select(fault => Renumbered(fault.Pointer, numbers))
            .ToHashSet(StringComparer.Ordinal);
        if (faults.Count == 0)
        {
            return (typed, body);
        }

        var marked = typed with { Groups = [.. typed.Groups.Select(group => Marked(group, faults, words))] };
        return (marked.IsRefused ? marked : marked with { Fault = words[$"{Fault}.nothing"] }, null);
    }

    private static WorkGroup Marked(WorkGroup group, HashSet<string> faults, Words words) => group with
    {
        Fields =
        [
            .. group.Fields.Select(field => faults.Contains(field.Pointer)
                ? field with { Fault = words[FaultOf(field)] }
                : field),
        ],
    };

    private static string FaultOf(WorkField field) => field.Value.Length == 0 ? $"{Fault}.missing" : field.Input switch
    {
        WorkInput.Day => $"{Fault}.day",
        WorkInput.Whole => $"{Fault}.whole",
        WorkInput.Money => $"{Fault}.money",
        _ => $"{Fault}.text",
    };

    // Lines of which nothing was typed are left out; the numbers say which stand where.
    private static (JsonObject Body, List<string> Numbers) Of(WorkForm form)
    {
        var body = new JsonObject();
        var lines = new JsonArray();
        var numbers = new List<string>();
        foreach (var field in form.Groups.SelectMany(group => group.Fields)
            .Where(field => Parts(field).Length == 1 && field.Value.Length > 0))
        {
            body[Parts(field)[0]] = Node(field);
        }

        foreach (var line in form.Groups.SelectMany(group => group.Fields)
            .Where(field => Parts(field).Length > 1)
            .GroupBy(field => Parts(field)[1]))
        {
            if (line.Any(field => field.Input != WorkInput.Given && field.Value.Length > 0))
            {
                lines.Add(new JsonObject(line
                    .Where(field => field.Value.Length > 0)
                    .Select(field => KeyValuePair.Create(Parts(field)[2], Node(field)))));
                numbers.Add(line.Key);
            }
        }

        if (lines.Count > 0)
        {
            body[Lines] = lines;
        }

        return (body, numbers);
    }

    private static string[] Parts(WorkField field) => field.Pointer[1..].Split('/');

    // What is no number stays a text, which the shape refuses beside its field.
    private static JsonNode? Node(WorkField field) => field.Input switch
    {
        WorkInput.Whole or WorkInput.Given
            when long.TryParse(field.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var whole) => whole,
        WorkInput.Money when decimal.TryParse(
                field.Value.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
                out var amount)
            && amount <= BodyShapes.QuantityMax && decimal.Truncate(amount * MinorUnits) == amount * MinorUnits =>
            (long)(amount * MinorUnits),
        _ => field.Value,
    };

    private static string Renumbered(string pointer, List<string> numbers) =>
        pointer.Split('/') is ["", Lines, var number, var name]
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < numbers.Count
            ? $"/{Lines}/{numbers[index]}/{name}"
            : pointer;
}
