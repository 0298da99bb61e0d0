using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Sameboat.Server.Accounts;
using Sameboat.Server.Api;
using Sameboat.Server.Api.OpenApi;
using Sameboat.Server.Bulk;
using Sameboat.Server.Conservation;
using Sameboat.Server.Consignments;
using Sameboat.Server.Contributions;
using Sameboat.Server.Deployments;
using Sameboat.Server.Exercise;
using Sameboat.Server.Desk;
using Sameboat.Server.Following;
using Sameboat.Server.Members;
using Sameboat.Server.Notifications;
using Sameboat.Server.Offers;
using Sameboat.Server.Operations;
using Sameboat.Server.Outbreaks;
using Sameboat.Server.Record;
using Sameboat.Server.Record.Sealed;
using Sameboat.Server.Requests;
using Sameboat.Server.Rounds;
using Sameboat.Server.Situation;
using Sameboat.Server.Storage;
using Sameboat.Server.Web;
using Sameboat.Server.World;

namespace Sameboat.Server;

/// <summary>The node as a part of an ASP.NET application: its services and its endpoints.</summary>
public static class SameboatNode
{
    /// <summary>Adds what the node needs.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="options">The data folder must be named and exist; the host's address is not looked at.</param>
    /// <exception cref="ArgumentException">No data folder is named.</exception>
    public static IServiceCollection AddSameboat(this IServiceCollection services, NodeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrWhiteSpace(options.DataFolder, nameof(options));
        services.AddSingleton(options);
        services.TryAddSingleton(options.Clock ?? TimeProvider.System);
        services.AddSingleton<NodeReadiness>();
        services.AddSingleton(NodeDatabase.Of(options.Database, options.DataFolder));
        services.AddSingleton(_ => new LogKeys(options.DataFolder));
        services.AddSingleton(provider => new LogStore(
            provider.GetRequiredService<NodeDatabase>(),
            provider.GetRequiredService<LogKeys>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<LogReader>();
        services.AddSingleton(provider => new FollowedLogs(
            provider.GetRequiredService<NodeDatabase>(), options.DataFolder,
            provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService<LogFollowing>();
        services.AddSingleton<SealedBodies>();
        services.AddSingleton<SealedFetch>();
        services.AddSingleton<KeyDeclaration>();
        services.AddSingleton<RecordClock>();
        services.AddExercise();
        services.AddSingleton<EntityWriter>();
        services.AddSingleton<ImportWriter>();
        services.AddSingleton<RoundDesk>();
        services.AddSingleton<WitnessDesk>();
        services.AddSingleton<WitnessAsking>();
        services.AddSingleton<WitnessRounds>();
        services.AddHostedService(provider => provider.GetRequiredService<WitnessRounds>());
        services.AddSingleton<PageRenderer>();
        services.AddScoped<PageState>();
        services.AddRazorComponents();

        services.AddAccounts(options.DataFolder);
        services.AddNotifications();
        services.AddOperations(options);
        services.AddDesk();
        services.AddRequestLimits();
        services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.Providers.Add<BrotliCompressionProvider>();
            compression.Providers.Add<GzipCompressionProvider>();
            compression.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "image/svg+xml"];
        });
        return services;
    }

    /// <summary>Maps the node's endpoints and what goes before them.</summary>
    public static void MapSameboat(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UsePublicAddress();
        app.UseRequestLog();
        app.UseRequestLimits();
        app.UseResponseCompression();
        app.Use(ResponseHeaders.WriteAsync);
        app.UseCutConnections();
        app.Use(OpenApiEndpoints.TellAsync);
        app.UseTokenGate();
        app.MapOpenApi();
        app.MapOperations();
        app.MapNotifications();
        app.MapRecord();
        app.MapBrowserCheck();
        app.MapWitness();
        app.MapSealed();
        app.MapEffects();
        app.MapEvidence();
        app.MapStyleSheet();
        app.MapWorld();
        app.MapSituation();
        app.MapOffers();
        app.MapRounds();
        app.MapChain();
        app.MapAccounts();
        app.MapExercise();
        app.MapDesk();
    }

    private static void MapChain(this IEndpointRouteBuilder routes)
    {
        routes.MapOutbreaksApi();
        routes.MapRequestsApi();
        routes.MapOffersApi();
        routes.MapRoundsApi();
        routes.MapAcceptancesApi();
        routes.MapConsignmentsApi();
        routes.MapDeploymentsApi();
        routes.MapContributionsApi();
        routes.MapConservation();
        routes.MapAnswers();
        routes.MapTokens();
        routes.MapMembersApi();
        routes.MapImports();
        routes.MapWholeChain();
        routes.MapPublicPages();
    }
}
