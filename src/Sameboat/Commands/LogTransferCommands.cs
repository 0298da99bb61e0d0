using System.CommandLine;
using Sameboat.Server;

namespace Sameboat.Commands;

/// <summary><c>sameboat log export</c> and <c>sameboat log import</c>: logs as files, on a memory stick too.</summary>
internal static class LogTransferCommands
{
    /// <summary>The verifier key of a log.</summary>
    internal static Option<string> Key() => new("--key")
    {
        Description = "The verifier key of the log, from a place that you trust.",
        HelpName = "VERIFIER-KEY",
        Required = true,
    };

    internal static Command Export(Terminal terminal)
    {
        var folder = new Argument<string>("DIR") { Description = "The folder to write; each log to DIR/log/MEMBER." };
        var member = OptionOf.OptionalPath("--member", "Whose log; all logs if left out.", "MEMBER");
        var data = NodeSettings.Data("The folder of the node, without --database of its database too.");
        var database = NodeSettings.Database();
        var command = new Command("export", "Writes logs as files that anyone can verify and import.")
        {
            folder, member, data, database,
        };
        command.SetAction((parsed, cancellation) => NodeSettings.AnswerAsync(terminal, "writing the logs", () =>
            NodeFollowing.ExportAsync(parsed.GetValue(database), parsed.GetValue(data)!,
                parsed.GetRequiredValue(folder), parsed.GetValue(member), cancellation)));
        return command;
    }

    internal static Command Rotate(Terminal terminal)
    {
        var member = new Option<string>("--member")
        {
            Description = "Whose log.", HelpName = "MEMBER", Required = true,
        };
        var own = new Option<bool>("--own")
        {
            Description = "The member itself holds the new key: what its log says of a host that signs for it ends.",
        };
        var data = NodeSettings.Data("The folder of the node that writes the log.");
        var database = NodeSettings.Database();
        var command = new Command("rotate", "Gives a log a new key; the old one signs an entry that names it.")
        {
            member, own, data, database,
        };
        command.SetAction((parsed, cancellation) => NodeSettings.AnswerAsync(terminal, "changing the key", () =>
            NodeKeys.RotateAsync(parsed.GetValue(database), parsed.GetValue(data)!, parsed.GetRequiredValue(member),
                parsed.GetValue(own), terminal.Clock, cancellation)));
        return command;
    }

    internal static Command Import(Terminal terminal)
    {
        var folder = new Argument<string>("DIR")
        {
            Description = "The folder of one log: the one with its checkpoint.",
        };
        var key = Key();
        var data = NodeSettings.Data("The folder of the node, without --database of its database too.");
        var database = NodeSettings.Database();
        var command = new Command("import", "Verifies a log that was exported and takes what is new.")
        {
            folder, key, data, database,
        };
        command.SetAction((parsed, cancellation) => NodeSettings.AnswerAsync(terminal, "verifying the log", () =>
            NodeFollowing.ImportAsync(parsed.GetValue(database), parsed.GetValue(data)!,
                parsed.GetRequiredValue(folder), parsed.GetRequiredValue(key), terminal.Clock, cancellation)));
        return command;
    }
}
