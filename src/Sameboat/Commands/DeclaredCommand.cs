using System.Collections.Immutable;
using System.CommandLine;

namespace Sameboat.Commands;

/// <summary>A command of the program as its own file declares it.</summary>
/// <param name="Command">Its name, options and action.</param>
/// <param name="Example">A whole command line, shown below its help.</param>
internal sealed record DeclaredCommand(Command Command, string Example)
{
    /// <summary>The commands below it, each with its own example; none for most.</summary>
    public ImmutableArray<DeclaredCommand> Below { get; init; } = [];
}
