using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Sameboat.Server.Accounts;
using Sameboat.Server.Web;

namespace Sameboat.Server.Work;

/// <summary>The pages of goods, teams and money, and their steps.</summary>
internal static class WorkEndpoints
{
    internal static void AddWork(this IServiceCollection services) => services.AddSingleton<WorkDesk>();

    internal static void MapWork(this IEndpointRouteBuilder routes)
    {
        var desk = routes.ServiceProvider.GetRequiredService<WorkDesk>();
        routes.MapKind<ConsignmentPage>(desk, WorkKinds.Consignments);
        routes.MapKind<DeploymentPage>(desk, WorkKinds.Deployments);
        routes.MapKind<ContributionPage>(desk, WorkKinds.Contributions);
    }

    private static void MapKind<TPage>(this IEndpointRouteBuilder routes, WorkDesk desk, WorkKind kind)
        where TPage : IComponent
    {
        var one = $"/{kind.Plural}/{{owner}}/{{name}}";
        routes.MapPage(one, (culture, http, _) => desk.ShowAsync<TPage>(kind, http, culture));
        routes.MapForm(one + "/{verb}", form => desk.StepAsync<TPage>(kind, form));
        if (kind.Opens.Length > 0)
        {
            routes.MapPage($"/{kind.Plural}/new", (culture, http, _) => desk.BeginAsync(kind, http, culture));
            routes.MapForm($"/{kind.Plural}/new", form => desk.BegunAsync(kind, form));
        }
    }
}
