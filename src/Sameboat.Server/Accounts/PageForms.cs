using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Sameboat.Server.Web;

namespace Sameboat.Server.Accounts;

/// <summary>A form that a page of this node sent out and a browser sent back, with the proof that it did.</summary>
/// <param name="Http">The request.</param>
/// <param name="Culture">As the path has it; carried.</param>
/// <param name="Fields">The fields.</param>
internal sealed record PageForm(HttpContext Http, string Culture, IFormCollection Fields)
{
    /// <summary>A field as it was sent; empty where it is absent or was sent more than once.</summary>
    internal string Text(string name) => Fields[name] is [{ } only] ? only : "";

    /// <summary>A field without space around it.</summary>
    internal string Line(string name) => Text(name).Trim();

    /// <summary>The roles whose boxes of that name are ticked.</summary>
    internal Roles Roles(string name) => Fields[name].Aggregate(
        Accounts.Roles.None,
        (roles, text) => roles | (RoleWords.All.FirstOrDefault(one => $"{one.Role}" == text).Role));
}

/// <summary>
/// The one way in for forms of pages: short enough, and with the proof of <c>AntiforgeryToken</c> for the reader who is
/// signed in.
/// </summary>
internal sealed class PageForms(IAntiforgery antiforgery, SignedIn signedIn, PageRenderer pages)
{
    /// <summary>The form, or the page that says why it is not taken.</summary>
    internal async Task<(PageForm? Form, IResult? Refusal)> ReadAsync(HttpContext http, string culture)
    {
        if (Words.Of(culture) is null)
        {
            return (null, TypedResults.NotFound());
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = AccountLimits.FormBytesMax;
        }

        await signedIn.AccountAsync(http);
        try
        {
            if (http.Request.HasFormContentType && await antiforgery.IsRequestValidAsync(http))
            {
                return (new PageForm(http, culture, await http.Request.ReadFormAsync(http.RequestAborted)), null);
            }
        }
        catch (Exception fault) when (fault is BadHttpRequestException or InvalidDataException)
        {
            // Too long, or no form: the same answer as for one that is not ours.
        }

        return (null, await pages.ShowPersonalAsync<Pages.NotTakenPage>(
            http, culture, new object(), StatusCodes.Status400BadRequest));
    }
}

/// <summary>Maps forms below every culture.</summary>
internal static class PageFormRoutes
{
    /// <summary>Answers a form that a page sends back to that address.</summary>
    internal static void MapForm(
        this IEndpointRouteBuilder routes, string path, Func<PageForm, Task<IResult>> answer) =>
        routes.MapPost("/{culture:maxlength(8)}" + path, async (string culture, HttpContext http, PageForms forms) =>
        {
            var (form, refusal) = await forms.ReadAsync(http, culture);
            return form is null ? refusal! : await answer(form);
        });
}
