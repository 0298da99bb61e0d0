using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Sameboat.Allocation;
using Sameboat.Allocation.Checking;

namespace Sameboat.Exchange.Files;

/// <summary>What would be otherwise, if it is asked.</summary>
public enum WhatIfKind
{
    /// <summary>The price of each earmark.</summary>
    Earmarks,

    /// <summary>The price of each closed lane.</summary>
    Lanes,

    /// <summary>What other rules of division would give.</summary>
    Rules,
}

/// <summary>Plans as JSON, one on each line; the form is in docs/methods/shared-limits.md.</summary>
public static class PlanFile
{
    /// <summary>Plans an instance and writes the plan, proved, on one line.</summary>
    /// <param name="stream">Takes UTF-8.</param>
    /// <param name="instance">The instance.</param>
    /// <param name="divisible">As if packs could be opened.</param>
    /// <param name="whatIf">What is asked besides; null for nothing.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="SharedNotSolvedException">The linear solver found no optimum.</exception>
    public static SharedPlan Write(Stream stream, Instance instance, bool divisible, WhatIfKind? whatIf)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(instance);
        var plan = SharedAllocator.Allocate(instance.Problem);
        if (SharedPlanChecker.Check(instance.Problem, plan) is { } failure)
        {
            throw new InvalidOperationException($"The plan is not proved: {failure}");
        }

        if (WritePlan(stream, instance, plan, divisible, whatIf) is { } missing)
        {
            throw new InvalidOperationException($"The plan is not proved: {missing}");
        }

