using Sameboat.Exchange.Files;

namespace Sameboat.Commands;

/// <summary>How a command ends: the lines on standard error that go with an exit code.</summary>
internal static class Answer
{
    /// <summary>Refuses: a line for each fault, the first fifty, then a count.</summary>
    internal static int Refuse(Terminal terminal, FaultList faults)
    {
        foreach (var line in faults.Lines())
        {
            terminal.Error.WriteLine(line);
        }

        return ExitCode.Refused;
    }

    /// <summary>Refuses for one fault.</summary>
    internal static int Refuse(Terminal terminal, Fault fault)
    {
        terminal.Error.WriteLine(fault);
        return ExitCode.Refused;
    }

    /// <summary>Tells the user what a reader did of its own, a sentence on each line.</summary>
    internal static void Remark(Terminal terminal, IEnumerable<string> remarks)
    {
        foreach (var remark in remarks)
        {
            terminal.Error.WriteLine($"note: {remark}");
        }
    }
}
