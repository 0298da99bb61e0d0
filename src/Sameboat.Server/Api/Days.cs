using Sameboat.Server.Record;

namespace Sameboat.Server.Api;

/// <summary>Stored day numbers as the interface writes them.</summary>
internal static class Days
{
    /// <summary><c>yyyy-MM-dd</c>, or null.</summary>
    internal static string? Written(int? day) => day is { } number ? DateOnly.FromDayNumber(number).Written() : null;
}
