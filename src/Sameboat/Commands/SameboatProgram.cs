using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace Sameboat.Commands;

/// <summary>The program: its commands, and how a command line is taken.</summary>
public static class SameboatProgram
{
    private const string Name = "sameboat";

    /// <summary>How long a command that was told to stop may take before the process is ended under it.</summary>
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(15);

    /// <summary>The version of the program, as the build has it, such as <c>0.1.0</c>.</summary>
    public static string Version { get; } =
        typeof(SameboatProgram).Assembly.GetName().Version!.ToString(fieldCount: 3);

    /// <summary>Runs one command line.</summary>
    /// <param name="args">The words after the program's name.</param>
    /// <param name="terminal">What to speak to.</param>
    /// <returns>One of <see cref="ExitCode"/>, or what a bug leaves: those are not caught.</returns>
    public static async Task<int> RunAsync(string[] args, Terminal terminal)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(terminal);
        var root = Declare(terminal);
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
        {
            return RefuseUsage(parsed, terminal);
        }

        var invocation = new InvocationConfiguration
        {
            Output = terminal.Output,
            Error = terminal.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = StopWithin,
        };
        using var broken = new CancellationTokenSource();
        try
        {
            return await parsed.InvokeAsync(invocation, broken.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await terminal.Error.WriteLineAsync("broken off; nothing was written").ConfigureAwait(false);
            return ExitCode.BrokenOff;
        }
    }

    private static RootCommand Declare(Terminal terminal)
    {
        DeclaredCommand[] commands =
        [
            DemoCommand.Declare(terminal),
            ServeCommand.Declare(terminal),
            MigrateCommand.Declare(terminal),
            BackupCommand.Declare(terminal),
            BackupCommand.DeclareRestore(terminal),
            FollowCommand.Declare(terminal),
            PlanCommand.Declare(terminal),
            NeedCommand.Declare(terminal),
            AllocateCommand.Declare(terminal),
            DonationsCommand.Declare(terminal),
            CheckCommand.Declare(terminal),
            LogCommand.Declare(terminal),
            ReproductionCommand.Declare(terminal),
            AlertsCommand.Declare(terminal),
            ForecastCommand.Declare(terminal),
            BacktestCommand.Declare(terminal),
            ScoreCommand.Declare(terminal),
            NowcastCommand.Declare(terminal),
            MemberCommand.Declare(terminal),
            TransferCommands.DeclareImport(terminal),
            TransferCommands.DeclareExport(terminal),
            RoundCommand.Declare(terminal),
        ];
        var root = new RootCommand(
            "Sameboat: from case counts to need, to a fair plan, to the receipt, open and provable.");
        foreach (var declared in commands)
        {
            root.Add(declared.Command);
        }

        var examples = commands.SelectMany(declared => declared.Below.Prepend(declared))
            .ToDictionary(declared => declared.Command, declared => declared.Example);
        examples.Add(root, $"{Name} {commands[0].Command.Name} --help");
        CommandHelp.AddTo(root, examples);
        return root;
    }

    private static int RefuseUsage(ParseResult parsed, Terminal terminal)
    {
        foreach (var message in parsed.Errors.Select(error => error.Message).Distinct())
        {
            terminal.Error.WriteLine(message);
        }

        var path = "";
        for (SymbolResult? at = parsed.CommandResult;
            at is CommandResult { Command: not RootCommand } named;
            at = at.Parent)
        {
            path = $" {named.Command.Name}{path}";
        }

        terminal.Error.WriteLine($"See: {Name}{path} --help");
        return ExitCode.WrongUsage;
    }
}
