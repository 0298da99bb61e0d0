using System.CommandLine;
using Sameboat.Server;

namespace Sameboat.Commands;

/// <summary>The settings that the commands of a node share: where its record is.</summary>
internal static class NodeSettings
{
    /// <summary>Names the database where the command line does not, so that a password is in no list of
    /// processes.</summary>
    internal const string DatabaseVariable = "SAMEBOAT_DATABASE";

    /// <summary>The data folder where none is named.</summary>
    internal const string DataDefault = "sameboat-data";

    /// <summary>The largest port.</summary>
    internal const int PortMax = 65_535;

    internal static Option<string> Data(string description) =>
        new("--data") { Description = description, HelpName = "DIR", DefaultValueFactory = _ => DataDefault };

    /// <summary>A PostgreSQL connection string that has been looked at; null for the embedded store.</summary>
    internal static Option<string?> Database()
    {
        var option = new Option<string?>("--database")
        {
            Description = "A PostgreSQL connection string, such as 'Host=db;Database=sameboat;Username=node'; SQLite "
                + $"in the data folder if left out. {DatabaseVariable} in the environment says the same.",
            HelpName = "TEXT",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable(DatabaseVariable),
        };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { Length: > 0 } text
                && NodeBackup.FaultOfDatabase(text) is { } fault)
            {
                result.AddError($"--database (or {DatabaseVariable}): found {fault}, expected Host=...;Database=...");
            }
        });
        return option;
    }

    /// <summary>The address by which readers reach the node; null takes what each request says.</summary>
    internal static Option<string?> PublicAddress()
    {
        var option = new Option<string?>("--public-address")
        {
            Description = "Where readers reach the node, such as https://node.example.org, when a proxy stands before "
                + "it. With https the cookie of a session is sent over https alone.",
            HelpName = "URL",
        };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && AddressOf(text) is null)
            {
                result.AddError(
                    $"--public-address: found «{text}», expected http:// or https:// and a host, without a path");
            }
        });
        return option;
    }

    /// <summary>The address of a text; null where it is none.</summary>
    internal static Uri? AddressOf(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
        && address.PathAndQuery == "/" && address.UserInfo.Length == 0
            ? address
            : null;

    /// <summary>Runs one piece of work that answers with a sentence, or refuses with one.</summary>
    internal static async Task<int> AnswerAsync(Terminal terminal, string doing, Func<Task<string>> work)
    {
        using var progress = Progress.Begin(terminal, doing);
        try
        {
            var done = await work();
            progress.Dispose();
            await terminal.Output.WriteLineAsync(done);
            return ExitCode.Done;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            progress.Dispose();
            await terminal.Error.WriteLineAsync(refused.Message);
            return ExitCode.Refused;
        }
    }
}
