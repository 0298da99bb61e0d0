using System.Globalization;
using System.Text.Json.Nodes;
using Sameboat.Record;
using Sameboat.Server.Offers;
using Sameboat.Server.Outbreaks;
using Sameboat.Server.Record;
using Sameboat.Server.Record.Folding;
using Sameboat.Server.Record.Sealed;
using Sameboat.Server.Rounds;
using Sameboat.Server.Situation;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Tests.Storage;

/// <summary>An entry of a random history, with the body that lies beside the log where it is sealed and held.</summary>
internal sealed record Said(Entry Entry, SealedBodyRow? Held);

/// <summary>
/// Random entries of three members about few entities: any kind, any author, any time, bodies good and bad, references
/// to what is there and what is not, sealed and erased. The same seed gives the same history.
/// </summary>
internal sealed class RandomHistory(ulong seed, string tag)
{
    private const long FirstMillisecond = 1_740_000_000_000;
    private const int Instants = 40;

    private static readonly MemberId[] Members = [TestNode.Kenya, TestNode.Peru, TestNode.Convener];

    private static readonly EntryKind Erasure = RecordKinds.All.Single(kind => kind.Name == ErasureFold.Kind);

    private static readonly VerifierKey[] Keys =
    [
        .. new byte[] { 1, 2 }.Select(seed => SigningKey.FromSeed(
            "node.test/log/ken", [.. Enumerable.Repeat(seed, SigningKey.SeedLength)]).VerifierKey),
    ];

    private readonly SeededRandom _random = new(seed);
    private readonly List<Said> _said = [];

    /// <summary>So many entries in the order in which each author's log holds its own.</summary>
    internal List<Said> Make(int count)
    {
        for (var made = 0; made < count; made++)
        {
            _said.Add(Next());
        }

        return _said;
    }

    /// <summary>Any JSON value of at most so many levels; numbers are whole, as entries demand.</summary>
    internal JsonNode? Any(int levels) => _random.NextBelow(levels > 0 ? 8 : 6) switch
    {
        0 => null,
        1 => JsonValue.Create(_random.NextBelow(2) == 0),
        2 => JsonValue.Create(_random.NextBelow(3) - 1),
        3 => JsonValue.Create(9_007_199_254_740_991 - _random.NextBelow(3)),
        4 => JsonValue.Create(Texts[_random.NextBelow(Texts.Length)]),
        5 => JsonValue.Create(Name("round", _random.NextBelow(3))),
        6 => new JsonArray([.. Enumerable.Range(0, _random.NextBelow(4)).Select(_ => Any(levels - 1))]),
        _ => AnyObject(levels - 1),
    };

    private static readonly string[] Texts =
    [
        "", "KEN", "2025-03-02", "0001-01-01", "9999-12-31", "1e400", "NaN", "1.5", "item-1", "Goods", "7", "Growing",
        "a/b", "outbreak/ken/", "\u0000", "☂ ☂", new('x', 300),
    ];

    private static readonly string[] Names =
    [
        "outbreak", "round", "place", "item", "part", "parts", "lines", "places", "cases", "deaths", "first", "name",
        "kind", "quantity", "pack", "lot", "unit", "as_of", "weeks", "seed", "inputs", "forecast", "quantiles", "end",
        "trend", "reproduction_path", "text", "only_for", "sealed", "basis", "declared", "reason",
    ];

    private JsonObject AnyObject(int levels)
    {
        var made = new JsonObject();
        for (var member = _random.NextBelow(8); member > 0; member--)
        {
            made[Names[_random.NextBelow(Names.Length)]] = Any(levels);
        }

        return made;
    }

    private Said Next()
    {
        // Erasures are one kind of many, and meet the few sealed entries only when they are not rare.
        var kind = _random.NextBelow(20) == 0
            ? Erasure
            : RecordKinds.All[_random.NextBelow(RecordKinds.All.Length)];
        var owner = Members[_random.NextBelow(Members.Length)];
        var author = _random.NextBelow(4) == 0 ? Members[_random.NextBelow(Members.Length)] : owner;
        var subject = kind.Name == ErasureFold.Kind && _said.Count > 0
            ? ErasureFold.SubjectOf(owner, _said[_random.NextBelow(_said.Count)].Entry.Id)
            : kind.Noun == "member" ? $"member/{owner}"
            : kind.Name == KeyHolding.Kind ? KeyHolding.SubjectOf(owner).ToString()
            : Name(_random.NextBelow(20) == 0 ? "round" : kind.Noun, _random.NextBelow(2), owner);
        var entry = new Entry(
            EntityId.Create(FirstMillisecond + _said.Count, Bytes(EntityId.RandomBytes)),
            kind.Name, author, subject,
            new HybridTime((FirstMillisecond * 1000) + _random.NextBelow(Instants), _random.NextBelow(2)),
            _random.NextBelow(5) == 0 ? AnyObject(3) : Body(kind.Name, owner));
        return _random.NextBelow(4) == 0 && !SealedBody.IsSealed(entry.Body) ? Seal(entry) : new Said(entry, null);
    }

