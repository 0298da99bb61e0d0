namespace Sameboat.Commands;

/// <summary>The terminal and the clock of the machine.</summary>
public static class SystemTerminal
{
    /// <summary>Takes them up.</summary>
    public static Terminal Open() =>
        new(Console.Out, Console.Error, !Console.IsErrorRedirected, TimeProvider.System);
}
