using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Sameboat.Server.Operations;

/// <summary>
/// Traces and measures of requests, sent by OTLP over HTTP to the collector that the operator names. Where none is
/// named nothing is gathered and nothing leaves the node.
/// </summary>
internal static class Telemetry
{
    // What could hold a secret or tell who asked.
    private static readonly string[] Withheld =
        ["url.query", "url.full", "user_agent.original", "client.address", "server.address"];

    internal static void AddTelemetry(this IServiceCollection services, NodeOptions options)
    {
        if (options.Telemetry is not { } collector)
        {
            return;
        }

        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("sameboat", serviceVersion: NodeVersion.Text))
            .WithTracing(tracing => tracing
                .AddAspNetCoreInstrumentation(requests =>
                {
                    requests.EnrichWithHttpResponse = (activity, response) =>
                    {
                        activity.SetTag("url.path", RequestLog.RouteOf(response.HttpContext));
                        foreach (var tag in Withheld)
                        {
                            activity.SetTag(tag, null);
                        }
                    };
                    requests.RecordException = false;
                })
                .AddOtlpExporter(exporter => Send(exporter, collector, "v1/traces")))
            .WithMetrics(measures => measures
                .AddAspNetCoreInstrumentation()
                .AddOtlpExporter(exporter => Send(exporter, collector, "v1/metrics")));
    }

    private static void Send(OtlpExporterOptions exporter, Uri collector, string path)
    {
        exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = new Uri(new Uri(collector.AbsoluteUri.TrimEnd('/') + "/"), path);
    }
}

/// <summary>The version of this program.</summary>
internal static class NodeVersion
{
    /// <summary>As the assembly has it.</summary>
    internal static string Text { get; } = typeof(NodeVersion).Assembly.GetName().Version?.ToString(3) ?? "0";
}
