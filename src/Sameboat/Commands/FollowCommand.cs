using System.CommandLine;
using Sameboat.Server;

namespace Sameboat.Commands;

/// <summary><c>sameboat follow</c>: whose logs a node keeps a verified copy of.</summary>
internal static class FollowCommand
{
    internal static DeclaredCommand Declare(Terminal terminal)
    {
        var command = new Command("follow", "Keeps verified copies of the logs of others.")
        {
            Add(terminal), List(terminal), Remove(terminal),
        };
        return new DeclaredCommand(
            command, "sameboat follow add https://node.example/log/ken --key 'node.example/log/ken+1a2b3c4d+AQ...'");
    }

    private static Command Add(Terminal terminal)
    {
        var source = new Argument<string>("SOURCE")
        {
            Description = "The address of the log, such as https://node.example/log/ken, or a folder that holds it.",
        };
        var key = LogTransferCommands.Key();
        var (data, database) = Record();
        var command = new Command("add", "Begins to follow a log.") { source, key, data, database };
        command.SetAction((parsed, cancellation) => NodeSettings.AnswerAsync(terminal, "adding the log", () =>
            NodeFollowing.AddAsync(parsed.GetValue(database), parsed.GetValue(data)!,
                parsed.GetRequiredValue(source), parsed.GetRequiredValue(key), cancellation)));
        return command;
    }

    private static Command List(Terminal terminal)
    {
        var (data, database) = Record();
        var command = new Command("list", "Lists the logs that are followed and what was last wrong with each.")
        {
            data, database,
        };
        command.SetAction((parsed, cancellation) => NodeSettings.AnswerAsync(terminal, "reading the list", () =>
            NodeFollowing.ListAsync(parsed.GetValue(database), parsed.GetValue(data)!, cancellation)));
        return command;
    }

    private static Command Remove(Terminal terminal)
    {
        var member = new Argument<string>("MEMBER") { Description = "Whose log." };
        var (data, database) = Record();
        var command = new Command("remove", "Ends the following of a log; what was taken from it stays.")
        {
            member, data, database,
        };
        command.SetAction((parsed, cancellation) => NodeSettings.AnswerAsync(terminal, "removing the log", () =>
            NodeFollowing.RemoveAsync(parsed.GetValue(database), parsed.GetValue(data)!,
                parsed.GetRequiredValue(member), cancellation)));
        return command;
    }

    private static (Option<string> Data, Option<string?> Database) Record() =>
        (NodeSettings.Data("The folder of the node, without --database of its database too."),
            NodeSettings.Database());
}
