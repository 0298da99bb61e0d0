using System.CommandLine;
using Sameboat.Record;
using Sameboat.Server;
using Sameboat.Server.Notifications;

namespace Sameboat.Commands;

/// <summary>The settings of <c>sameboat serve</c> about whom the node tells what: mail, webhooks, telemetry, log.
/// </summary>
internal sealed class ServeMore
{
    /// <summary>Holds the password of the mail server: a list of processes shows what is on the command line.</summary>
    internal const string MailPasswordVariable = "SAMEBOAT_MAIL_PASSWORD";

    /// <summary>Names the collector where the command line does not, as programs with telemetry have it.</summary>
    internal const string TelemetryVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private readonly Option<string?> _mail = new("--mail")
    {
        Description = $"The server that takes notifications as mail: {MailSettings.Form}. {MailPasswordVariable} in "
            + "the environment holds its password. Left out, no mail is sent.",
        HelpName = "URL",
    };

    private readonly Option<string?> _from = new("--mail-from")
    {
        Description = "The sender's address of that mail.",
        HelpName = "ADDRESS",
    };

    private readonly Option<bool> _private = new("--private-webhooks")
    {
        Description = "Lets webhooks go to private networks and over http, and members' sign-in providers be in "
            + "them; without it both are at public addresses over https alone.",
    };

    private readonly Option<string?> _telemetry = new("--telemetry")
    {
        Description = "An OTLP collector, such as http://127.0.0.1:4318, that is sent traces and measures of "
            + $"requests. {TelemetryVariable} in the environment says the same. Left out, nothing is gathered or sent.",
        HelpName = "URL",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable(TelemetryVariable),
    };

    private readonly Option<string?> _operator = new("--operator")
    {
        Description = "Who runs the node: its members' logs say that it holds their keys and signs for them. A member "
            + "that runs its own node gives its id. Left out, the host by which the logs are named.",
        HelpName = "NAME",
    };

    private readonly Option<bool> _log = new("--log-requests")
    {
        Description = "Writes a line of JSON for each request: id, method, route, status, duration, member.",
    };

    /// <summary>Adds the options to the command.</summary>
    internal void AddTo(Command command)
    {
        _mail.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && MailSettings.Read(text, "a@b.example", "") is null)
            {
                result.AddError($"--mail: found «{text}», expected {MailSettings.Form}, without a password");
            }
        });
        _from.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && !MailSettings.IsAddress(text))
            {
                result.AddError($"--mail-from: found «{text}», expected an address such as node@example.org");
            }
        });
        _telemetry.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { Length: > 0 } text && NodeSettings.AddressOf(text) is null)
            {
                result.AddError($"--telemetry (or {TelemetryVariable}): found «{text}», expected http:// or https:// "
                    + "and a host, without a path");
            }
        });
        _operator.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && !KeyHolding.IsHost(text))
            {
                result.AddError($"--operator: found «{text}», expected a name of 1 to {KeyHolding.HostLengthMax} "
                    + "characters");
            }
        });
        command.Validators.Add(result =>
        {
            if (result.GetValue(_mail) is null != result.GetValue(_from) is null)
            {
                result.AddError("--mail and --mail-from: found one of them, expected both or neither");
            }
        });
        foreach (var option in new Option[] { _mail, _from, _private, _telemetry, _log, _operator })
        {
            command.Add(option);
        }
    }

    /// <summary>The options with these settings.</summary>
    internal NodeOptions Read(ParseResult parsed, NodeOptions options) => options with
    {
        Mail = MailSettings.Read(
            parsed.GetValue(_mail), parsed.GetValue(_from), Environment.GetEnvironmentVariable(MailPasswordVariable)),
        WebhooksMayBePrivate = parsed.GetValue(_private),
        Telemetry = NodeSettings.AddressOf(parsed.GetValue(_telemetry)),
        LogsRequests = parsed.GetValue(_log),
        Operator = parsed.GetValue(_operator),
    };
}
