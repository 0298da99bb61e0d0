using System.Text.Json.Nodes;
using Sameboat.Server.Accounts;

namespace Sameboat.Server.Api.OpenApi;

/// <summary>A parameter that stands in the address behind the question mark.</summary>
/// <param name="Name">As sent.</param>
/// <param name="Tells">What it does.</param>
/// <param name="Schema">Of its value.</param>
/// <param name="IsRequired">True when it must be there.</param>
internal sealed record ToldParameter(string Name, string Tells, JsonObject Schema, bool IsRequired = false);

/// <summary>What the document says of one operation.</summary>
/// <param name="Id">A name that no other has.</param>
/// <param name="Tag">What it belongs to.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Query">The parameters of the query.</param>
/// <param name="Answer">The schema of what it answers with when it is done, or null where that is told loosely.</param>
/// <param name="Codes">The codes it may refuse with.</param>
internal sealed record ToldOperation(
    string Id, string Tag, string Summary, IReadOnlyList<ToldParameter> Query, JsonObject? Answer,
    IReadOnlyList<string> Codes)
{
    /// <summary>More about it, or empty.</summary>
    internal string Description { get; init; } = "";

    /// <summary>The content of the body by media type, or null for no body.</summary>
    internal JsonObject? Body { get; init; }

    /// <summary>The statuses of what is done.</summary>
    internal IReadOnlyList<int> Done { get; init; } = [200];

    /// <summary>Media types beside JSON in which it may answer.</summary>
    internal IReadOnlyList<string> Others { get; init; } = [];

    /// <summary>Headers that it reads, by the names of the document's parameters.</summary>
    internal IReadOnlyList<string> Reads { get; init; } = [];

    /// <summary>Headers that it answers with, by the names of the document's headers.</summary>
    internal IReadOnlyList<string> Sends { get; init; } = [];

    /// <summary>True when nobody has declared it: any answer and any refusal is let stand.</summary>
    internal bool IsLoose { get; init; }

    /// <summary>Whether it looks at a token.</summary>
    internal TokenUse Token { get; init; }

    /// <summary>True when a token is needed.</summary>
    internal bool NeedsToken
    {
        get => Token == TokenUse.Needed;
        init => Token = value ? TokenUse.Needed : Token;
    }
}
