using Sameboat.Server.Tests.Storage.Faults;

namespace Sameboat.Server.Tests;

/// <summary>The test program, which is also the node that a test of faults starts and kills.</summary>
internal static class EntryPoint
{
    internal static Task<int> Main(string[] args) =>
        args is [FaultWriter.Name, .. var rest]
            ? FaultWriter.RunAsync(rest)
            : Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
}
