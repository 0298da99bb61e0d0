using System.CommandLine;
using System.Net;
using Sameboat.Server;
using Sameboat.Server.Record;
using Sameboat.Server.Accounts;

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
        var site = NodeSettings.PublicAddress();
        var founders = new Option<string>("--founders")
        {
            Description = "The ids of the members admitted from the start, commas between; the same at every node. "
                + "Left out, those whose logs this node writes.",
            HelpName = "MEMBERS",
            DefaultValueFactory = _ => "",
        };
        founders.Validators.Add(result =>
        {
            foreach (var text in NamesIn(result.GetValueOrDefault<string>())
                .Where(text => !MemberId.TryParse(text, out _)))
            {
                result.AddError($"--founders: found «{text}», expected ids of members such as ken,per");
            }
        });
        var exercise = new Option<bool>("--exercise")
        {
            Description = "Plays an exercise: an invented disease, in a data folder of its own. Every page and every "
                + "export says so.",
        };
        var perAddress = Limit("--requests-per-address", "address", RateLimits.Usual.PerAddress);
        var perToken = Limit("--requests-per-token", "token", RateLimits.Usual.PerToken);
        var perMember = Limit("--requests-per-member", "member", RateLimits.Usual.PerMember);
        var command = new Command("serve", "Runs a node until it is told to stop (Ctrl-C or SIGTERM).")
        {
            data, database, port, address, witness, site, founders, exercise, perAddress, perToken, perMember,
        };
        var more = new ServeMore();
        more.AddTo(command);
        command.SetAction(async (parsed, cancellation) => await NodeHost.RunAsync(
            more.Read(parsed, new NodeOptions
            {
                Address = parsed.GetValue(address)!,
                Port = parsed.GetValue(port),
                DataFolder = parsed.GetValue(data),
                Database = parsed.GetValue(database),
                Witnesses = [.. parsed.GetValue(witness)!.Select(Read).OfType<WitnessSource>()],
                ExerciseSeed = parsed.GetValue(exercise) ? NodeOptions.ExerciseSeedDefault : null,
                Clock = terminal.Clock,
                PageAge = NodeOptions.PageAgeServed,
                PublicAddress = NodeSettings.AddressOf(parsed.GetValue(site)),
                Founders = [.. NamesIn(parsed.GetValue(founders)).Select(MemberId.Parse)],
                RateLimits = new RateLimits(
                    parsed.GetValue(perAddress), parsed.GetValue(perToken), parsed.GetValue(perMember)),
            }),
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

    private static string[] NamesIn(string? text) =>
        (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static Option<int> Limit(string name, string what, int usual) => OptionOf.Whole(
        name, $"Requests a second that one {what} may keep up; 0 sets no limit.", "N", 0, RateLimits.PerSecondMax,
        usual);
}
