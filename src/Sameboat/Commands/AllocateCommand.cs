using System.CommandLine;
using Sameboat.Allocation;
using Sameboat.Exchange.Files;

namespace Sameboat.Commands;

/// <summary><c>sameboat allocate</c>: divides the lots of an instance fairly, within its shared limits.</summary>
internal static class AllocateCommand
{
    internal static DeclaredCommand Declare(Terminal terminal)
    {
        var instance = OptionOf.Path("--instance", "Claims, lots, lanes and limits as JSON.");
        var output = OptionOf.Path("--out", "Where to write the plan; - for standard output.");
        var divisible = new Option<bool>("--divisible") { Description = "As if packs could be opened, in fractions." };
        var by = new Option<string>("--by")
        {
            Description = "Whose coverage counts: each item of a member, or a member's least covered item.",
            DefaultValueFactory = _ => "item",
        };
        by.AcceptOnlyFromAmong("item", "member");
        var whatIf = new Option<string?>("--what-if")
        {
            Description = "Prices every earmark, or every closed lane, in the plan; or compares other rules.",
        };
        whatIf.AcceptOnlyFromAmong("earmarks", "lanes", "rules");
        var seed = OptionOf.Seed("The seed of the lottery among equals, promised beforehand.", 0);
        var round = OptionOf.Round();
        var credit = OptionOf.OptionalPath("--credit", "What earlier rounds left owed: member,item,owed.");
        var creditOut = OptionOf.OptionalPath("--credit-out", "Where to write what is owed after this round.");
        var command = new Command("allocate", "Divides lots among claims under shared limits.")
        {
            instance, output, divisible, by, whatIf, seed, round, credit, creditOut,
        };
        command.Validators.Add(result =>
        {
            var carries = result.GetValue(credit) is not null || result.GetValue(creditOut) is not null;
            if (carries && (result.GetValue(divisible) || result.GetValue(by) == "member"))
            {
                result.AddError("--credit and --credit-out carry whole packs by item: "
                    + "they go with neither --divisible nor --by member.");
            }

            if (result.GetValue(creditOut) is { } one && one == result.GetValue(output))
            {
                result.AddError("--credit-out and --out name the same file.");
            }
        });
        command.SetAction(parsed => Run(terminal, new AllocateOptions(
            parsed.GetRequiredValue(instance), parsed.GetRequiredValue(output), parsed.GetValue(divisible),
            parsed.GetValue(by) == "member" ? CoverageBy.Member : CoverageBy.MemberItem,
            parsed.GetValue(whatIf) switch
            {
                null => null,
                "earmarks" => WhatIfKind.Earmarks,
                "lanes" => WhatIfKind.Lanes,
                _ => WhatIfKind.Rules,
            },
            SeedOf(parsed.GetValue(seed), parsed.GetValue(round)), parsed.GetValue(credit),
            parsed.GetValue(creditOut))));
        return new DeclaredCommand(command, "sameboat allocate --instance instance.json --out plan.json --divisible");
    }

    /// <summary>The seed itself, or that of a round.</summary>
    internal static ulong SeedOf(ulong seed, int? round) =>
        round is { } number ? LotteryCommitment.ForRound(seed, number) : seed;

    private static int Run(Terminal terminal, AllocateOptions options)
    {
        var read = InstanceFileReader.Read(options.Instance, options.By, options.Seed);
        if (!read.IsRead)
        {
            return Answer.Refuse(terminal, read.Faults);
        }

        if (options.Credit is null && options.CreditOut is null)
        {
            return Guarded(terminal, options, () => OutputFile.Write(options.Output, stream =>
            {
                foreach (var one in read.Value.Instances)
                {
                    PlanFile.Write(stream, one, options.IsDivisible, options.WhatIf);
                }
            }));
        }

        if (read.Value.Instances.Length != 1)
        {
            return Answer.Refuse(terminal, Fault.Describe(InputSource.NameOf(options.Instance), 0, 0,
                FormattableString.Invariant($"{read.Value.Instances.Length} instances"),
                "one instance, where credit is carried from round to round"));
        }

        var before = options.Credit is null ? null : CreditFile.Read(options.Credit);
        return before is { IsRead: false } ? Answer.Refuse(terminal, before.Faults)
            : RunRound(terminal, options, read.Value.Instances[0], before?.Value ?? CreditFile.Empty);
    }

    private static int RunRound(Terminal terminal, AllocateOptions options, Instance instance, CreditFile before)
    {
        var round = before.Into(instance);
        if (round.Problem.Refusals() is [var first, ..])
        {
            return Answer.Refuse(terminal, Fault.Describe(
                InputSource.NameOf(options.Credit ?? options.Instance), 0, 0, first.Found, first.Expected));
        }

        return Guarded(terminal, options, () =>
        {
            using var plan = new MemoryStream();
            var after = before.After(round, PlanFile.Write(plan, round, divisible: false, options.WhatIf));
            return (options.CreditOut is { } path ? OutputFile.Write(path, after.Write) : null)
                ?? OutputFile.Write(options.Output, stream => stream.Write(plan.ToArray()));
        });
    }

    private static int Guarded(Terminal terminal, AllocateOptions options, Func<Fault?> write)
    {
        try
        {
            return write() is { } refusal ? Answer.Refuse(terminal, refusal) : ExitCode.Done;
        }
        catch (SharedNotSolvedException unsolved)
        {
            return Answer.Refuse(terminal, Fault.Describe(InputSource.NameOf(options.Instance), 0, 0,
                unsolved.Message, "an instance that the linear solver can solve"));
        }
    }

    /// <summary>What was asked.</summary>
    private sealed record AllocateOptions(string Instance, string Output, bool IsDivisible, CoverageBy By,
        WhatIfKind? WhatIf, ulong Seed, string? Credit, string? CreditOut);
}