        stream.Write("\n"u8);
        return plan;
    }

    /// <summary>Writes the plan, without a line end.</summary>
    /// <returns>The tie-break that the plan should keep and does not; null where there is none.</returns>
    internal static SharedFailure? WritePlan(
        Stream stream, Instance instance, SharedPlan plan, bool divisible, WhatIfKind? whatIf)
    {
        using var json = new Utf8JsonWriter(stream);
        var claims = instance.Problem.Claims.ToDictionary(claim => claim.Id);
        var sentences = new SharedSentences(plan, new SharedWords(member => instance.Members[member],
            lot => instance.Lots[lot], limit => instance.Limits[limit]));
        var lines = divisible ? [.. plan.Flows.Select(flow => (flow.Lot, flow.Claim, flow.Amount))]
            : plan.Lines.Select(line => (line.Lot, line.Claim, Amount: Rational.Of(line.Quantity))).ToList();
        json.WriteStartObject();
        json.WriteString("id", instance.Id);
        json.WriteString("by", PlanFileCheck.Word(instance.Problem.By));
        json.WriteString("guarantee", divisible ? "divisible"
            : CertificateWord(PackProof.Of(instance.Problem, plan.Lines)));
        json.WriteStartObject("lottery");
        json.WriteString("seed", instance.Problem.Seed.ToString(CultureInfo.InvariantCulture));
        json.WriteString("commitment", LotteryCommitment.Of(instance.Problem.Seed));
        json.WriteEndObject();
        json.WriteStartArray("lines");
        foreach (var (lot, id, amount) in lines)
        {
            json.WriteStartObject();
            json.WriteString("lot", instance.Lots[lot]);
            WriteClaim(json, instance, claims[id]);
            WriteAmount(json, amount, divisible);
            json.WriteString("reason", sentences.For(id));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteShares(json, instance, plan, claims, divisible);
        WritePrices(json, instance, plan);
        WriteUnused(json, instance, lines, sentences, divisible);
        var ties = TieProof.Of(instance.Problem, lines, isWhole: !divisible);
        WriteTies(json, instance, ties);
        if (!divisible)
        {
            VehiclesJson.Write(json, instance, plan);
            CreditJson.Write(json, instance, plan);
        }

        if (whatIf == WhatIfKind.Rules)
        {
            RulesJson.Write(json, instance, plan);
        }
        else if (whatIf is { } kind)
        {
            WhatIfJson.Write(json, instance, plan, kind);
        }

        json.WriteEndObject();
        return TieProof.FirstMissing(plan, ties, isWhole: !divisible);
    }

    internal static string CertificateWord(PackGuarantee guarantee) => guarantee switch
    {
        PackGuarantee.Exact => "exact",
        PackGuarantee.ExactForEachSize => "exact-for-each-size",
        _ => "gaps-only",
    };

    internal static void WriteClaim(Utf8JsonWriter json, Instance instance, SharedClaim claim)
    {
        json.WriteString("member", instance.Members[claim.Member]);
        json.WriteString("item", instance.Items[claim.Item]);
    }

    private static void WriteAmount(Utf8JsonWriter json, Rational amount, bool divisible)
    {
        if (divisible)
        {
            json.WriteString("quantity", amount.ToString());
        }
        else
        {
            json.WriteNumber("quantity", (long)amount.Numerator);
        }
    }

    private static void WriteShares(Utf8JsonWriter json, Instance instance, SharedPlan plan,
        Dictionary<int, SharedClaim> claims, bool divisible)
    {
        json.WriteStartArray("coverage");
        foreach (var share in plan.Shares)
        {
            json.WriteStartObject();
            WriteClaim(json, instance, claims[share.Claim]);
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

    /// <summary>Whether the tie-breaks are proved to be kept, by item; nothing where nothing tells lanes apart.
    /// </summary>
    private static void WriteTies(Utf8JsonWriter json, Instance instance, ImmutableArray<TieProof> ties)
    {
        if (ties.IsEmpty)
        {
            return;
        }

        json.WriteStartArray("ties");
        foreach (var tie in ties)
        {
            json.WriteStartObject();
            json.WriteString("item", instance.Items[tie.Item]);
            json.WriteString("order", tie.IsProved ? "proved" : "not-proved");
            json.WriteString("lottery", tie.Lottery switch
            {
                TieLottery.Only => "only",
                TieLottery.Least => "least",
                _ => "not-proved",
            });
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Prices as whole numbers without a common divisor: only their proportions matter.</summary>
    private static void WritePrices(Utf8JsonWriter json, Instance instance, SharedPlan plan)
    {
        json.WriteStartArray("certificates");
        foreach (var prices in plan.Prices)
        {
            var all = prices.LotPrices.Values.Concat(prices.LimitPrices.Values).ToList();
            var bottom = all.Aggregate(BigInteger.One, (common, price) =>
                common / BigInteger.GreatestCommonDivisor(common, price.Denominator) * price.Denominator);
            var top = all.Aggregate(BigInteger.Zero, (common, price) =>
                BigInteger.GreatestCommonDivisor(common, (price * Rational.Of(bottom)).Numerator));
            var scale = Rational.Of(bottom, top.IsZero ? 1 : top);
            json.WriteStartObject();
            json.WriteStartObject("lots");
            foreach (var (lot, price) in prices.LotPrices)
            {
                json.WriteString(instance.Lots[lot], (price * scale).ToString());
            }

            json.WriteEndObject();
            json.WriteStartObject("limits");
            foreach (var (limit, price) in prices.LimitPrices)
            {
                json.WriteString(instance.Limits[limit], (price * scale).ToString());
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteUnused(Utf8JsonWriter json, Instance instance,
        List<(int Lot, int Claim, Rational Amount)> lines, SharedSentences sentences, bool divisible)
    {
        var used = lines.GroupBy(line => line.Lot).ToDictionary(lot => lot.Key,
            lot => lot.Aggregate(Rational.Zero, (sum, line) => sum + line.Amount));
        json.WriteStartArray("unused");
        foreach (var lot in instance.Problem.Lots.OrderBy(lot => lot.Id))
        {
            var left = Rational.Of(lot.Quantity) - used.GetValueOrDefault(lot.Id);
            if (left > Rational.Zero)
            {
                json.WriteStartObject();
                json.WriteString("lot", instance.Lots[lot.Id]);
                WriteAmount(json, left, divisible);
                json.WriteString("reason", sentences.ForLeft(lot.Id, left, divisible));
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }
}
