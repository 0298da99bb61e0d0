using System.Globalization;
using System.Text.Json.Nodes;
using Sameboat.Record;
using Sameboat.Server.Api;
using Sameboat.Server.Api.OpenApi;
using Sameboat.Server.Api.Shapes;
using Sameboat.Server.Record.Folding;
using Sameboat.Server.Web;

namespace Sameboat.Server.Notifications;

/// <summary>What the interface takes and answers about subscriptions and the inbox.</summary>
internal static class NotificationShapes
{
    internal const string Immediately = "immediately";
    internal const string Daily = "daily";

    private const string PlacesForm = "^([A-Z]{3}( [A-Z]{3})*)?$";
    private const string OutbreaksForm =
        "^(outbreak/[a-z0-9-]{1,64}/[a-z0-9-]{1,64}( outbreak/[a-z0-9-]{1,64}/[a-z0-9-]{1,64})*)?$";

    /// <summary>The members of a body that makes a subscription.</summary>
    internal static readonly BodyShape Asked = new(
    [
        new Field("name", FieldType.Text, true) { Min = 1, Max = NewsLimits.NameMax },
        Listed("places", PlacesForm),
        Listed("outbreaks", OutbreaksForm),
        Listed("types", $"^(({string.Join('|', NewsTypes.All)})( ({string.Join('|', NewsTypes.All)}))*)?$"),
        Choice("severity", [.. Enum.GetNames<NewsSeverity>().Select(name => name.ToLowerInvariant())], false),
        Choice("channel", [.. NewsChannels.All], true),
        new Field("target", FieldType.Text, false) { Max = NewsLimits.TargetMax },
        Choice("digest", [Immediately, Daily], false),
        Choice("culture", [.. Words.Cultures.Order(StringComparer.Ordinal)], false),
    ]);

    private static readonly string[] Refusals = [Problems.Unauthenticated];

    /// <summary>What the document says of listing subscriptions.</summary>
    internal static readonly ToldOperation List = new(
        "listSubscriptions", "notifications", "What the token's holder wants to be told of.", [],
        Items(SubscriptionRowShape()), Refusals) { NeedsToken = true };

    /// <summary>Of making one.</summary>
    internal static readonly ToldOperation Make = new(
        "makeSubscription", "notifications", "Asks to be told by place and outbreak and type and severity.", [],
        WithSecret(),
        [.. Refusals, Problems.Malformed, Problems.TooLong, Problems.NotJson, Problems.TooMany, FoldReasons.Unreadable])
    {
        NeedsToken = true,
        Description = "The key that signs a webhook's messages is in this answer and nowhere else.",
        Done = [201],
        Sends = ["Location"],
        Body = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = Asked.Schema() } },
    };

    /// <summary>Of ending one.</summary>
    internal static readonly ToldOperation End = new(
        "endSubscription", "notifications", "Ends a subscription and takes what it told out of the inbox.", [],
        null, [.. Refusals, Problems.NotFound]) { NeedsToken = true, Done = [204] };

    /// <summary>Of the inbox.</summary>
    internal static readonly ToldOperation Inbox = new(
        "readInbox", "notifications", "What the token's holder was told, newest first.",
        [
            new ToldParameter(
                "acknowledged", "true or false shows those alone that are, or are not.",
                new JsonObject { ["type"] = "boolean" }),
        ],
        Items(NotificationShape()), [.. Refusals, Problems.BadParameter]) { NeedsToken = true };

    /// <summary>Of acknowledging.</summary>
    internal static readonly ToldOperation Acknowledge = new(
        "acknowledgeNotification", "notifications", "Says that it has been seen; again is no other.", [],
        null, [.. Refusals, Problems.NotFound]) { NeedsToken = true, Done = [204] };

    /// <summary>A subscription as it is answered; never with its key.</summary>
    internal static JsonObject Written(SubscriptionRow row) => new()
    {
        ["id"] = $"{row.Id:N}",
        ["name"] = row.Name,
        ["places"] = row.Places,
        ["outbreaks"] = row.Outbreaks,
        ["types"] = row.Types,
        ["severity"] = NameOf(row.Severity),
        ["channel"] = row.Channel,
        ["target"] = row.Target,
        ["digest"] = row.Daily ? Daily : Immediately,
        ["culture"] = row.Culture,
        ["made"] = Instant(row.Made),
    };

    /// <summary>A notification as it is answered and sent.</summary>
    internal static JsonObject Written(NotificationRow row) => new()
    {
        ["id"] = row.Id,
        ["subscription"] = $"{row.Subscription:N}",
        ["type"] = row.Type,
        ["severity"] = NameOf(row.Severity),
        ["thread"] = row.Subject,
        ["outbreak"] = row.Outbreak,
        ["member"] = row.Author,
        ["places"] = row.Places,
        ["detail"] = row.Detail,
        ["made"] = Instant(row.Made),
    };

    /// <summary>As the other overload, with how it fared.</summary>
    internal static JsonObject WrittenInInbox(NotificationRow row)
    {
        var written = Written(row);
        written["sent"] = row.Sent > 0 ? Instant(row.Sent) : null;
        written["fault"] = row.Fault;
        written["acknowledged"] = row.Acknowledged > 0 ? Instant(row.Acknowledged) : null;
        return written;
    }

    private static string NameOf(int severity) => $"{(NewsSeverity)severity}".ToLowerInvariant();

    private static string Instant(long micros) =>
        new HybridTime(micros).Instant.ToString("O", CultureInfo.InvariantCulture);

    private static Field Listed(string name, string form) =>
        new(name, FieldType.Pattern, false) { Form = form, Max = NewsLimits.ListMax };

    private static Field Choice(string name, string[] choices, bool isRequired) =>
        new(name, FieldType.Pattern, isRequired) { Choices = [.. choices] };

    private static JsonObject Items(JsonObject each)
    {
        var answer = AnswerShapes.Row();
        AnswerShapes.Add(answer, "items", AnswerShapes.List(each));
        return answer;
    }

    private static JsonObject SubscriptionRowShape() => AnswerShapes.Row(
        "id", "s", "name", "s", "places", "s", "outbreaks", "s", "types", "s", "severity", "s", "channel", "s",
        "target", "s", "digest", "s", "culture", "s", "made", "t");

    private static JsonObject WithSecret()
    {
        var shape = SubscriptionRowShape();
        shape["properties"]!["key"] = new JsonObject { ["type"] = "string" };
        return shape;
    }

    private static JsonObject NotificationShape() => AnswerShapes.Row(
        "id", "s", "subscription", "s", "type", "s", "severity", "s", "thread", "s", "outbreak", "s", "member", "s",
        "places", "s", "detail", "s", "made", "t", "sent", "t?", "fault", "s", "acknowledged", "t?");
}
