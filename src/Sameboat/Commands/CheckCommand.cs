using System.CommandLine;
using Sameboat.Allocation;
using Sameboat.Exchange.Chain.Checking;
using Sameboat.Exchange.Files;
using Sameboat.Record;

namespace Sameboat.Commands;

/// <summary><c>sameboat check</c>: verifies what <c>plan</c> or <c>allocate</c> wrote, from the files alone.</summary>
internal static class CheckCommand
{
    internal static DeclaredCommand Declare(Terminal terminal)
    {
        var folder = new Argument<string?>("DIR") 
        {
            Description = "The folder that plan wrote.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var instance = OptionOf.OptionalPath("--instance", "The instances that allocate was given.");
        var plan = OptionOf.OptionalPath("--plan", "The plans that allocate wrote.");
        var by = new Option<string>("--by")
        {
            Description = "Whose coverage the plans must be fair by, as allocate was asked.",
            DefaultValueFactory = _ => "item",
        };
        by.AcceptOnlyFromAmong("item", "member");
        var seed = OptionOf.OptionalSeed("The seed that was promised: plans drawn by another are refused.");
        var round = OptionOf.Round();
        var credit = OptionOf.OptionalPath("--credit", "What was owed before the round, as allocate read it.");
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
            folder, key, instance, plan, by, seed, round, credit,
        };
        command.Validators.Add(result =>
        {
            var files = new[] { result.GetValue(instance), result.GetValue(plan) }.Count(path => path is not null);
            if (files != (result.GetValue(folder) is null ? 2 : 0))
            {
                result.AddError("check takes a folder that plan wrote, or --instance FILE and --plan FILE.");
            }

            if (result.GetValue(folder) is not null && (result.GetValue(seed) is not null
                || result.GetValue(credit) is not null))
            {
                result.AddError("--seed and --credit go with --instance FILE and --plan FILE.");
            }

            if (result.GetValue(round) is not null && result.GetValue(seed) is null)
            {
                result.AddError("--round goes with --seed: the lottery of a round follows from the seed of all.");
            }
        });
        command.SetAction(parsed => parsed.GetValue(folder) is { } named
            ? Run(terminal, named, parsed.GetValue(key))
            : RunFiles(terminal, parsed.GetValue(instance)!, parsed.GetValue(plan)!,
                parsed.GetValue(by) == "member" ? CoverageBy.Member : CoverageBy.MemberItem,
                parsed.GetValue(seed) is { } promised
                    ? AllocateCommand.SeedOf(promised, parsed.GetValue(round)) : null, parsed.GetValue(credit)));
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

    private static int RunFiles(
        Terminal terminal, string instance, string plan, CoverageBy by, ulong? seed, string? credit)
    {
        var before = credit is null ? null : CreditFile.Read(credit);
        if (before is { IsRead: false })
        {
            return Answer.Refuse(terminal, before.Faults);
        }

        var failures = new FaultList();
        var held = PlanFileCheck.Check(instance, plan, by, new PlanPromise(seed, before?.Value), failures);
        if (!failures.IsEmpty)
        {
            return Answer.Refuse(terminal, failures);
        }

        terminal.Output.WriteLine((held == 1 ? "the plan holds" : FormattableString.Invariant($"all {held} plans hold"))
            + (by == CoverageBy.Member ? ", by each member's least covered item" : ", by each item of each member")
            + (seed is null ? "" : ", drawn by the seed promised"));
        return ExitCode.Done;
    }
}
