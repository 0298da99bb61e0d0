using System.Globalization;
using System.Linq.Expressions;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sameboat.Server.Accounts;
using Sameboat.Server.Api.OpenApi;
using Sameboat.Server.Exercise;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Api;

/// <summary>
/// Lists: <c>limit</c>, an opaque <c>cursor</c> handed on in a Link header, filters that must all hold, and JSON,
/// CSV, XLSX or Parquet by <c>format</c> or Accept.
/// </summary>
internal static class ListAnswers
{
    internal const int LimitDefault = 100;
    internal const int LimitMax = 1_000;

    /// <summary>The most rows of one file: a form other than JSON is an export.</summary>
    internal const int ExportMax = 50_000;

    /// <summary>The longest value of a filter, in characters.</summary>
    internal const int FilterMax = 200;

    private const int CursorMax = 256;

    internal static async Task<IResult> AnswerAsync<TRow>(
        Resource<TRow> resource, string path, HttpContext http, NodeDatabase database, MemberTokens tokens,
        CancellationToken cancellation)
        where TRow : class, IProjectedRow
    {
        await using var db = database.Open();
        db.Viewer = (await tokens.ActorAsync(http.Request, cancellation))?.Member.ToString();
        var query = db.Set<TRow>().AsNoTracking();
        var format = ListFormats.Of(
            http.Request.Query.ContainsKey("format") ? http.Request.Query["format"].ToString() : null,
            http.Request.Headers.Accept.ToString());
        if (format is null)
        {
            return Problems.Answer(
                Problems.BadParameter,
                $"format: expected one of {string.Join(", ", ListFormats.All.Select(one => one.Name))}.");
        }

        var asked = Ask(resource, query, http.Request.Query, format);
        if (asked.Refusal is { } refusal)
        {
            return refusal;
        }

        var rows = await asked.Query.OrderBy(row => row.Subject).Take(asked.Limit + 1).ToListAsync(cancellation);
        if (rows.Count > asked.Limit)
        {
            rows.RemoveAt(asked.Limit);
            asked.Kept.Add(new KeyValuePair<string, string?>("cursor", WriteCursor(rows[^1].Subject)));
            http.Response.Headers.Link = $"<{QueryHelpers.AddQueryString(path, asked.Kept)}>; rel=\"next\"";
        }

        http.Response.Headers.CacheControl = "no-cache";
        http.Response.Headers.Vary = "Accept, Authorization";
        var columns = ListFormats.Columns(http.GetEndpoint()!.Metadata.GetRequiredMetadata<ToldResource>().Row);
        JsonObject[] shown = [.. rows.Select(resource.Show)];
        if (await http.RequestServices.GetRequiredService<ExerciseMark>().IsOnAsync(cancellation))
        {
            columns = ListFormats.Marked(columns, shown);
        }

        return Results.Bytes(
            await format.WriteAsync(columns, shown),
            format.MediaType == "text/csv" ? "text/csv; charset=utf-8" : format.MediaType);
    }

    private static Asked<TRow> Ask<TRow>(
        Resource<TRow> resource, IQueryable<TRow> query, IQueryCollection parameters, ListFormat format)
        where TRow : class, IProjectedRow
    {
        var limitMax = format == ListFormats.Json ? LimitMax : ExportMax;
        var limit = format == ListFormats.Json ? LimitDefault : LimitMax;
        var kept = new List<KeyValuePair<string, string?>>();
        foreach (var (name, values) in parameters)
        {
            var value = values.Count == 1 ? values[0] ?? "" : "";
            if (value.Length is 0 or > CursorMax || value.Contains('\0', StringComparison.Ordinal))
            {
                return Refused<TRow>(
                    Problems.BadParameter, $"{name}: expected once, with a value of at most {CursorMax} characters.");
            }

            if (name == "limit")
            {
                if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out limit)
                    || limit < 1 || limit > limitMax)
                {
                    return Refused<TRow>(Problems.BadParameter, $"limit: expected 1 to {limitMax}.");
                }
            }
            else if (name == "cursor")
            {
                if (ReadCursor(value) is not { } after)
                {
                    return Refused<TRow>(Problems.BadParameter, "cursor: not one that this list gave.");
                }

                query = query.Where(row => row.Subject.CompareTo(after) > 0);
                continue;
            }
            else if (name == "format")
            {
                // Taken above; the next page has it as well.
            }
            else if (resource.Filters.TryGetValue(name, out var filter))
            {
                query = query.Where(Matching(filter, value));
            }
            else
            {
                return Refused<TRow>(
                    Problems.UnknownParameter,
                    $"{name}: expected limit, cursor, format, {string.Join(", ", resource.Filters.Keys.Order())}.");
            }

            kept.Add(new KeyValuePair<string, string?>(name, value));
        }

        return new Asked<TRow>(query, limit, kept, null);
    }

    private static Asked<TRow> Refused<TRow>(string code, string detail) =>
        new(Enumerable.Empty<TRow>().AsQueryable(), 0, [], Problems.Answer(code, detail));

    // The value is captured, so that the database is handed a parameter and never a text of SQL.
    private static Expression<Func<TRow, bool>> Matching<TRow>(Expression<Func<TRow, string>> column, string value)
    {
        Expression<Func<string>> wanted = () => value;
        return Expression.Lambda<Func<TRow, bool>>(Expression.Equal(column.Body, wanted.Body), column.Parameters);
    }

    private static string WriteCursor(string subject) => WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(subject));

    private static string? ReadCursor(string text)
    {
        if (text.Length > CursorMax || !text.All(one => char.IsAsciiLetterOrDigit(one) || one is '-' or '_'))
        {
            return null;
        }

        try
        {
            var subject = Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(text));
            return subject.Contains('\0', StringComparison.Ordinal) ? null : subject;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    // What a request asks of a list; the kept parameters go into the address of the next page.
    private sealed record Asked<TRow>(
        IQueryable<TRow> Query, int Limit, List<KeyValuePair<string, string?>> Kept, IResult? Refusal);
}
