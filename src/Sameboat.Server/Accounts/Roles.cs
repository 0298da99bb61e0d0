namespace Sameboat.Server.Accounts;

/// <summary>What somebody may do for a member.</summary>
[Flags]
internal enum Roles
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Reports the situation.</summary>
    Reporter = 1,

    /// <summary>Asks.</summary>
    Requester = 2,

    /// <summary>Offers and pays.</summary>
    Donor = 4,

    /// <summary>Sends and receives.</summary>
    Logistics = 8,

    /// <summary>Binds the member in public: publishes, accepts, convenes.</summary>
    Publisher = 16,

    /// <summary>Introduces the member and hands out roles.</summary>
    Administrator = 32,
}

/// <summary>Who acts.</summary>
/// <param name="Member">For whom.</param>
/// <param name="Label">In what capacity.</param>
/// <param name="Roles">With what rights.</param>
/// <param name="Account">Which account or token it is, as the node alone knows it; empty where none is known.</param>
internal sealed record Actor(MemberId Member, string Label, Roles Roles, string Account = "");
