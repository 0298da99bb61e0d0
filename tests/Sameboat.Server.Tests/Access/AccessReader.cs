using System.Net.Http.Headers;
using Sameboat.Server.Accounts;

namespace Sameboat.Server.Tests.Access;

/// <summary>Who asks, always for the member <c>ken</c> when it is anybody.</summary>
/// <param name="Name">The column.</param>
/// <param name="Roles">What its token may do; none where it has no token that holds.</param>
/// <param name="Token">The token it sends, whether it holds or not; null for none.</param>
/// <param name="Cookie">The cookie of a session, or null.</param>
internal sealed record AccessReader(string Name, Roles Roles, string? Token, string? Cookie = null)
{
    /// <summary>Whether it acts for its member.</summary>
    internal bool Acts => Roles != Roles.None;

    /// <summary>Whether it sends a token that does not hold: the interface then refuses whatever it asks.</summary>
    internal bool IsRefused => Token is not null && !Acts;

    /// <summary>Sends as this reader.</summary>
    internal void Sign(HttpRequestMessage request)
    {
        if (Token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        }

        if (Cookie is not null)
        {
            request.Headers.Add("Cookie", Cookie);
        }
    }
}

/// <summary>One row of the matrix: a request, in one situation, by every reader.</summary>
/// <param name="Endpoint">Method and address, with its parameters in braces.</param>
/// <param name="Situation">Whose it is, and who may see it.</param>
/// <param name="Make">The request; made anew for each reader.</param>
/// <param name="Expected">The cell that the rules say.</param>
/// <param name="Subject">The row that a list must have or not have; null where the answer itself tells.</param>
internal sealed record AccessCase(
    string Endpoint, string Situation, Func<Task<HttpRequestMessage>> Make, Func<AccessReader, string> Expected,
    string? Subject = null)
{
    /// <summary>True where any answer that is no refusal of access will do: the state may forbid it.</summary>
    internal bool IsStep { get; init; }

    /// <summary>The cell that a reader is to see.</summary>
    internal string ExpectedOf(AccessReader reader) =>
        reader.IsRefused && Endpoint.Split(' ')[1].StartsWith("/api/", StringComparison.Ordinal)
            ? "401"
            : Expected(reader);
}
