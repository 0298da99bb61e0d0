using System.Text.Json.Nodes;
using Sameboat.Record;
using Sameboat.Server.Record;
using Sameboat.Server.Record.Sealed;
using Sameboat.Server.Rounds;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Tests.Access;

/// <summary>What stands in the record of the node that is asked: every noun, in every situation that it can be in.
/// </summary>
internal static class AccessEntities
{
    internal const string Outbreak = "outbreak/convener/fever";
    internal const string Round = "round/convener/r1";
    internal const string Plan = "plan/convener/p1";
    internal const string Me = "ken";
    internal const string Other = "per";
    internal const string Third = "convener";

    /// <summary>The nouns whose bodies may be sealed.</summary>
    internal static readonly string[] Sealable =
        ["consignment", "contribution", "deployment", "offer", "request", "situation"];

    /// <summary>The nouns that name one other member.</summary>
    internal static readonly string[] WithCounterpart = ["consignment", "contribution", "deployment"];

    /// <summary>Situations of a reading: name, owner, visibility, and the party beside the owner.</summary>
    internal static readonly (string Name, string Owner, Visibility? Seal, string Party, bool ToMe, bool ToAll)[]
        Reading =
        [
            ("own, public", Me, null, "", true, true),
            ("other's, public", Other, null, "", true, true),
            ("own, members", Me, Visibility.Members, "", true, false),
            ("other's, members", Other, Visibility.Members, "", true, false),
            ("own, parties", Me, Visibility.Parties, Third, true, false),
            ("other's, parties with me", Other, Visibility.Parties, Me, true, false),
            ("other's, parties without me", Other, Visibility.Parties, Third, false, false),
        ];

    /// <summary>The name of an entity in a situation.</summary>
    internal static string Slug(string situation) => situation.Replace("'", "", StringComparison.Ordinal)
        .Replace(", ", "-", StringComparison.Ordinal).Replace(' ', '-');

    /// <summary>A good statement that opens an entity of that noun.</summary>
    internal static JsonObject Opening(string noun, string counterpart) => noun switch
    {
        "acceptance" => Body(("plan", Plan), ("line", 0)),
        "consignment" => Body(
            ("outbreak", Outbreak), ("consignee", counterpart), ("destination", "KEN"),
            ("lines", Lines(Body(("item", "ors"), ("unit", "sachet"), ("lot", "a1"), ("quantity", 10))))),
        "contribution" => Body(
            ("outbreak", Outbreak), ("recipient", counterpart), ("currency", "USD"), ("amount", 100),
            ("first_year", 2026), ("last_year", 2026)),
        "deployment" => Body(
            ("outbreak", Outbreak), ("sender", counterpart), ("place", "KEN"), ("team", "emt-2")),
        "endorsement" => Body(("member", counterpart)),
        "offer" => Body(
            ("outbreak", Outbreak), ("kind", "Goods"), ("lot", "a1"), ("item", "ors"), ("unit", "sachet"),
            ("quantity", 5), ("pack", 1)),
        "outbreak" => Body(("name", "Fever"), ("pack", "exercise-fever"), ("declared", "2026-01-05")),
        "refusal" => Body(("place", "KEN"), ("reason", "no-storage"), ("item", "ors")),
        "request" => Body(
            ("outbreak", Outbreak),
            ("lines", Lines(Body(("place", "KEN"), ("item", "ors"), ("unit", "sachet"), ("quantity", 10))))),
        "round" => Body(("outbreak", Outbreak), ("as_of", "2026-02-01"), ("weeks", 4), ("seed", "1")),
        "situation" => Body(
            ("outbreak", Outbreak), ("place", "KEN"), ("first", "2026-01-05"), ("cases", new JsonArray(3)),
            ("deaths", new JsonArray(0))),
        _ => throw new InvalidOperationException($"No opening of a {noun} is written down here."),
    };

    /// <summary>Puts all of it into the record.</summary>
    internal static async Task AddAsync(NodeDatabase database, string folder, TimeProvider clock)
    {
        using var keys = new LogKeys(folder);
        var store = new LogStore(database, keys, clock);
        await store.AppendAsync(
            [
                Said("outbreak.declared", Outbreak, Later(Opening("outbreak", ""), "declared"), clock),
                Said("round.opened", Round, Later(Opening("round", ""), "as_of"), clock),
                Said("round.frozen", Round, Body(("inputs", new JsonArray())), clock),
                Said("round.proposed", Round, [], clock),
                Said(PlanFold.Kind, Plan, PlanFold.Statements(
                    Round, ItemCode.Parse("ors"), [LineFor(0, Me), LineFor(1, Me)], [Place()], false)[0], clock),
                Said("offer.published", "offer/per/shown", Opening("offer", ""), clock),
                .. Public(clock),
            ],
            CancellationToken.None);
        var bodies = new SealedBodies(database);
        foreach (var noun in Sealable)
        {
            foreach (var (name, owner, seal, party, _, _) in Reading.Where(one => one.Seal is not null))
            {
                var open = Said(
                    $"{noun}.{AccessRules.Openings[noun]}", $"{noun}/{owner}/{Slug(name)}",
                    Opening(noun, owner == Me ? Third : Me), clock);
                var salt = LogKeys.DrawSalt();
                var entry = SealedBodies.Seal(
                    open, salt, seal!.Value, party.Length > 0 ? [MemberId.Parse(party)] : []);
                await bodies.KeepAsync(entry, salt, CanonicalJson.Serialize(open.Body), CancellationToken.None);
                await store.AppendAsync([entry], CancellationToken.None);
            }
        }

        await store.WhenIdleAsync();
    }

    // What may be done to: one's own, another's that names me, another's that does not.
    private static IEnumerable<Entry> Public(TimeProvider clock) => AccessRules.Openings.SelectMany(noun =>
        new[] { (Me, "own", Third), (Other, "party", Me), (Other, "stranger", Third) }.Select(one => Said(
            $"{noun.Key}.{noun.Value}", $"{noun.Key}/{one.Item1}/{one.Item2}", Opening(noun.Key, one.Item3), clock)));

    private static PlanLineRow LineFor(int line, string recipient) => new()
    {
        Subject = Plan, Line = line, Round = Round, Item = "ors", Lot = "a1", Donor = Other, Recipient = recipient,
        Place = "KEN", Quantity = 5,
    };

    // The pages show what is newest.
    private static JsonObject Later(JsonObject body, string day)
    {
        body[day] = "2026-03-01";
        return body;
    }

    private static CoverageRow Place() => new()
    {
        Subject = Plan, Line = 0, Round = Round, Item = "ors", Place = "KEN", Need = 20, Allocated = 10,
        FairCoverage = "1/2", Reason = "Half of what is needed.",
    };

    private static Entry Said(string kind, string subject, JsonObject body, TimeProvider clock)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return new Entry(
            LogKeys.DrawId(now), kind, EntityName.Parse(subject).Owner, subject, new HybridTime(now * 1000), body);
    }

    private static JsonObject Body(params (string Name, JsonNode Value)[] members) =>
        new(members.Select(one => KeyValuePair.Create(one.Name, (JsonNode?)one.Value)));

    private static JsonArray Lines(JsonObject line) => new(line);
}
