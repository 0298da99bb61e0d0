using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sameboat.Server.Api.Shapes;
using Sameboat.Server.Web;

namespace Sameboat.Server.Desk.Forms;

/// <summary>What fields, steps, choices and faults are called.</summary>
internal static class FormText
{
    /// <summary>The label of a field.</summary>
    internal static string Label(Words words, Field field) =>
        field is { Name: "pack", Type: FieldType.Text } ? words["field.outbreak.pack"]
        : words.Find($"field.{field.Name}") ?? field.Name;

    /// <summary>What stands below its input, or null.</summary>
    internal static string? Note(Words words, Field field) =>
        FormInputs.Of(field) is FormInput.Counts ? words["form.note.counts"] : words.Find($"note.{field.Name}");

    /// <summary>What a step is called on a button: by noun and verb where they have a name of their own.</summary>
    internal static string Step(Words words, string noun, string verb) =>
        words.Find($"do.{noun}.{verb}") ?? words.Find($"do.{verb}") ?? verb;

    /// <summary>What the step of a form is called: saying anew what opened something is a correction.</summary>
    internal static string Step(Words words, FormView form) =>
        form.Entity is not null && form.Kind.Step.Opens
            ? words["do.correct"]
            : Step(words, form.Kind.Noun, form.Kind.Verb);

    /// <summary>The title of a form.</summary>
    internal static string Title(Words words, FormView form) =>
        form.Entity is null && form.Kind.Noun != "acceptance"
            ? ChainText.Noun(words, form.Kind.Noun)
            : words.Format("form.title", ChainText.Noun(words, form.Kind.Noun), Step(words, form));

    /// <summary>One of a closed list.</summary>
    internal static string Choice(Words words, Field field, string value) =>
        words.Find($"choice.{value}") ?? words.Find($"{field.Name}.{value}") ?? words.Find($"offer.{value}")
        ?? words.Find($"state.acceptance.{value}") ?? value;

    /// <summary>What should stand in a field, in one sentence.</summary>
    internal static string Sentence(Words words, FormFault fault)
    {
        var field = fault.Field;
        var sentence = fault.IsMissing ? words["form.fault.missing"] : FormInputs.Of(field) switch
        {
            FormInput.Number => words.Format("form.fault.number", words.Number(field.Min), words.Number(field.Max)),
            FormInput.Decimal => words["form.fault.decimal"],
            FormInput.Money => words["form.fault.money"],
            FormInput.Day => words["form.fault.day"],
            FormInput.Place or FormInput.Places => words["form.fault.place"],
            FormInput.Counts => words.Format("form.fault.counts", words.Number(field.Max)),
            FormInput.Rows => words.Format("form.fault.rows", words.Number(field.Max)),
            FormInput.Line or FormInput.Area when field.Type == FieldType.Text =>
                words.Format("form.fault.text", words.Number(field.Max)),
            _ => words["form.fault.choice"],
        };
        return fault.Row > 0 ? words.Format("form.fault.row", words.Number(fault.Row), sentence) : sentence;
    }

    /// <summary>Why the record did not take it.</summary>
    internal static string Refusal(Words words, string code) =>
        words.Find($"refused.{code}") ?? words.Find($"reason.{code}") ?? code;

    /// <summary>A value that was said, for a reader.</summary>
    internal static string Said(Words words, Field field, JsonNode? node) => node switch
    {
        null => words["none"],
        JsonArray { Count: > 0 } array when field.Type == FieldType.Objects => string.Join("; ", array
            .OfType<JsonObject>().Take(FormValues.RowsMax)
            .Select(row => string.Join(" ", FormKind.Columns(field).Select(column => row[column.Name] is { } cell
                ? Said(words, column, cell)
                : "").Where(text => text.Length > 0)))),
        JsonArray array => string.Join(" ", array.Select(one => one?.ToJsonString() ?? words["none"])),
        _ => Single(words, field, node),
    };

    private static string Single(Words words, Field field, JsonNode node) => node.GetValueKind() switch
    {
        JsonValueKind.True => words["form.yes"],
        JsonValueKind.False => words["form.no"],
        JsonValueKind.Number when long.TryParse(
            node.ToJsonString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) =>
            field.Name.EndsWith("year", StringComparison.Ordinal) ? node.ToJsonString()
            : FormInputs.Of(field) == FormInput.Money ? MoneyText.Said(words, whole)
            : words.Number(whole),
        JsonValueKind.String => FormInputs.Of(field) switch
        {
            FormInput.Place => words.Place(node.GetValue<string>()),
            FormInput.Choice => Choice(words, field, node.GetValue<string>()),
            _ => node.GetValue<string>(),
        },
        _ => node.ToJsonString(),
    };
}
