using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sameboat.Allocation;
using Sameboat.Allocation.Checking;

namespace Sameboat.Exchange.Files;

/// <summary>
/// Verifies a file of plans against the instances they are for: what the plan states is proved by the independent
/// checker, and all that follows from it is worked out again and compared, so that no field can be changed by hand.
/// </summary>
public static partial class PlanFileCheck
{
    private const string Shape = "plans as allocate writes them, one for each instance";

    /// <summary>Checks a file.</summary>
    /// <param name="instancePath">The instances.</param>
    /// <param name="planPath">The plans, in the same order.</param>
    /// <param name="asked">Whose coverage the plans must be fair by; a plan by the other is refused.</param>
    /// <param name="promise">What else the plans must keep: the seed promised, what was owed before.</param>
    /// <param name="failures">Takes the first thing that does not hold of each plan; empty where all holds.</param>
    /// <returns>How many plans hold.</returns>
    public static int Check(
        string instancePath, string planPath, CoverageBy asked, PlanPromise promise, FaultList failures)
    {
        ArgumentNullException.ThrowIfNull(promise);
        ArgumentNullException.ThrowIfNull(failures);
        var plans = JsonFile.Read(planPath, Shape, values => new Plans(values), failures);
        if (plans is null)
        {
            return 0;
        }

        var name = InputSource.NameOf(planPath);
        try
        {
            var settings = plans.Values.Select(plan => SettingsOf(plan, asked, promise)).ToList();
            var (by, seed) = settings[0];
            var read = InstanceFileReader.Read(instancePath, by, seed);
            if (!read.IsRead)
            {
                failures.AddAll(read.Faults);
                return 0;
            }

            if (read.Value.Instances.Length != plans.Values.Length)
            {
                failures.Add(Fault.Describe(name, 0, 0,
                    string.Create(CultureInfo.InvariantCulture, $"{plans.Values.Length} plans"),
                    string.Create(CultureInfo.InvariantCulture,
                        $"{read.Value.Instances.Length}, one for each instance")));
                return 0;
            }

            foreach (var (at, plan) in plans.Values.Index())
            {
                var instance = read.Value.Instances[at];
                instance = instance with
                {
                    Problem = instance.Problem with { By = settings[at].By, Seed = settings[at].Seed },
                };
                if (promise.Credit is not null || plan.Has("credit"))
                {
                    instance = (promise.Credit ?? CreditFile.Empty).Into(instance);
                }

                if (new PlanReader(instance, plan).Check() is { } wrong)
                {
                    failures.Add(Fault.Describe(name, 0, 0, wrong.Message, wrong.Expected));
                }
            }
        }
        catch (WrongJsonException wrong)
        {
            failures.Add(Fault.Describe(name, 0, 0, wrong.Message, wrong.Expected));
        }

        return plans.Values.Length - (int)failures.Total;
    }

    private static (CoverageBy By, ulong Seed) SettingsOf(JsonPlace plan, CoverageBy asked, PlanPromise promise)
    {
        plan.Members(["id", "by", "guarantee", "lottery", "lines", "coverage", "certificates", "unused"], "what_if",
            "vehicles", "credit", "ties");
        plan.Member("lottery").Members(["seed", "commitment"]);
        var by = plan.Member("by");
        var seed = plan.Member("lottery").Member("seed");
        if (by.Text() is not ("item" or "member"))
        {
            throw by.Wrong(by.Kind(), "item or member");
        }

        if (by.Text() == "member" != (asked == CoverageBy.Member))
        {
            throw by.Wrong(by.Kind(), $"{Word(asked)}, as asked; check takes --by {by.Text()} for such plans");
        }

        if (!ulong.TryParse(seed.Text(), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            throw seed.Wrong(seed.Kind(), "a whole number below 2^64 as text");
        }

        if (promise.Seed is { } promised && promised != number)
        {
            throw seed.Wrong(seed.Kind(),
                string.Create(CultureInfo.InvariantCulture, $"\"{promised}\", which follows from the seed promised"));
        }

        if (promise.Credit is null && plan.Has("credit"))
        {
            foreach (var one in plan.Member("credit").List().Where(one => one.Member("owed").Text() != "0"))
            {
                throw one.Member("owed").Wrong(one.Member("owed").Kind(),
                    "\"0\", or check with --credit and the file that was read before the round");
            }
        }

        return (asked, number);
    }

    /// <summary>The word of plan files and commands for whose coverage counts.</summary>
    internal static string Word(CoverageBy by) => by == CoverageBy.Member ? "member" : "item";

    /// <summary>Puts the instance's names for the numbers that the checker uses.</summary>
    internal static string Named(string text, Instance instance) => Numbered().Replace(text, match =>
        int.TryParse(match.Groups[2].Value, CultureInfo.InvariantCulture, out var id)
            ? match.Groups[1].Value switch
            {
                "lot" when id < instance.Lots.Length => $"lot «{instance.Lots[id]}»",
                "item" when id < instance.Items.Length => $"item «{instance.Items[id]}»",
                "limit" when id < instance.Limits.Length => $"limit «{instance.Limits[id]}»",
                "claim" when instance.Problem.Claims.FirstOrDefault(one => one.Id == id) is { } claim =>
                    $"claim «{instance.Members[claim.Member]}, {instance.Items[claim.Item]}»",
                "prices" => string.Create(CultureInfo.InvariantCulture, $"certificates[{id}]"),
                _ => match.Value,
            }
            : match.Value);

    [GeneratedRegex(
        "(lot|limit|claim|prices|item) ([0-9]{1,9})", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Numbered();

    private sealed record Plans(ImmutableArray<JsonPlace> Values);
}
