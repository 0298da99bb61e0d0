using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sameboat.Record;
using Sameboat.Server.Record;

namespace Sameboat.Server.Api.Shapes;

/// <summary>What the value of a member is.</summary>
internal enum FieldType
{
    /// <summary>A text of 1 to so many characters, or of none where it may be empty.</summary>
    Text,

    /// <summary>A day, <c>yyyy-MM-dd</c>.</summary>
    Day,

    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>A decimal number written as a text.</summary>
    Decimal,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>A text of a list of its own form: place, item, member, entity, or one of a closed list.</summary>
    Pattern,

    /// <summary>Objects, each of one shape.</summary>
    Objects,

    /// <summary>Whole numbers of 0 or more, null where none was told.</summary>
    Counts,
}

/// <summary>One member of a body: the same table is read by the folds, the interface and its document.</summary>
/// <param name="Name">As in the body.</param>
/// <param name="Type">Of its value.</param>
/// <param name="IsRequired">False when it may be absent or null.</param>
internal sealed record Field(string Name, FieldType Type, bool IsRequired)
{
    /// <summary>The longest text of a list or a decimal, in characters.</summary>
    internal const int DecimalLengthMax = 40;

    private const string DecimalForm = "^-?[0-9]+(\\.[0-9]+)?$";

    private static readonly TimeSpan PatternTime = TimeSpan.FromSeconds(1);

    private Regex? _pattern;

    /// <summary>The least number, year, length of a text or count of objects.</summary>
    internal long Min { get; init; }

    /// <summary>The greatest, inclusive.</summary>
    internal long Max { get; init; } = long.MaxValue;

    /// <summary>What the text must match, an ECMA-262 expression that .NET reads alike; empty for anything.</summary>
    internal string Form { get; init; } = "";

    /// <summary>The closed list, where there is one.</summary>
    internal ImmutableArray<string> Choices { get; init; } = [];

    /// <summary>The shape of each object.</summary>
    internal BodyShape? Each { get; init; }

    /// <summary>The noun of the entity that it names, or empty.</summary>
    internal string Noun { get; init; } = "";

    /// <summary>What is expected, as a refusal says it.</summary>
    internal string Expected => Type switch
    {
        FieldType.Text => Inv($"a text of {Min} to {Max} characters without U+0000"),
        FieldType.Day when Min > 0 => Inv($"a day from {Min}-01-01 to {Max}-12-31"),
        FieldType.Day => "a day, yyyy-MM-dd",
        FieldType.Whole => Inv($"a whole number from {Min} to {Max}"),
        FieldType.Decimal => Inv($"a decimal number as a text of at most {DecimalLengthMax} characters"),
        FieldType.Flag => "true or false",
        FieldType.Pattern when Choices.Length > 0 => "one of " + string.Join(", ", Choices),
        FieldType.Pattern when Noun.Length > 0 => $"the name of an entity, {Noun}/owner/name",
        FieldType.Pattern => Inv($"a text of at most {Max} characters that matches {Form}"),
        FieldType.Objects => Inv($"{Min} to {Max} objects"),
        _ => Inv($"at most {Max} whole numbers or nulls"),
    };

    /// <summary>True when the value is of this form; null stands for an absent one. Objects are not looked into.
    /// </summary>
    /// <param name="node">The value.</param>
    /// <param name="strict">False leaves the names of entities to those who look them up.</param>
    internal bool Fits(JsonNode? node, bool strict) => node is null ? !IsRequired : Type switch
    {
        FieldType.Text => TextOf(node) is { } text && text.Length >= Min && text.Length <= Max,
        FieldType.Day => DateOnly.TryParseExact(
            TextOf(node), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && (Min == 0 || (day.Year >= Min && day.Year <= Max)),
        FieldType.Whole => EntryBody.Whole(node) is { } whole && whole >= Min && whole <= Max,
        FieldType.Decimal => TextOf(node) is { Length: <= DecimalLengthMax } text && Matches(text, DecimalForm)
            && EntryBody.Decimal(node) is { } value && value >= Min,
        FieldType.Flag => node.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        FieldType.Pattern => FitsPattern(node, strict),
        FieldType.Objects => node is JsonArray array && array.Count >= Min && array.Count <= Max,
        _ => node is JsonArray counts && counts.Count <= Max
            && counts.All(one => one is null || EntryBody.Whole(one) is >= 0),
    };

    /// <summary>As JSON Schema of 2020-12 says it.</summary>
    internal JsonObject Schema()
    {
        var schema = new JsonObject { ["type"] = TypeName() };
        switch (Type)
        {
            case FieldType.Text:
                schema["minLength"] = Min;
                schema["maxLength"] = Max;
                break;
            case FieldType.Day:
                schema["format"] = "date";
                if (Min > 0)
                {
                    schema["description"] = Expected;
                }

                break;
            case FieldType.Whole:
                schema["minimum"] = Min;
                schema["maximum"] = Max;
                break;
            case FieldType.Decimal:
                schema["pattern"] = DecimalForm;
                schema["maxLength"] = DecimalLengthMax;
                break;
            case FieldType.Pattern when Choices.Length > 0:
                schema["enum"] = new JsonArray([.. Choices.Select(one => JsonValue.Create(one))]);
                if (!IsRequired)
                {
                    schema["enum"]!.AsArray().Add(null);
                }

                break;
            case FieldType.Pattern:
                schema["pattern"] = Form;
                schema["maxLength"] = Max;
                break;
            case FieldType.Objects:
                schema["minItems"] = Min;
                schema["maxItems"] = Max;
                schema["items"] = Each!.Schema();
                break;
            case FieldType.Counts:
                schema["maxItems"] = Max;
                schema["items"] = new JsonObject { ["type"] = new JsonArray("integer", "null"), ["minimum"] = 0 };
                break;
        }

        return schema;
    }

    private static string Inv(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string? TextOf(JsonNode node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.String
        && value.GetValue<string>() is var text && !text.Contains('\0', StringComparison.Ordinal) ? text : null;

    private JsonNode TypeName()
    {
        var name = Type switch
        {
            FieldType.Whole => "integer",
            FieldType.Flag => "boolean",
            FieldType.Objects or FieldType.Counts => "array",
            _ => "string",
        };
        return IsRequired ? name : new JsonArray(name, "null");
    }

    private bool FitsPattern(JsonNode node, bool strict) =>
        TextOf(node) is { } text
        && (Choices.Length > 0
            ? Choices.Contains(text)
            : text.Length <= Max && ((!strict && Noun.Length > 0) || Matches(text, Form))
                && (!strict || Noun.Length == 0 || EntityName.TryParse(text, out _)));

    // A dollar of .NET lets a line feed pass at the end; one of ECMA-262 does not.
    private bool Matches(string text, string form) =>
        (_pattern ??= new Regex(
            form.Replace("$", @"\z", StringComparison.Ordinal), RegexOptions.CultureInvariant, PatternTime))
        .IsMatch(text);
}
