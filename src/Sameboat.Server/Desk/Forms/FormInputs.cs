using System.Collections.Frozen;
using Sameboat.Server.Api.Shapes;

namespace Sameboat.Server.Desk.Forms;

/// <summary>By what a field is filled in.</summary>
internal enum FormInput
{
    /// <summary>One line of text.</summary>
    Line,

    /// <summary>Several.</summary>
    Area,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>A decimal number.</summary>
    Decimal,

    /// <summary>A day.</summary>
    Day,

    /// <summary>A box to tick.</summary>
    Flag,

    /// <summary>One of a closed list.</summary>
    Choice,

    /// <summary>One of the outbreaks.</summary>
    Outbreak,

    /// <summary>A place, by its code or name.</summary>
    Place,

    /// <summary>Several places.</summary>
    Places,

    /// <summary>An item, by its code or name.</summary>
    Item,

    /// <summary>A member, by its id.</summary>
    Member,

    /// <summary>An amount of money with at most two decimals, said in the smallest unit.</summary>
    Money,

    /// <summary>Three letters of a currency.</summary>
    Currency,

    /// <summary>A number for each day, one a line.</summary>
    Counts,

    /// <summary>A table of rows.</summary>
    Rows,
}

/// <summary>Which input a field of the table takes: its form says it, not the kind that it belongs to.</summary>
internal static class FormInputs
{
    /// <summary>A text of more characters than this is written in several lines.</summary>
    private const int LineMax = 500;

    private static readonly FrozenSet<string> Members =
        FrozenSet.Create(StringComparer.Ordinal, "consignee", "sender", "recipient");

    /// <summary>The input.</summary>
    internal static FormInput Of(Field field) => field.Type switch
    {
        FieldType.Objects => FormInput.Rows,
        FieldType.Counts => FormInput.Counts,
        FieldType.Flag => FormInput.Flag,
        FieldType.Day => FormInput.Day,
        FieldType.Whole => field.Name == "amount" ? FormInput.Money : FormInput.Number,
        FieldType.Decimal => FormInput.Decimal,
        FieldType.Text => field.Max > LineMax ? FormInput.Area : FormInput.Line,
        _ => OfPattern(field),
    };

    private static FormInput OfPattern(Field field) =>
        field.Choices.Length > 0 ? FormInput.Choice
        : field.Noun == "outbreak" ? FormInput.Outbreak
        : field.Name == "origin" || field.Form == BodyShapes.PlaceForm ? FormInput.Place
        : field.Name == "only_for" ? FormInput.Places
        : field.Name == "item" ? FormInput.Item
        : Members.Contains(field.Name) ? FormInput.Member
        : field.Name == "currency" ? FormInput.Currency
        : FormInput.Line;
}
