using System.Text.Json.Nodes;
using Sameboat.Record;
using Sameboat.Server.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Rounds;

/// <summary><c>certificate.published</c>: the proof of one item's plan, as text in parts, for any checker.</summary>
internal sealed class CertificateFold : PartedFold
{
    internal const string Kind = "certificate.published";

    /// <summary>Characters of certificate in one part; escaped quotes may double them and still fit an entry.</summary>
    internal const int PartLength = 30_000;

    /// <summary>The bodies that say this certificate.</summary>
    internal static IReadOnlyList<JsonObject> Statements(string round, ItemCode item, string json, bool exercise)
    {
        var parts = Math.Max(1, (json.Length + PartLength - 1) / PartLength);
        return
        [
            .. Enumerable.Range(0, parts).Select(part =>
            {
                var statement = Part(round, item, part + 1, parts, exercise);
                var start = part * PartLength;
                statement["text"] = json.Substring(start, Math.Min(PartLength, json.Length - start));
                return statement;
            }),
        ];
    }

    protected override IReadOnlyList<IProjectedRow>? Read(EntityName subject, IReadOnlyList<JsonObject> parts)
    {
        if (parts[0].Text("round") is not { } round
            || parts[0].Item("item") is not { } item
            || parts.Any(part => part.Text("text") is null))
        {
            return null;
        }

        return
        [
            new CertificateRow
            {
                Subject = subject.ToString(),
                Round = round,
                Item = item.ToString(),
                Json = string.Concat(parts.Select(part => part.Text("text"))),
            },
        ];
    }
}
