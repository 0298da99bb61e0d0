using System.Text.Json.Nodes;
using Sameboat.Record;

namespace Sameboat.Server.Record;

/// <summary>
/// Gives entries their ids and times from a seed and a clock that the caller moves, so that the same work done again
/// gives the same entries. Times of one instant are told apart by their counter. Not safe for several threads at once.
/// </summary>
internal sealed class EntryStamp(SeededRandom random)
{
    private HybridTime _last;

    /// <summary>The instant of the entries to come; it never goes back.</summary>
    internal DateTimeOffset Now { get; set; }

    /// <summary>The next entry.</summary>
    internal Entry Entry(MemberId author, string kind, string subject, JsonObject body)
    {
        var milliseconds = Now.ToUnixTimeMilliseconds();
        _last = _last.Next(milliseconds * 1000);
        Span<byte> bytes = stackalloc byte[EntityId.RandomBytes];
        random.Fill(bytes);
        return new Entry(EntityId.Create(milliseconds, bytes), kind, author, subject, _last, body);
    }
}
