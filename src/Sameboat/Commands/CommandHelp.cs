using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Sameboat.Commands;

/// <summary>The help of a command with an example below it.</summary>
internal sealed class CommandHelp(SynchronousCommandLineAction plain, IReadOnlyDictionary<Command, string> examples)
    : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        plain.Invoke(parseResult);
        if (examples.TryGetValue(parseResult.CommandResult.Command, out var example))
        {
            parseResult.InvocationConfiguration.Output.WriteLine($"Example:\n  {example}\n");
        }

        return ExitCode.Done;
    }

    /// <summary>Puts the examples below the help that the root carries.</summary>
    internal static void AddTo(RootCommand root, IReadOnlyDictionary<Command, string> examples)
    {
        foreach (var help in root.Options.OfType<HelpOption>())
        {
            if (help.Action is SynchronousCommandLineAction plain)
            {
                help.Action = new CommandHelp(plain, examples);
            }
        }
    }
}