    private Said Seal(Entry open)
    {
        var salt = Bytes(SealedBody.SaltLength);
        var sealedEntry = _random.NextBelow(2) == 0
            ? SealedBodies.Seal(open, salt, Visibility.Members)
            : SealedBodies.Seal(open, salt, Visibility.Parties, Members[_random.NextBelow(Members.Length)]);
        var body = CanonicalJson.Serialize(open.Body);
        var held = _random.NextBelow(3) > 0 && SealedBodies.Check(sealedEntry, salt, body) == SealRefusal.None
            ? new SealedBodyRow
            {
                Entry = open.Id.Value, Member = open.Author.ToString(), Salt = salt, Body = body,
            }
            : null;
        return new Said(sealedEntry, held);
    }

    private JsonObject Body(string kind, MemberId owner)
    {
        var day = new DateOnly(2025, 3, 2);
        var outbreak = Name("outbreak", _random.NextBelow(2));
        var round = Name("round", _random.NextBelow(2), _random.NextBelow(6) == 0 ? null : owner);
        var item = ItemCode.Parse("item-1");
        return kind switch
        {
            OutbreakFold.Kind => OutbreakFold.Statement("Fever", "exercise-fever", day, exercise: true),
            SituationFold.Kind => SituationFold.Statement(
                outbreak, TerritoryCode.Parse("KEN"), day, [_random.NextBelow(9)], [0], exercise: true),
            OfferFold.Kind => OfferFold.Statement(Offer(outbreak), exercise: true),
            RoundFold.Opened => RoundFold.OpenedStatement(
                outbreak, day, 1 + _random.NextBelow(9), 1, exercise: true),
            RoundFold.Frozen => RoundFold.FrozenStatement(
                [new Checkpoint("node.test/log/ken", 0, MerkleHash.EmptyTree)], exercise: true),
            RoundFold.Proposed => RoundFold.ProposedStatement(1, 2, exercise: true),
            PlanFold.Kind => Part(PlanFold.Statements(round, item, Lines(round), Places(round), exercise: true)),
            CertificateFold.Kind => Part(
                CertificateFold.Statements(round, item, new string('x', 31_000), exercise: true)),
            ErasureFold.Kind => ErasureFold.Statement("asked to"),
            KeyHolding.Kind => KeyHolding.Statement(
                Texts[8 + _random.NextBelow(2)], Keys[_random.NextBelow(Keys.Length)]),
            "acceptance.given" or "acceptance.declined" => new JsonObject
            {
                ["plan"] = Name("plan", _random.NextBelow(2), TestNode.Convener),
                ["line"] = _random.NextBelow(4),
                ["reason"] = "because",
            },
            _ => AnyObject(3),
        };
    }

    private JsonObject Part(IReadOnlyList<JsonObject> parts) => parts[_random.NextBelow(parts.Count)];

    private List<PlanLineRow> Lines(string round) =>
    [
        .. Enumerable.Range(0, _random.NextBelow(4)).Select(number => new PlanLineRow
        {
            Subject = "", Line = number, Round = round, Item = "item-1", Lot = "LOT", Place = "KEN", Quantity = 1,
            Donor = Members[_random.NextBelow(Members.Length)].ToString(),
            Recipient = Members[_random.NextBelow(Members.Length)].ToString(),
        }),
    ];

    private static List<CoverageRow> Places(string round) =>
    [
        .. Enumerable.Range(0, PlanFold.PartLength + 1).Select(number => new CoverageRow
        {
            Subject = "", Line = number, Round = round, Item = "item-1", Place = "KEN", Need = 2, Allocated = 1,
            FairCoverage = "1/2", Reason = "because",
        }),
    ];

    private OfferRow Offer(string outbreak) => new()
    {
        Subject = "", Outbreak = outbreak, Member = "", Kind = "Goods", Lot = "LOT", Item = "item-1", Unit = "each",
        Quantity = 1 + _random.NextBelow(99), Pack = 1, Origin = "", Available = null, Expires = null,
        ColdChain = false, OnlyFor = "",
    };

    private string Name(string noun, int number, MemberId? owner = null) => string.Create(
        CultureInfo.InvariantCulture, $"{noun}/{owner ?? Members[_random.NextBelow(Members.Length)]}/{tag}-{number}");

    private byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        _random.Fill(bytes);
        return bytes;
    }
}
