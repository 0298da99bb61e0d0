using System.Text.Json.Nodes;
using Sameboat.Record;
using Sameboat.Server.Record;
using Sameboat.Server.Record.Folding;
using Sameboat.Server.Storage;
using Sameboat.Server.Workflow;

namespace Sameboat.Server.Offers;

/// <summary>What is offered: goods in lots, a team, or funds.</summary>
internal enum OfferKind
{
    /// <summary>So many units of one item.</summary>
    Goods,

    /// <summary>Teams of one type; the quantity counts teams.</summary>
    Team,

    /// <summary>Money; the quantity counts minor units of the currency.</summary>
    Funds,

    /// <summary>Carriage of the goods of others; the quantity counts kilograms.</summary>
    Transport,
}

/// <summary><c>offer.published</c> and the steps after it: a donor says what it gives, and never gives more.</summary>
internal sealed class OfferFold() : LifecycleFold<OfferState, OfferRow>(OfferLifecycle.Law)
{
    internal const string Kind = "offer.published";

    internal static JsonObject Statement(OfferRow offer, bool exercise) => new()
    {
        ["available"] = offer.Available is { } available ? DateOnly.FromDayNumber(available).Written() : null,
        ["cold_chain"] = offer.ColdChain,
        ["exercise"] = exercise,
        ["expires"] = offer.Expires is { } expires ? DateOnly.FromDayNumber(expires).Written() : null,
        ["item"] = offer.Item,
        ["kind"] = offer.Kind,
        ["lot"] = offer.Lot,
        ["only_for"] = offer.OnlyFor,
        ["origin"] = offer.Origin,
        ["outbreak"] = offer.Outbreak,
        ["pack"] = offer.Pack,
        ["quantity"] = offer.Quantity,
        ["unit"] = offer.Unit,
    };

    protected override OfferRow? Read(EntityName subject, JsonObject body) =>
        body.Text("outbreak") is { } outbreak
        && body.Text("lot") is { } lot
        && body.Text("unit") is { } unit
        && Enum.TryParse<OfferKind>(body.Text("kind"), out var kind)
        && Enum.IsDefined(kind)
        && body.Item("item") is { } item
        && body.Count("quantity") is > 0 and var quantity
        && body.Count("pack") is > 0 and var pack
        && (body.Text("only_for") ?? "") is var onlyFor
        && Array.TrueForAll(
            onlyFor.Split(' ', StringSplitOptions.RemoveEmptyEntries), place => TerritoryCode.TryParse(place, out _))
            ? new OfferRow
            {
                Subject = subject.ToString(),
                Outbreak = outbreak,
                Member = subject.Owner.ToString(),
                Kind = kind.ToString(),
                Lot = lot,
                Item = item.ToString(),
                Unit = unit,
                Quantity = quantity,
                Pack = pack,
                Origin = body.Place("origin")?.ToString() ?? "",
                Available = body.Day("available")?.DayNumber,
                Expires = body.Day("expires")?.DayNumber,
                ColdChain = body.Flag("cold_chain"),
                OnlyFor = onlyFor,
            }
            : null;

    protected override Change<OfferState, OfferRow> Apply(
        Course<OfferState, OfferRow> course, string verb, JsonObject body) =>
        verb != "accepted" ? base.Apply(course, verb, body)
        : body.Count("quantity") is not (> 0 and var quantity)
            ? new Change<OfferState, OfferRow>(null, null, FoldReasons.Unreadable)
        : quantity > course.Content.Quantity
            ? new Change<OfferState, OfferRow>(null, null, FoldReasons.MoreThanThereIs)
        : new Change<OfferState, OfferRow>(
            course.Content,
            quantity == course.Content.Quantity ? OfferState.Accepted : OfferState.PartlyAccepted,
            "");

    protected override IEnumerable<IProjectedRow> ContentRows(
        EntityName subject, Course<OfferState, OfferRow> course) => [course.Content.In(course.State)];
}
