using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Sameboat.Server.Desk.Forms;
using Sameboat.Server.Situation;
using Sameboat.Server.Web;

namespace Sameboat.Server.Desk;

/// <summary>The desk as a part of the node: services and addresses.</summary>
internal static class DeskEndpoints
{
    private const string New = "/desk/new/{noun}/{verb?}";
    private const string Do = "/desk/do/{noun}/{owner}/{name}/{verb}";

    /// <summary>Adds what the desk needs.</summary>
    internal static void AddDesk(this IServiceCollection services)
    {
        services.AddSingleton<Drafts>();
        services.AddSingleton<FormGate>();
        services.AddSingleton<FormKinds>();
        services.AddSingleton<FormDesk>();
        services.AddSingleton<DeskPages>();
        services.AddSingleton<MovingPages>();
        services.AddSingleton<ImportPages>();
        services.AddSingleton<AssessmentDesk>();
    }

    /// <summary>Maps the pages.</summary>
    internal static void MapDesk(this IEndpointRouteBuilder routes)
    {
        var forms = routes.ServiceProvider.GetRequiredService<FormDesk>();
        var desk = routes.ServiceProvider.GetRequiredService<DeskPages>();
        routes.MapKeepScript();
        routes.MapPage(New, (culture, http, _) => forms.NewAsync(http, culture));
        routes.MapSent(New, forms.OpenedAsync);
        routes.MapPage(Do, (culture, http, _) => forms.StepAsync(http, culture));
        routes.MapSent(Do, forms.SteppedAsync);
        routes.MapPage("/desk", (culture, http, _) => desk.ShowAsync(http, culture));
        var moving = routes.ServiceProvider.GetRequiredService<MovingPages>();
        moving.Map(routes);
        routes.MapPage("/desk/at/{noun}/{owner}/{name}", (culture, http, _) =>
            MovingPages.IsMoving(http.PathPart("noun")) && FormDesk.Subject(http) is { } subject
                ? moving.AtDeskAsync(http, culture, subject)
                : desk.EntityAsync(http, culture));
        routes.MapPage("/desk/answers", (culture, http, _) => desk.AnswersAsync(http, culture));
        routes.MapSent("/desk/act/{noun}/{owner}/{name}/{act}", desk.ActAsync);
        routes.MapSent("/desk/draft", desk.DropAsync);
        var imports = routes.ServiceProvider.GetRequiredService<ImportPages>();
        routes.MapPage(ImportPages.Path, (culture, http, _) => imports.ShowAsync(http, culture));
        routes.MapSent(ImportPages.Path, imports.DoAsync);
        routes.MapMissingPages();
    }

    private static void MapSent(
        this IEndpointRouteBuilder routes, string path, Func<HttpContext, string, Task<IResult>> answer) =>
        routes.MapPost("/{culture:maxlength(8)}" + path, (string culture, HttpContext http) => answer(http, culture));
}
