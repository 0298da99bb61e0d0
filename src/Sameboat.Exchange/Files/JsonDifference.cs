using System.Text.Json;

namespace Sameboat.Exchange.Files;

/// <summary>The first place where a JSON value is not what it should be.</summary>
internal static class JsonDifference
{
    /// <summary>Null when the two are the same; members may stand in another order, list elements may not.</summary>
    public static WrongJsonException? First(JsonPlace found, JsonElement expected)
    {
        if (found.Value.ValueKind != expected.ValueKind)
        {
            return found.Wrong(found.Kind(), Shown(expected));
        }

        return expected.ValueKind switch
        {
            JsonValueKind.Object => OfObject(found, expected),
            JsonValueKind.Array => OfList(found, expected),
            JsonValueKind.String when found.Value.GetString() != expected.GetString() =>
                found.Wrong(found.Kind(), Shown(expected)),
            JsonValueKind.Number when found.Value.GetRawText() != expected.GetRawText() =>
                found.Wrong(found.Kind(), Shown(expected)),
            _ => null,
        };
    }

    private static WrongJsonException? OfObject(JsonPlace found, JsonElement expected)
    {
        foreach (var member in found.Value.EnumerateObject())
        {
            if (!expected.TryGetProperty(member.Name, out _))
            {
                return found.Member(member.Name).Wrong(found.Member(member.Name).Kind(), "no such member");
            }
        }

        foreach (var member in expected.EnumerateObject())
        {
            if (First(found.Member(member.Name), member.Value) is { } difference)
            {
                return difference;
            }
        }

        return null;
    }

    private static WrongJsonException? OfList(JsonPlace found, JsonElement expected)
    {
        foreach (var (one, other) in found.List().Zip(expected.EnumerateArray()))
        {
            if (First(one, other) is { } difference)
            {
                return difference;
            }
        }

        var (count, right) = (found.Value.GetArrayLength(), expected.GetArrayLength());
        return count == right ? null : found.Wrong(
            FormattableString.Invariant($"a list of {count}"), FormattableString.Invariant($"a list of {right}"));
    }

    private static string Shown(JsonElement value) => value.ValueKind is JsonValueKind.Object or JsonValueKind.Array
        ? "a value of another kind" : $"{value.GetRawText()}, which follows from the rest of the plan";
}
