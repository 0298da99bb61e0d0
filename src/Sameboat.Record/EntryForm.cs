using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sameboat.Record;

/// <summary>The JSON form of an entry, written and read with every rule.</summary>
internal static class EntryForm
{
    private const string BodyLead = "/body/";
    private const int FoundLengthMax = 80;

    private static readonly string[] Members = ["at", "author", "body", "id", "kind", "subject", "v"];

    internal static byte[] Write(Entry entry) => CanonicalJson.Serialize(new JsonObject
    {
        ["at"] = entry.At.ToString(),
        ["author"] = entry.Author.ToString(),
        ["body"] = entry.Body.DeepClone(),
        ["id"] = entry.Id.ToString(),
        ["kind"] = entry.Kind,
        ["subject"] = entry.Subject,
        ["v"] = Entry.Version,
    });

    internal static bool TryRead(
        ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Entry? entry, [NotNullWhen(false)] out EntryFault? fault)
    {
        entry = null;
        var numbers = new BodyNumbers();
        fault = ReadObject(bytes, numbers, out var members);
        if (fault is not null)
        {
            return false;
        }

        fault = ReadMembers(members!, out entry) ?? numbers.Fault;
        if (fault is not null)
        {
            entry = null;
            return false;
        }

        return entry is not null;
    }

    private static EntryFault? ReadObject(ReadOnlySpan<byte> bytes, BodyNumbers numbers, out JsonObject? members)
    {
        members = null;
        if (bytes.Length > Entry.LengthMax)
        {
            return new EntryFault(EntryRefusal.TooLong, "", $"{bytes.Length} bytes");
        }

        if (!CanonicalJson.TryVisit(bytes, numbers.Visit, out var value, out var json))
        {
            return new EntryFault(EntryRefusal.NotJson, json.Path, json.Code.ToString());
        }

        if (!bytes.SequenceEqual(CanonicalJson.Serialize(value)))
        {
            return new EntryFault(EntryRefusal.NotCanonical, "", "other bytes than RFC 8785 gives for the value");
        }

        members = value as JsonObject;
        if (members is null)
        {
            return new EntryFault(EntryRefusal.NotAnObject, "", value?.GetValueKind().ToString() ?? "Null");
        }

        var absent = Array.Find(Members, name => !value!.AsObject().ContainsKey(name));
        if (absent is not null)
        {
            return new EntryFault(EntryRefusal.MemberMissing, "/" + absent, "nothing");
        }

        var surplus = members.Select(member => member.Key).FirstOrDefault(name => !Members.Contains(name));
        return surplus is null ? null : new EntryFault(EntryRefusal.MemberUnknown, "/" + surplus, "a member");
    }

    private static EntryFault? ReadMembers(JsonObject members, out Entry? entry)
    {
        entry = null;
        if (members["v"] is not JsonValue version || version.GetValueKind() != JsonValueKind.Number
            || !version.TryGetValue<int>(out var number) || number != Entry.Version)
        {
            return Fault(EntryRefusal.UnknownVersion, "v", members);
        }

        if (!EntityId.TryParse(Text(members, "id"), out var id) || id.ToString() != Text(members, "id")
            || !IsVersion7(id))
        {
            return Fault(EntryRefusal.WrongId, "id", members);
        }

        var kind = Text(members, "kind");
        if (kind is null || !IsKind(kind))
        {
            return Fault(EntryRefusal.WrongKind, "kind", members);
        }

        if (!MemberId.TryParse(Text(members, "author"), out var author) || author.ToString() != Text(members, "author"))
        {
            return Fault(EntryRefusal.WrongAuthor, "author", members);
        }

        // The text of an entity id is a slug as well.
        var subject = Text(members, "subject");
        if (subject is null || subject.Length > Entry.SubjectLengthMax
            || !(IsSlug(subject) || EntityName.TryParse(subject, out _)))
        {
            return Fault(EntryRefusal.WrongSubject, "subject", members);
        }

        if (!HybridTime.TryParse(Text(members, "at"), out var at))
        {
            return Fault(EntryRefusal.WrongTime, "at", members);
        }

        if (members["body"] is not JsonObject body)
        {
            return Fault(EntryRefusal.WrongBody, "body", members);
        }

        members.Remove("body");
        entry = new Entry(id, kind, author, subject, at, body);
        return null;
    }

    private static string? Text(JsonObject members, string name) =>
        members[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static EntryFault Fault(EntryRefusal code, string name, JsonObject members)
    {
        var found = members[name]?.ToJsonString() ?? "null";
        return new EntryFault(code, "/" + name, found.Length <= FoundLengthMax ? found : found[..FoundLengthMax] + "…");
    }

    private static bool IsVersion7(EntityId id)
    {
        var text = id.ToString();
        return text[14] == '7' && text[19] is '8' or '9' or 'a' or 'b';
    }

    private static bool IsKind(string kind)
    {
        var parts = kind.Split('.');
        return kind.Length <= Entry.KindLengthMax && parts.Length == 2 && Array.TrueForAll(parts, IsSlug)
            && Array.TrueForAll(parts, part => char.IsAsciiLetterLower(part[0]));
    }

    internal static bool IsSlug(string text)
    {
        if (text.Length == 0 || text[0] == '-' || text[^1] == '-' || text.Contains("--", StringComparison.Ordinal))
        {
            return false;
        }

        return text.All(letter => letter == '-' || char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter));
    }

    // Remembers the first number in the body that an amount may not be.
    private sealed class BodyNumbers
    {
        internal EntryFault? Fault { get; private set; }

        internal void Visit(double number, JsonPath path)
        {
            var refusal = number != Math.Floor(number) ? EntryRefusal.FractionInBody
                : Math.Abs(number) > CanonicalJson.IntegerMax ? EntryRefusal.IntegerTooLarge
                : EntryRefusal.None;
            var where = refusal == EntryRefusal.None || Fault is not null ? "" : path.ToString();
            if (where.StartsWith(BodyLead, StringComparison.Ordinal))
            {
                Fault = new EntryFault(refusal, where, CanonicalNumber.Text(number));
            }
        }
    }
}
