namespace Sameboat.Commands;

/// <summary>What the program tells the shell; scripts rely on these.</summary>
public static class ExitCode
{
    /// <summary>The command did what it was asked.</summary>
    public const int Done = 0;

    /// <summary>The input was refused; each fault is a line on standard error. Nothing was written.</summary>
    public const int Refused = 1;

    /// <summary>The command line itself was wrong.</summary>
    public const int WrongUsage = 2;

    /// <summary>The user broke it off (Ctrl-C); nothing was written.</summary>
    public const int BrokenOff = 130;
}
