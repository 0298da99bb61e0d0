using System.CommandLine;
using System.Net;
using Sameboat.Server;
using Sameboat.Server.Record;

namespace Sameboat.Commands;

/// <summary><c>sameboat serve</c>: a node that keeps its record.</summary>
internal static class ServeCommand
{
    internal static DeclaredCommand Declare(Terminal terminal)
    {
        var data = NodeSettings.Data("The folder of its keys and, without --database, of its database.");
        var database = NodeSettings.Database();
        var port = OptionOf.Whole(
            "--port", "The port to listen on; 0 takes a free one.", "PORT", 0, NodeSettings.PortMax,
            NodeOptions.PortDefault);
        var address = new Option<string>("--address")
        {
            Description = "The IP address to listen on, or localhost; 0.0.0.0 is every network of the machine.",
            HelpName = "ADDRESS",
            DefaultValueFactory = _ => "127.0.0.1",
        };
        address.Validators.Add(result =>
        {
            var text = result.GetValueOrDefault<string>() ?? "";
            if (text != "localhost" && !IPAddress.TryParse(text, out _))
            {
                result.AddError($"--address: found «{text}», expected an IP address such as 0.0.0.0, or localhost");
            }
        });
        var witness = Witnesses();
        var command = new Command("serve", "Runs a node until it is told to stop (Ctrl-C or SIGTERM).")
        {
            data, database, port, address, witness,
        };
        command.SetAction(async (parsed, cancellation) => await NodeHost.RunAsync(
            new NodeOptions
            {
                Address = parsed.GetValue(address)!,
                Port = parsed.GetValue(port),
                DataFolder = parsed.GetValue(data),
                Database = parsed.GetValue(database),
                Witnesses = [.. parsed.GetValue(witness)!.Select(Read).OfType<WitnessSource>()],
                Clock = terminal.Clock,
            },
            terminal.Output, terminal.Error, cancellation));
        return new DeclaredCommand(command, "sameboat serve --data sameboat-data --address 0.0.0.0 --port 5080");
    }

    private static Option<string[]> Witnesses()
    {
        var option = new Option<string[]>("--witness")
        {
            Description = "A node that cosigns this node's logs, with the key that it shows at /witness/key; may be "
                + "given again. An old copy that lags behind what it has seen is then never extended.",
            HelpName = "URL#KEY",
            DefaultValueFactory = _ => [],
        };
        option.Validators.Add(result =>
        {
            foreach (var text in result.GetValueOrDefault<string[]>() ?? [])
            {
                if (Read(text) is null)
                {
                    result.AddError($"--witness: found «{text}», expected {WitnessSource.Form}");
                }
            }
        });
        return option;
    }

    private static WitnessSource? Read(string text) =>
        WitnessSource.TryParse(text, out var witness) ? witness : null;
}
