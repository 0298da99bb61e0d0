using Sameboat.Server.Workflow;

namespace Sameboat.Server.Consignments;

/// <summary>How far a consignment has come.</summary>
internal enum ConsignmentState
{
    /// <summary>Announced.</summary>
    Planned,

    /// <summary>Ready to leave.</summary>
    Packed,

    /// <summary>It has left the sender; from here only corrections.</summary>
    Dispatched,

    /// <summary>On a leg.</summary>
    InTransit,

    /// <summary>Held at a border.</summary>
    CustomsHold,

    /// <summary>At the consignee's door.</summary>
    Arrived,

    /// <summary>Some of it is accounted for.</summary>
    PartlyReceived,

    /// <summary>All of it is accounted for.</summary>
    Received,

    /// <summary>Both sides agree on the count.</summary>
    Reconciled,

    /// <summary>Given up before dispatch.</summary>
    Cancelled,

    /// <summary>On its way back, or back.</summary>
    Returned,

    /// <summary>Nobody has it.</summary>
    Lost,
}

/// <summary>The law of a consignment: the sender's, but that the consignee alone says what it received.</summary>
internal static class ConsignmentLifecycle
{
    internal static readonly Lifecycle<ConsignmentState> Law = new Lifecycle<ConsignmentState>()
        .Opens("planned", ConsignmentState.Planned, ConsignmentState.Planned)
        .Step("packed", ConsignmentState.Packed, ConsignmentState.Planned)
        .Step("dispatched", ConsignmentState.Dispatched, ConsignmentState.Packed)
        .Step("departed", ConsignmentState.InTransit, ConsignmentState.Dispatched)
        .Reasoned("held", Side.Both, ConsignmentState.CustomsHold, ConsignmentState.InTransit)
        .Step("released", Side.Both, ConsignmentState.InTransit, ConsignmentState.CustomsHold)
        .Step("moved", Side.Both, ConsignmentState.InTransit, ConsignmentState.InTransit)
        .Step("arrived", Side.Both, ConsignmentState.Arrived, ConsignmentState.InTransit)
        .Step("received", Side.Counterpart, ConsignmentState.PartlyReceived,
            ConsignmentState.Arrived, ConsignmentState.PartlyReceived)
        .OrTo(ConsignmentState.Received)
        .Reasoned("unreceived", Side.Counterpart, ConsignmentState.Arrived,
            ConsignmentState.PartlyReceived, ConsignmentState.Received)
        .OrTo(ConsignmentState.PartlyReceived, ConsignmentState.Received)
        .Step("reconciled", ConsignmentState.Reconciled, ConsignmentState.Received)
        .Reasoned("cancelled", Side.Owner, ConsignmentState.Cancelled,
            ConsignmentState.Planned, ConsignmentState.Packed)
        .Reasoned("returned", Side.Both, ConsignmentState.Returned, ConsignmentState.Dispatched,
            ConsignmentState.InTransit, ConsignmentState.CustomsHold, ConsignmentState.Arrived,
            ConsignmentState.PartlyReceived)
        .Reasoned("lost", Side.Owner, ConsignmentState.Lost, ConsignmentState.Dispatched,
            ConsignmentState.InTransit, ConsignmentState.CustomsHold, ConsignmentState.Arrived,
            ConsignmentState.PartlyReceived);
}
