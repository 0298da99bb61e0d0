using System.CommandLine;
using Sameboat.Exchange.Chain.Checking;
using Sameboat.Record;

namespace Sameboat.Commands;

/// <summary><c>sameboat check</c>: verifies everything that <c>plan</c> wrote, from the files alone.</summary>
internal static class CheckCommand
{
    internal static DeclaredCommand Declare(Terminal terminal)
    {
        var folder = new Argument<string>("DIR") { Description = "The folder that plan wrote." };
        var key = new Option<string?>("--key")
        {
            Description = "The verifier key that must have signed it, as plan printed it.",
            HelpName = "KEY",
        };
        key.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !VerifierKey.TryParse(result.Tokens[0].Value, out _))
            {
                result.AddError("--key takes a verifier key: name+id+base64, as plan printed it.");
            }
        });
        var command = new Command("check", "Verifies a plan: sums, needs, certificates, signatures, hashes.")
        {
            folder, key,
        };
        command.SetAction(parsed => Run(terminal, parsed.GetRequiredValue(folder), parsed.GetValue(key)));
        return new DeclaredCommand(command, "sameboat check out/plan");
    }

    private static int Run(Terminal terminal, string folder, string? keyText)
    {
        using var progress = Progress.Begin(terminal, $"checking {folder}");
        var pinned = keyText is null ? null : VerifierKey.Parse(keyText);
        var verdict = RunCheck.Check(folder, pinned);
        progress.Dispose();
        foreach (var part in verdict.Held)
        {
            terminal.Output.WriteLine($"holds: {part.Name}: {part.Detail}");
        }

        if (!verdict.Holds)
        {
            foreach (var line in verdict.Failures)
            {
                terminal.Error.WriteLine($"does not hold: {verdict.FailedPart}: {line}");
            }

            return ExitCode.Refused;
        }

        terminal.Output.WriteLine(verdict.IsSignerKnown
            ? "everything holds, and the key you named signed it"
            : "everything holds; to know who signed it, compare the key or name it with --key");
        return ExitCode.Done;
    }
}
