using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sameboat.Allocation;
using Sameboat.Exchange.Files;

namespace Sameboat.Engines.Tests.Allocation;

/// <summary>
/// Files of plans changed by somebody who wants to break them: each number one more or less, each part taken away,
/// doubled, moved or put in another's place. What is accepted must be the fairest all the same.
/// </summary>
public sealed class Plans_changed_at_random : IDisposable
{
    private const int Problems = 60;
    private const int ChangesOfEach = 25;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sameboat-changed-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public void Nothing_is_accepted_that_is_not_the_fairest(bool divisible, int stream)
    {
        var random = new SeededRandom((ulong)stream);
        var (tried, accepted) = (0, 0);
        for (var number = 0; number < Problems; number++)
        {
            var problem = number % 3 == 2 && !divisible ? SmallWholeProblems.Any((ulong)number)
                : WithWays(SmallSharedProblems.Of((ulong)number), random);
            var instance = Write("instance.json", InstanceOf(problem));
            var read = InstanceFileReader.Read(instance, problem.By, problem.Seed).Value.ShouldNotBeNull().Instances[0];
            using var stored = new MemoryStream();
            PlanFile.Write(stored, read, divisible, (number % 7) switch
            {
                0 => WhatIfKind.Earmarks,
                1 => WhatIfKind.Lanes,
                2 => WhatIfKind.Rules,
                _ => null,
            });
            var text = Encoding.UTF8.GetString(stored.ToArray());
            Accepts(instance, text, problem.By).ShouldBeTrue($"problem {number}");
            for (var change = 0; change < ChangesOfEach; change++)
            {
                var changed = Change(JsonNode.Parse(text)!, random);
                if (changed == JsonNode.Parse(text)!.ToJsonString())
                {
                    continue;
                }

                tried++;
                if (Accepts(instance, changed, problem.By))
                {
                    accepted++;
                    AsFair(text, changed, divisible).ShouldBeTrue($"problem {number}: {changed}");
                }
            }
        }

        tried.ShouldBeGreaterThan(Problems * ChangesOfEach * 9 / 10);
        accepted.ShouldBeLessThan(tried / 50);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"id\":\"\",\"by\":\"item\"}")]
    [InlineData("{\"by\":1}")]
    public void What_is_no_plan_is_refused(string text)
    {
        var instance = Write("instance.json", InstanceOf(SmallSharedProblems.Of(4)));
        Accepts(instance, text, CoverageBy.MemberItem).ShouldBeFalse();
    }

    [Theory]
    [InlineData("what_if", "[]")]
    [InlineData("what_if", "{\"kind\":[]}")]
    [InlineData("what_if", "{\"kind\":\"rules\"}")]
    [InlineData("credit", "[[]]")]
    [InlineData("credit", "{}")]
    [InlineData("lottery", "[]")]
    [InlineData("lottery", "{\"seed\":{},\"commitment\":\"\"}")]
    [InlineData("lines", "[7]")]
    [InlineData("lines", "{\"0\":1}")]
    [InlineData("coverage", "[null]")]
    [InlineData("certificates", "[[]]")]
    [InlineData("certificates", "[{\"lots\":[],\"limits\":{}}]")]
    [InlineData("unused", "3")]
    [InlineData("ties", "\"\"")]
    [InlineData("vehicles", "[true]")]
    [InlineData("guarantee", "[]")]
    [InlineData("by", "null")]
    [InlineData("id", "{}")]
    public void A_part_of_another_kind_is_refused_by_its_place(string part, string value)
    {
        var instance = Write("instance.json", InstanceOf(SmallSharedProblems.Of(4)));
        var read = InstanceFileReader.Read(instance, CoverageBy.MemberItem).Value.ShouldNotBeNull().Instances[0];
        using var stored = new MemoryStream();
        PlanFile.Write(stored, read, divisible: true, whatIf: null);
        var plan = JsonNode.Parse(stored.ToArray())!;
        plan[part] = JsonNode.Parse(value);
        Accepts(instance, plan.ToJsonString(), CoverageBy.MemberItem).ShouldBeFalse();
    }

    /// <summary>Same coverage of everybody; in whole packs the same sorted ones, since lots may change hands.</summary>
    private static bool AsFair(string text, string changed, bool divisible)
    {
        List<string> Of(string plan) => [.. JsonNode.Parse(plan)!["coverage"]!.AsArray().Select(one =>
            $"{(divisible ? one!["member"] + "/" + one["item"] : "")} {one!["ratio"]}").Order(StringComparer.Ordinal)];
        return Of(text).SequenceEqual(Of(changed));
    }

    private static string Change(JsonNode plan, SeededRandom random)
    {
        var all = Nodes(plan).ToList();
        var node = all[random.NextBelow(all.Count)];
        switch (node)
        {
            case JsonArray { Count: > 0 } list:
                var at = random.NextBelow(list.Count);
                var own = list[at]!.DeepClone();
                switch (random.NextBelow(3))
                {
                    case 0:
                        list.RemoveAt(at);
                        break;
                    case 1:
                        list.Add(own);
                        break;
                    default:
                        list.RemoveAt(at);
                        list.Insert(random.NextBelow(list.Count + 1), own);
                        break;
                }

                break;
            case JsonObject { Count: > 0 } members:
                var name = members.ElementAt(random.NextBelow(members.Count)).Key;
                var value = members[name]!.DeepClone();
                members.Remove(name);
                if (random.NextBelow(2) == 0)
                {
                    members[members.Count > 0 && random.NextBelow(2) == 0
                        ? members.ElementAt(random.NextBelow(members.Count)).Key : name + "x"] = value;
                }

                break;
            case JsonValue leaf when leaf.GetValueKind() == JsonValueKind.Number:
                leaf.ReplaceWith<JsonNode>(JsonValue.Create(leaf.GetValue<long>() + (2 * random.NextBelow(2)) - 1));
                break;
            case JsonValue leaf:
                leaf.ReplaceWith<JsonNode>(JsonValue.Create(random.NextBelow(3) == 0
                    ? all.OfType<JsonValue>().ElementAt(random.NextBelow(all.OfType<JsonValue>().Count())).ToString()
                    : Nudged(leaf.ToString(), random)));
                break;
        }

        return plan.ToJsonString();
    }

    /// <summary>A fraction with one of its parts one more or less; any other text with a letter more.</summary>
    private static string Nudged(string text, SeededRandom random)
    {
        var parts = text.Split('/');
        var at = random.NextBelow(parts.Length);
        if (!System.Numerics.BigInteger.TryParse(parts[at], NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture, out var number))
        {
            return text + "x";
        }

        parts[at] = (number + (2 * random.NextBelow(2)) - 1).ToString(CultureInfo.InvariantCulture);
        return string.Join('/', parts);
    }

    private static IEnumerable<JsonNode> Nodes(JsonNode node) => (node switch
    {
        JsonArray list => list.Select(one => one!),
        JsonObject members => members.Select(one => one.Value!),
        _ => [],
    }).SelectMany(Nodes).Prepend(node);

    private static SharedProblem WithWays(SharedProblem problem, SeededRandom random) => problem with
    {
        Seed = (ulong)random.NextBelow(1_000),
        Lots = [.. problem.Lots.Select(lot => lot with { Expires = random.NextBelow(4) == 0 ? 30 : null })],
        Lanes = [.. problem.Lanes.Select(lane => lane with
        {
            Days = random.NextBelow(3), Cost = Rational.Of(random.NextBelow(4)),
        })],
    };

    /// <summary>The form that the file reader takes; every fraction is a decimal number here.</summary>
    private static string InstanceOf(SharedProblem problem)
    {
        static decimal Number(Rational value) => (decimal)value.Numerator / (decimal)value.Denominator;
        var members = problem.Claims.Select(claim => claim.Member).ToHashSet();
        return JsonSerializer.Serialize(new Dictionary<string, object?>
        {
            ["id"] = "random",
            ["claims"] = problem.Claims.Select(claim => new Dictionary<string, object?>
            {
                ["member"] = $"m{claim.Member}", ["item"] = $"i{claim.Item}", ["need"] = claim.Need,
                ["received"] = claim.Received,
            }.Concat(claim.AcceptsAtMost is { } most ? [new("accepts", most)] : [])
                .ToDictionary(one => one.Key, one => one.Value)),
            ["lots"] = problem.Lots.Select(lot => new Dictionary<string, object?>
            {
                ["lot"] = $"l{lot.Id}", ["item"] = $"i{lot.Item}", ["quantity"] = lot.Quantity,
                ["pack"] = lot.PackSize, ["minimum"] = lot.Minimum,
            }.Concat(lot.Expires is { } last ? [new("expires", last)] : [])
                .ToDictionary(one => one.Key, one => one.Value)),
            ["lanes"] = problem.Lanes.Where(lane => members.Contains(lane.Member)).Select(lane =>
                new Dictionary<string, object?>
                {
                    ["lot"] = $"l{lane.Lot}", ["member"] = $"m{lane.Member}", ["days"] = lane.Days,
                    ["cost"] = Number(lane.Cost),
                }),
            ["limits"] = problem.Limits.Select(limit => new Dictionary<string, object?>
            {
                ["name"] = $"k{limit.Id}",
                ["max"] = limit.Load is { } load ? Number(limit.Most / load) : Number(limit.Most),
                ["terms"] = limit.Terms.Where(term => term.Member is not { } one || members.Contains(one))
                    .Select(term => new Dictionary<string, object?>
                {
                    ["weight"] = Number(term.Weight),
                }.Concat(term.Lot is { } lot ? [new("lot", $"l{lot}")] : [])
                    .Concat(term.Member is { } member ? [new("member", $"m{member}")] : [])
                    .ToDictionary(one => one.Key, one => one.Value)),
            }.Concat(limit.Load is { } unit ? [new("load", Number(unit))] : [])
                .ToDictionary(one => one.Key, one => one.Value)),
        });
    }

    private bool Accepts(string instance, string plan, CoverageBy by)
    {
        var failures = new FaultList();
        return PlanFileCheck.Check(instance, Write("plan.json", plan), by, new PlanPromise(), failures) == 1
            && failures.IsEmpty;
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
