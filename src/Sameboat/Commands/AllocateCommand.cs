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
            Description = "Prices every earmark, or every closed lane, in the plan.",
        };
        whatIf.AcceptOnlyFromAmong("earmarks", "lanes");
        var seed = OptionOf.Seed("The seed of the lottery among equals, promised beforehand.", 0);
        var command = new Command("allocate", "Divides lots among claims under shared limits.")
        {
            instance, output, divisible, by, whatIf, seed,
        };
        command.SetAction(parsed =>
        {
            var read = InstanceFileReader.Read(parsed.GetRequiredValue(instance),
                parsed.GetValue(by) == "member" ? CoverageBy.Member : CoverageBy.MemberItem, parsed.GetValue(seed));
            WhatIfKind? kind = parsed.GetValue(whatIf) switch
            {
                null => null,
                "earmarks" => WhatIfKind.Earmarks,
                _ => WhatIfKind.Lanes,
            };
            return read.IsRead
                ? Run(terminal, parsed.GetRequiredValue(instance), parsed.GetRequiredValue(output), stream =>
                {
                    foreach (var one in read.Value.Instances)
                    {
                        PlanFile.Write(stream, one, parsed.GetValue(divisible), kind);
                    }
                })
                : Answer.Refuse(terminal, read.Faults);
        });
        return new DeclaredCommand(command, "sameboat allocate --instance instance.json --out plan.json --divisible");
    }

    private static int Run(Terminal terminal, string path, string output, Action<Stream> write)
    {
        try
        {
            return OutputFile.Write(output, write) is { } refusal ? Answer.Refuse(terminal, refusal) : ExitCode.Done;
        }
        catch (SharedNotSolvedException unsolved)
        {
            return Answer.Refuse(terminal, Fault.Describe(
                InputSource.NameOf(path), 0, 0, unsolved.Message, "an instance that the linear solver can solve"));
        }
    }
}
