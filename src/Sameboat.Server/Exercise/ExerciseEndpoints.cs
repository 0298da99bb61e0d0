using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Sameboat.Server.Accounts;
using Sameboat.Server.Web;

namespace Sameboat.Server.Exercise;

/// <summary>The exercise as a part of the node.</summary>
internal static class ExerciseEndpoints
{
    internal static void AddExercise(this IServiceCollection services)
    {
        services.AddSingleton<ExerciseMark>();
        services.AddSingleton<ExerciseDirector>();
        services.AddSingleton<ExercisePlayers>();
        services.AddSingleton<ExercisePages>();
        services.AddSingleton<ExercisePace>();
        services.AddHostedService(provider => provider.GetRequiredService<ExercisePace>());
    }

    internal static void MapExercise(this IEndpointRouteBuilder routes)
    {
        var pages = routes.ServiceProvider.GetRequiredService<ExercisePages>();
        routes.MapPage("/exercise", (culture, http, _) => pages.ShowAsync(http, culture));
        routes.MapPage("/exercise/debrief", (culture, http, renderer) => renderer.ShowAsync<DebriefPage, DebriefView>(
            http, culture, "exercise debrief", DebriefView.ReadAsync));
        routes.MapPage("/exercise/lead/{secret:maxlength(64)}", (culture, http, _) => pages.LeadAsync(http, culture));
        routes.MapForm("/exercise/lead/{secret:maxlength(64)}", pages.LedAsync);
        routes.MapForm("/exercise/week", pages.WeekAsync);
        routes.MapForm("/exercise/event", pages.EventAsync);
        routes.MapForm("/exercise/pace", pages.PaceAsync);
        routes.MapForm("/exercise/play-as", pages.PlayAsAsync);
    }
}
