using System.Collections.Immutable;
using System.Numerics;
using System.Text.Json;
using Sameboat.Allocation;
using Sameboat.Allocation.Checking;

namespace Sameboat.Exchange.Files;

/// <summary>Reads one plan of a file back, proves it, and compares the file with what follows from it.</summary>
internal sealed class PlanReader
{
    private readonly Instance _instance;
    private readonly JsonPlace _plan;
    private readonly bool _divisible;
    private readonly Dictionary<(string Member, string Item), SharedClaim> _claims;

    public PlanReader(Instance instance, JsonPlace plan)
    {
        (_instance, _plan) = (instance, plan);
        _divisible = plan.Member("guarantee").Text() == "divisible";
        _claims = instance.Problem.Claims.ToDictionary(claim =>
            (instance.Members[claim.Member], instance.Items[claim.Item]));
    }

    /// <summary>The first thing that does not hold; null when all does.</summary>
    public WrongJsonException? Check()
    {
        try
        {
            var plan = Read();
            if (SharedPlanChecker.Check(_instance.Problem, plan) is { } failure)
            {
                return new WrongJsonException(
                    PlanFileCheck.Named($"in {failure.What} at {failure.Where} {failure.Found}", _instance),
                    PlanFileCheck.Named(failure.Expected, _instance));
            }

            using var again = new MemoryStream();
            var missing = PlanFile.WritePlan(again, _instance, plan, _divisible, WhatIfAsked());
            using var expected = JsonDocument.Parse(again.ToArray());
            return JsonDifference.First(_plan, expected.RootElement)
                ?? (missing is null ? null : new WrongJsonException(
                    PlanFileCheck.Named($"in {missing.What} at {missing.Where} {missing.Found}", _instance),
                    missing.Expected));
        }
        catch (WrongJsonException wrong)
        {
            return wrong;
        }
    }

    private WhatIfKind? WhatIfAsked()
    {
        if (!_plan.Has("what_if"))
        {
            return null;
        }

        var asked = _plan.Member("what_if");
        if (asked.Has("kind") && asked.Member("kind").Text() == "rules")
        {
            asked.Members(["kind", "rules", "not_compared"]);
            return WhatIfKind.Rules;
        }

        asked.Members(["kind", "without_effect", "not_priced", "prices"]);
        return asked.Member("kind").Text() switch
        {
            "earmarks" => WhatIfKind.Earmarks,
            "lanes" => WhatIfKind.Lanes,
            _ => throw asked.Member("kind").Wrong(asked.Member("kind").Kind(), "earmarks, lanes or rules"),
        };
    }

    private SharedPlan Read()
    {
        var lines = _plan.Member("lines").List().Select(LineOf).ToList();
        var given = lines.GroupBy(line => line.Claim).ToDictionary(claim => claim.Key,
            claim => claim.Aggregate(Rational.Zero, (sum, line) => sum + line.Amount));
        var packs = _instance.Problem.Lots.ToDictionary(lot => lot.Id, lot => lot.PackSize);
        ImmutableArray<LevelPrices> prices = [.. _plan.Member("certificates").List().Select(PricesOf)];
        return new SharedPlan(_instance.Problem, prices,
            _divisible ? [.. lines.Select(line => new FairFlow(line.Lot, line.Claim, line.Amount))] : [],
            _divisible ? [] : [.. lines.Select(line => new PackLine(line.Lot, line.Claim,
                (long)line.Amount.Numerator / packs[line.Lot], (long)line.Amount.Numerator))],
            [.. _plan.Member("coverage").List().Select(one => ShareOf(one, given))], 0);
    }

    private (int Lot, int Claim, Rational Amount) LineOf(JsonPlace line)
    {
        line.Members(["lot", "member", "item", "quantity", "reason"]);
        return (At(_instance.Lots, line.Member("lot"), "lot"), ClaimOf(line).Id, _divisible
            ? line.Member("quantity").Fraction() : Rational.Of(line.Member("quantity").Whole()));
    }

    private static int At(ImmutableArray<string> names, JsonPlace place, string what)
    {
        var at = names.IndexOf(place.Text());
        return at >= 0 ? at : throw place.Wrong(place.Kind(), $"a {what} of the instance");
    }

    private SharedClaim ClaimOf(JsonPlace one) =>
        _claims.TryGetValue((one.Member("member").Text(), one.Member("item").Text()), out var claim) ? claim
            : throw one.Wrong($"«{one.Member("member").Text()}, {one.Member("item").Text()}»",
                "a member and an item with a claim");

    private SharedShare ShareOf(JsonPlace one, Dictionary<int, Rational> given)
    {
        one.Members(["member", "item", "ratio", "gap"], "level", "certificate");
        var claim = ClaimOf(one);
        Rational? level = one.Has("level") ? one.Member("level").Fraction() : null;
        int? prices = one.Has("certificate") ? one.Member("certificate").Whole() is >= 0 and < int.MaxValue and var at
            ? (int)at : throw one.Member("certificate").Wrong(one.Member("certificate").Kind(), "a place in the list")
            : null;
        if (level is null != prices is null)
        {
            throw one.Wrong("a level or a certificate alone", "both or neither");
        }

        var (need, received) = (Rational.Of(claim.Need), Rational.Of(claim.Received));
        var limit = Rational.Of(claim.Limit);
        var asked = level is { } reached ? (reached * need) - received : limit;
        asked = asked < Rational.Zero ? Rational.Zero : asked > limit ? limit : asked;
        var amount = given.GetValueOrDefault(claim.Id);
        var fair = (received + asked) / need;
        var (coverage, packed) = _divisible ? ((received + amount) / need, 0L)
            : (received / need, (long)BigInteger.Min(amount.Numerator, long.MaxValue));
        return new SharedShare(claim.Id, level, prices, fair, coverage, fair - coverage, packed,
            fair - ((received + Rational.Of(packed)) / need));
    }

    private LevelPrices PricesOf(JsonPlace one)
    {
        one.Members(["lots", "limits"]);
        return new LevelPrices(
            Named(one.Member("lots"), _instance.Lots, "lot"), Named(one.Member("limits"), _instance.Limits, "limit"));
    }

    private static ImmutableSortedDictionary<int, Rational> Named(
        JsonPlace prices, ImmutableArray<string> names, string what)
    {
        if (prices.Value.ValueKind != JsonValueKind.Object)
        {
            throw prices.Wrong(prices.Kind(), "an object");
        }

        var found = ImmutableSortedDictionary.CreateBuilder<int, Rational>();
        foreach (var price in prices.Value.EnumerateObject())
        {
            var at = names.IndexOf(price.Name);
            if (at < 0 || !found.TryAdd(at, prices.Member(price.Name).Fraction()))
            {
                throw prices.Member(price.Name).Wrong("a price", $"a {what} of the instance, once");
            }
        }

        return found.ToImmutable();
    }
}
