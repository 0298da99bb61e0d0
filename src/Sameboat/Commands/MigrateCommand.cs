using System.CommandLine;
using Sameboat.Server;

namespace Sameboat.Commands;

/// <summary><c>sameboat migrate</c>: brings the tables of a database to this program's form.</summary>
internal static class MigrateCommand
{
    internal static DeclaredCommand Declare(Terminal terminal)
    {
        var data = NodeSettings.Data("The folder of the embedded database, without --database.");
        var database = NodeSettings.Database();
        var command = new Command("migrate", "Brings the tables of a database to this program's form.")
        {
            data, database,
        };
        command.SetAction((parsed, cancellation) => NodeSettings.AnswerAsync(terminal, "migrating", () =>
            NodeBackup.MigrateAsync(parsed.GetValue(database), parsed.GetValue(data)!, cancellation)));
        return new DeclaredCommand(command, "sameboat migrate --database 'Host=db;Database=sameboat;Username=node'");
    }
}
