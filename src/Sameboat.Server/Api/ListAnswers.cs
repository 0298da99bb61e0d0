using System.Globalization;
using System.Linq.Expressions;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Accounts;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Api;

/// <summary>
/// Lists: <c>limit</c>, an opaque <c>cursor</c> handed on in a Link header, filters that must all hold, and JSON or
/// CSV by Accept.
/// </summary>
internal static class ListAnswers
{
    internal const int LimitDefault = 100;
    internal const int LimitMax = 1_000;

    internal static async Task<IResult> AnswerAsync<TRow>(
        Resource<TRow> resource, string path, HttpContext http, NodeDatabase database, MemberTokens tokens,
        CancellationToken cancellation)
        where TRow : class, IProjectedRow
    {
        await using var db = database.Open();
        db.Viewer = (await tokens.ActorAsync(http.Request, cancellation))?.Member.ToString();
        var query = db.Set<TRow>().AsNoTracking();
        var limit = LimitDefault;
        var kept = new List<KeyValuePair<string, string?>>();
        foreach (var (name, values) in http.Request.Query)
        {
            var value = values.Count == 1 ? values[0] ?? "" : "";
            if (value.Length == 0)
            {
                return Problems.Answer(Problems.BadParameter, $"{name}: expected once, with a value.");
            }

            if (name == "limit")
            {
                if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out limit)
                    || limit is < 1 or > LimitMax)
                {
                    return Problems.Answer(Problems.BadParameter, $"limit: expected 1 to {LimitMax}.");
                }
            }
            else if (name == "cursor")
            {
                if (ReadCursor(value) is not { } after)
                {
                    return Problems.Answer(Problems.BadParameter, "cursor: not one that this list gave.");
                }

                query = query.Where(row => row.Subject.CompareTo(after) > 0);
                continue;
            }
            else if (resource.Filters.TryGetValue(name, out var filter))
            {
                query = query.Where(Matching(filter, value));
            }
            else
            {
                return Problems.Answer(
                    Problems.UnknownParameter,
                    $"{name}: expected limit, cursor, {string.Join(", ", resource.Filters.Keys.Order())}.");
            }

            kept.Add(new KeyValuePair<string, string?>(name, value));
        }

        var rows = await query.OrderBy(row => row.Subject).Take(limit + 1).ToListAsync(cancellation);
        if (rows.Count > limit)
        {
            rows.RemoveAt(limit);
            kept.Add(new KeyValuePair<string, string?>("cursor", WriteCursor(rows[^1].Subject)));
            http.Response.Headers.Link = $"<{QueryHelpers.AddQueryString(path, kept)}>; rel=\"next\"";
        }

        http.Response.Headers.CacheControl = "no-cache";
        http.Response.Headers.Vary = "Accept, Authorization";
        var shown = rows.Select(resource.Show).ToList();
        return http.Request.Headers.Accept.ToString().Contains("text/csv", StringComparison.OrdinalIgnoreCase)
            ? Results.Text(Csv(shown), "text/csv", Encoding.UTF8)
            : Results.Text(
                new JsonObject { ["items"] = new JsonArray([.. shown]) }.ToJsonString(), "application/json");
    }

    // The value is captured, so that the database is handed a parameter and never a text of SQL.
    private static Expression<Func<TRow, bool>> Matching<TRow>(Expression<Func<TRow, string>> column, string value)
    {
        Expression<Func<string>> wanted = () => value;
        return Expression.Lambda<Func<TRow, bool>>(Expression.Equal(column.Body, wanted.Body), column.Parameters);
    }

    // A cell that a spreadsheet would run is written as a text.
    internal static string Cell(string text) =>
        text.Length > 0 && "=+-@\t\r".Contains(text[0], StringComparison.Ordinal) && !decimal.TryParse(
            text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _)
            ? Quote("'" + text)
            : Quote(text);

    private static string Csv(List<JsonObject> rows)
    {
        var csv = new StringBuilder();
        if (rows.Count > 0)
        {
            csv.AppendJoin(',', rows[0].Select(member => member.Key)).Append("\r\n");
        }

        foreach (var row in rows)
        {
            csv.AppendJoin(',', row.Select(member => Cell(member.Value?.ToString() ?? ""))).Append("\r\n");
        }

        return csv.ToString();
    }

    private static string Quote(string text) =>
        text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    private static string WriteCursor(string subject) => WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(subject));

    private static string? ReadCursor(string text)
    {
        if (text.Length > 256 || !text.All(one => char.IsAsciiLetterOrDigit(one) || one is '-' or '_'))
        {
            return null;
        }

        try
        {
            return Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(text));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
