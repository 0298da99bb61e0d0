using System.CommandLine;
using Sameboat.Server;

namespace Sameboat.Commands;

/// <summary><c>sameboat backup</c> and <c>sameboat restore</c>: the record in one file, and back.</summary>
internal static class BackupCommand
{
    internal static DeclaredCommand Declare(Terminal terminal)
    {
        var file = new Argument<string>("FILE") { Description = "The backup to write." };
        var data = NodeSettings.Data("The folder of the embedded database, without --database.");
        var database = NodeSettings.Database();
        var command = new Command("backup", "Writes the record of a node, running or not, into one file.")
        {
            file, data, database,
        };
        command.SetAction((parsed, cancellation) => NodeSettings.AnswerAsync(terminal, "writing the backup", () =>
            NodeBackup.WriteAsync(parsed.GetValue(database), parsed.GetValue(data)!,
                parsed.GetRequiredValue(file), cancellation)));
        return new DeclaredCommand(command, "sameboat backup record.zip --data sameboat-data");
    }

    internal static DeclaredCommand DeclareRestore(Terminal terminal)
    {
        var file = new Argument<string>("FILE") { Description = "A backup that backup wrote." };
        var data = NodeSettings.Data("The empty folder to restore into, without --database.");
        var database = NodeSettings.Database();
        var command = new Command("restore", "Verifies a backup and puts it into an empty folder or database.")
        {
            file, data, database,
        };
        command.SetAction((parsed, cancellation) => NodeSettings.AnswerAsync(terminal, "restoring", () =>
            NodeBackup.RestoreAsync(parsed.GetValue(database), parsed.GetValue(data)!,
                parsed.GetRequiredValue(file), cancellation)));
        return new DeclaredCommand(command, "sameboat restore record.zip --data sameboat-data");
    }
}
