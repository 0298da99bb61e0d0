using System.CommandLine;
using Sameboat.Server;

namespace Sameboat.Commands;

/// <summary><c>sameboat demo</c>: a node with an exercise, on this machine alone.</summary>
internal static class DemoCommand
{
    private const int PortMax = 65_535;

    internal static DeclaredCommand Declare(Terminal terminal)
    {
        var port = OptionOf.Whole(
            "--port", "The port on 127.0.0.1; 0 takes a free one.", "PORT", 0, PortMax, NodeOptions.PortDefault);
        var data = OptionOf.OptionalPath(
            "--data", "The folder of its database and keys; a temporary one, removed at the end, if left out.", "DIR");
        var command = new Command("demo", "Shows the chain at work on a simulated outbreak of an invented disease.")
        {
            port, data,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (terminal.ErrorIsInteractive)
            {
                await terminal.Error.WriteLineAsync("Playing the exercise, a few seconds ...");
            }

            var options = new NodeOptions
            {
                Port = parsed.GetValue(port),
                DataFolder = parsed.GetValue(data),
                ExerciseSeed = NodeOptions.ExerciseSeedDefault,
            };
            return await NodeHost.RunAsync(options, terminal.Output, terminal.Error, cancellation);
        });
        return new DeclaredCommand(command, "sameboat demo --port 5080");
    }
}
