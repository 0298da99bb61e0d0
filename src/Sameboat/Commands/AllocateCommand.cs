using System.CommandLine;
using System.Text.Json;
using Sameboat.Allocation;
using Sameboat.Allocation.Checking;
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
        var command = new Command("allocate", "Divides lots among claims under shared limits.")
        {
            instance, output, divisible, by,
        };
        command.SetAction(parsed => Run(terminal, parsed.GetRequiredValue(instance), parsed.GetRequiredValue(output),
            parsed.GetValue(divisible),
            parsed.GetValue(by) == "member" ? CoverageBy.Member : CoverageBy.MemberItem));
        return new DeclaredCommand(command, "sameboat allocate --instance instance.json --out plan.json --divisible");
    }

    private static int Run(Terminal terminal, string path, string output, bool divisible, CoverageBy by)
    {
        var read = InstanceFileReader.Read(path, by);
        if (!read.IsRead)
        {
            return Answer.Refuse(terminal, read.Faults);
        }

        try
        {
            return WriteAll(output, read.Value, divisible) is { } refusal
                ? Answer.Refuse(terminal, refusal)
                : ExitCode.Done;
        }
        catch (SharedNotSolvedException unsolved)
        {
            return Answer.Refuse(terminal, Fault.Describe(
                InputSource.NameOf(path), 0, 0, unsolved.Message, "an instance that the linear solver can solve"));
        }
    }

    private static Fault? WriteAll(string output, InstanceFile file, bool divisible) =>
        OutputFile.Write(output, stream =>
        {
            foreach (var instance in file.Instances)
            {
                var plan = SharedAllocator.Allocate(instance.Problem);
                if (SharedPlanChecker.Check(instance.Problem, plan) is { } failure)
                {
                    throw new InvalidOperationException($"The plan is not proved: {failure}");
                }

                Write(stream, instance, plan, divisible);
                stream.Write("\n"u8);
            }
        });

    private static void Write(Stream stream, Instance instance, SharedPlan plan, bool divisible)
    {
        using var json = new Utf8JsonWriter(stream);
        var claims = instance.Problem.Claims.ToDictionary(claim => claim.Id);
        json.WriteStartObject();
        json.WriteString("id", instance.Id);
        json.WriteStartArray("lines");
        foreach (var (lot, id, amount) in divisible
            ? plan.Flows.Select(flow => (flow.Lot, flow.Claim, flow.Amount))
            : plan.Lines.Select(line => (line.Lot, line.Claim, Rational.Of(line.Quantity))))
        {
            json.WriteStartObject();
            json.WriteString("lot", instance.Lots[lot]);
            json.WriteString("member", instance.Members[claims[id].Member]);
            json.WriteString("item", instance.Items[claims[id].Item]);
            if (divisible)
            {
                json.WriteString("quantity", amount.ToString());
            }
            else
            {
                json.WriteNumber("quantity", (long)amount.Numerator);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteShares(json, instance, plan, claims, divisible);
        WritePrices(json, instance, plan);
        json.WriteEndObject();
    }

    private static void WriteShares(Utf8JsonWriter json, Instance instance, SharedPlan plan,
        Dictionary<int, SharedClaim> claims, bool divisible)
    {
        json.WriteStartArray("coverage");
        foreach (var share in plan.Shares)
        {
            var claim = claims[share.Claim];
            json.WriteStartObject();
            json.WriteString("member", instance.Members[claim.Member]);
            json.WriteString("item", instance.Items[claim.Item]);
            json.WriteString("ratio", (divisible ? share.Coverage : share.Fair - share.PackGap).ToString());
            json.WriteString("gap", (divisible ? share.Gap : share.PackGap).ToString());
            if (share.Level is { } level)
            {
                json.WriteString("level", level.ToString());
                json.WriteNumber("certificate", share.Prices!.Value);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WritePrices(Utf8JsonWriter json, Instance instance, SharedPlan plan)
    {
        json.WriteStartArray("certificates");
        foreach (var prices in plan.Prices)
        {
            json.WriteStartObject();
            json.WriteStartObject("lots");
            foreach (var (lot, price) in prices.LotPrices)
            {
                json.WriteString(instance.Lots[lot], price.ToString());
            }

            json.WriteEndObject();
            json.WriteStartObject("limits");
            foreach (var (limit, price) in prices.LimitPrices)
            {
                json.WriteString(instance.Limits[limit], price.ToString());
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
