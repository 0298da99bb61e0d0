using System.CommandLine;

namespace Sameboat.Commands;

/// <summary><c>sameboat log</c>: what is done with logs as files.</summary>
internal static class LogCommand
{
    internal static DeclaredCommand Declare(Terminal terminal)
    {
        var command = new Command("log", "Works with logs as files.")
        {
            LogTransferCommands.Export(terminal), LogTransferCommands.Import(terminal),
        };
        return new DeclaredCommand(command, "sameboat log export stick --member ken --data sameboat-data");
    }
}
