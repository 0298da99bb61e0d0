using Sameboat.Server.Api.Shapes;
using Sameboat.Server.Record;

namespace Sameboat.Server.Desk.Forms;

/// <summary>What stands in a new form before anybody has typed.</summary>
internal static class FormDefaults
{
    private const int Weeks = 4;
    private const string Currency = "USD";

    /// <summary>The values.</summary>
    /// <param name="kind">Of the form.</param>
    /// <param name="given">What the address sets.</param>
    /// <param name="lists">The newest outbreak is the first.</param>
    /// <param name="today">At the node.</param>
    /// <param name="about">What the entity sets.</param>
    internal static FormValues Of(
        FormKind kind, FormValues given, FormLists lists, DateOnly today, FormGiven about)
    {
        var values = given;
        foreach (var field in kind.Fields.Where(field => given[field.Name].Length == 0))
        {
            var text = (kind.Noun, field.Name) switch
            {
                (_, "outbreak") when field.IsRequired => lists.Outbreaks.FirstOrDefault()?.Subject,
                ("situation", "official") => "true",
                ("outbreak", "declared") or ("round", "as_of") => today.Written(),
                ("round", "weeks") => $"{Weeks}",
                ("round", "seed") => today.DayNumber.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ("offer", "pack") => "1",
                ("contribution", "currency") => Currency,
                ("consignment", "note") => about.Note,
                _ when field.Choices is [var only] => only,
                _ => null,
            };
            values = text is null ? values : values.With(field.Name, text);
        }

        return values;
    }
}
