using Sameboat.Server.Storage;

namespace Sameboat.Server.Consignments;

/// <summary>One sending of one sender to one consignee.</summary>
internal sealed class ConsignmentRow : IProjectedRow
{
    public required string Subject { get; init; }

    /// <summary>The sender.</summary>
    public required string Member { get; init; }

    /// <summary>The receiver.</summary>
    public required string Consignee { get; init; }

    public required string Outbreak { get; init; }

    /// <summary>A name of <see cref="ConsignmentState"/>.</summary>
    public required string State { get; init; }

    /// <summary>ISO 3166-1 alpha-3 of where it goes.</summary>
    public required string Destination { get; init; }

    public required string Waybill { get; init; }

    /// <summary>Day number of the arrival that the sender expects, or null.</summary>
    public required int? Expected { get; init; }

    /// <summary>A <see cref="TrackingCode"/>.</summary>
    public string Tracking { get; init; } = "";

    /// <summary>Day number of the arrival that the sender named first, or null.</summary>
    public int? Promised { get; init; }

    /// <summary>Day number on which it was said to have arrived, or null.</summary>
    public int? Arrived { get; init; }
}

/// <summary>
/// One line of a consignment. <c>Quantity = Received + Damaged + Lost + Returned +</c> what is on its way.
/// </summary>
internal sealed class ConsignmentLineRow : IProjectedRow
{
    public required string Subject { get; init; }

    /// <summary>From 0.</summary>
    public required int Line { get; init; }

    /// <summary>The plan that it carries out, or empty.</summary>
    public required string Plan { get; init; }

    /// <summary>The line of that plan, or -1.</summary>
    public required int PlanLine { get; init; }

    public required string Item { get; init; }

    public required string Unit { get; init; }

    public required string Lot { get; init; }

    /// <summary>Day number of the last day of use, or null.</summary>
    public required int? Expires { get; init; }

    /// <summary>As sent.</summary>
    public required long Quantity { get; init; }

    /// <summary>Boxes it is packed in, or null where the sender does not say.</summary>
    public long? Packages { get; init; }

    /// <summary>Its weight in grams, or null.</summary>
    public long? Grams { get; init; }

    /// <summary>In good order.</summary>
    public long Received { get; init; }

    /// <summary>Received and not fit for use.</summary>
    public long Damaged { get; init; }

    public long Lost { get; init; }

    public long Returned { get; init; }

    /// <summary>Neither received nor written off.</summary>
    internal long Open => Quantity - Received - Damaged - Lost - Returned;

    internal ConsignmentLineRow Count(long received, long damaged, long lost, long returned) => new()
    {
        Subject = Subject,
        Line = Line,
        Plan = Plan,
        PlanLine = PlanLine,
        Item = Item,
        Unit = Unit,
        Lot = Lot,
        Expires = Expires,
        Quantity = Quantity,
        Packages = Packages,
        Grams = Grams,
        Received = Received + received,
        Damaged = Damaged + damaged,
        Lost = Lost + lost,
        Returned = Returned + returned,
    };
}

/// <summary>One line of a goods received note.</summary>
internal sealed class ReceiptLineRow : IProjectedRow
{
    public required string Subject { get; init; }

    /// <summary>The consignee's name for the note.</summary>
    public required string Note { get; init; }

    /// <summary>The line of the consignment.</summary>
    public required int Line { get; init; }

    public required long Received { get; init; }

    public required long Damaged { get; init; }

    public required long Lost { get; init; }

    /// <summary>Why something is damaged or lost; empty where nothing is.</summary>
    public required string Reason { get; init; }

    /// <summary>The number of the report on it, or empty.</summary>
    public string Report { get; init; } = "";
}
