using System.Collections.Frozen;
using Sameboat.Server.Accounts;
using Sameboat.Server.Workflow;

namespace Sameboat.Server.Tests.Access;

/// <summary>Who may take a step: any one of the roles suffices, and the member must stand on the side.</summary>
internal sealed record StepRule(Roles Roles, Side By);

/// <summary>How one address answers.</summary>
internal enum Shown
{
    /// <summary>The same to everybody: what it shows is public, or computed from what is.</summary>
    Everybody,

    /// <summary>The same to everybody, of an entity that is public; of any other it knows nothing.</summary>
    PublicOnly,

    /// <summary>What the audience of the entity lets the member of the token see.</summary>
    Audience,

    /// <summary>The same to everybody, of an entity that is public; of others what the audience lets the member of the
    /// session see.</summary>
    SessionAudience,

    /// <summary>A list of which each row is shown to its audience.</summary>
    AudienceList,

    /// <summary>Opens an entity of one's own.</summary>
    Opening,

    /// <summary>A step on an entity.</summary>
    Step,

    /// <summary>A computed act on one's own round.</summary>
    Act,

    /// <summary>What a member says of itself alone.</summary>
    OfOneself,

    /// <summary>Takes a browser that this node has sent to a provider; refused with 403 where it has not.</summary>
    Returning,

    /// <summary>An import, or what takes it back.</summary>
    Import,

    /// <summary>Tokens of one's own member.</summary>
    Tokens,

    /// <summary>What belongs to whoever holds the token, of whatever role.</summary>
    Own,

    /// <summary>A page for whoever is signed in by a session.</summary>
    Session,

    /// <summary>A form of a page: refused without the proof that this node sent it out.</summary>
    Form,

    /// <summary>Needs a signature by the key of a log; refused with 400 without one.</summary>
    Signed,

    /// <summary>Sends on to another address.</summary>
    SentOn,

    /// <summary>Nothing is there under the name asked for, for anybody.</summary>
    Absent,
}

/// <summary>
/// The declared table of who may do what. It is written down here by hand, so that a change of the node's own tables
/// is a change that somebody approves; an address that is not in it fails the test.
/// </summary>
internal static class AccessRules
{
    private const Roles Planning = Roles.Requester | Roles.Publisher;
    private const Roles Fielding = Roles.Requester | Roles.Donor | Roles.Logistics;
    private const Roles Refusing = Roles.Requester | Roles.Logistics | Roles.Publisher;

    /// <summary>Every step by its kind.</summary>
    internal static FrozenDictionary<string, StepRule> Steps { get; } = new (string Noun, Roles Roles, Side By,
        string Verbs)[]
    {
        ("acceptance", Roles.Publisher, Side.Owner, "given declined"),
        ("consignment", Roles.Logistics, Side.Owner,
            "planned packed dispatched departed reconciled cancelled lost"),
        ("consignment", Roles.Logistics, Side.Both, "held released moved arrived returned"),
        ("consignment", Roles.Logistics, Side.Counterpart, "received unreceived"),
        ("contribution", Roles.Donor, Side.Owner, "pledged committed paid cancelled written-off"),
        ("deployment", Fielding, Side.Owner, "requested alerted selected cleared appraised stood-down"),
        ("deployment", Fielding, Side.Counterpart, "nominated mobilising withdrawn"),
        ("deployment", Fielding, Side.Both, "arrived operational demobilising ended"),
        ("endorsement", Roles.Publisher, Side.Owner, "given withdrawn"),
        ("offer", Roles.Donor, Side.Owner,
            "published reviewed accepted declined fulfilled withdrawn expired lapsed"),
        ("outbreak", Roles.Publisher, Side.Owner, "declared"),
        ("refusal", Refusing, Side.Owner, "listed lifted"),
        ("request", Planning, Side.Owner, "submitted extended returned withdrawn"),
        ("request", Roles.Publisher, Side.Owner, "validated published closed rejected expired"),
        ("round", Roles.Publisher, Side.Owner,
            "opened frozen proposed reviewed returned decided submitted settled reallocated executed closed"),
        ("situation", Roles.Reporter | Roles.Publisher, Side.Owner, "published"),
    }.SelectMany(row => row.Verbs.Split(' ').Select(verb =>
        KeyValuePair.Create($"{row.Noun}.{verb}", new StepRule(row.Roles, row.By))))
        .ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The verb that opens an entity, by noun.</summary>
    internal static FrozenDictionary<string, string> Openings { get; } = new Dictionary<string, string>
    {
        ["acceptance"] = "given",
        ["consignment"] = "planned",
        ["contribution"] = "pledged",
        ["deployment"] = "requested",
        ["endorsement"] = "given",
        ["offer"] = "published",
        ["outbreak"] = "declared",
        ["refusal"] = "listed",
        ["request"] = "submitted",
        ["round"] = "opened",
        ["situation"] = "published",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The roles of imports, by kind.</summary>
    internal static FrozenDictionary<string, Roles> Imports { get; } = new Dictionary<string, Roles>
    {
        ["offers"] = Roles.Donor,
        ["receipts"] = Roles.Logistics,
        ["request-lines"] = Planning,
        ["situation-reports"] = Roles.Reporter,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The addresses that are no list, entity or step.</summary>
    internal static FrozenDictionary<string, Shown> Others { get; } = new (Shown Rule, string Method, string Paths)[]
    {
        (Shown.Everybody, "GET",
            """
            /health/live /health/ready /openapi/v1.json /api/v1/conservation /api/v1/contribution-totals
            /api/v1/evidence /api/v1/honesty /api/v1/members /api/v1/scoreboard /api/v1/sources
            /api/v1/log/{member}/entries/{id}/effect /api/v1/rounds/{owner}/{name}/lines
            /api/v1/rounds/{owner}/{name}/replay
            /log/{member}/checkpoint /log/{member}/tile/{**path} /log/{member}/entry/{id}.tlog-proof
            /log/{member}/entry/{id}.json /witness/key /record/verify.mjs /assets/boat.svg /assets/{hash}
            /{culture} /{culture}/consignments /{culture}/members /{culture}/members/{id} /{culture}/offers
            /{culture}/outbreaks/{owner}/{name} /{culture}/places /{culture}/places/{place} /{culture}/plan
            /{culture}/plan/{item} /{culture}/record /{culture}/record/logs/{member} /{culture}/record/entries/{id}
            /{culture}/report /{culture}/requests /{culture}/scoreboard /{culture}/sign-in
            """),
        (Shown.PublicOnly, "GET",
            """
            /api/v1/track/{code} /api/v1/track/{code}/qr.svg /{culture}/track/{code}
            /{culture}/requests/{owner}/{name} /{culture}/consignments/{owner}/{name}/waybill
            /{culture}/consignments/{owner}/{name}/packing-list /{culture}/consignments/{owner}/{name}/goods-received
            """),
        (Shown.SessionAudience, "GET",
            """
            /{culture}/consignments/{owner}/{name} /{culture}/contributions/{owner}/{name}
            /{culture}/deployments/{owner}/{name}
            """),
        (Shown.Audience, "GET",
            """
            /api/v1/requests/{owner}/{name}/answers /api/v1/consignments/{owner}/{name}/waybill
            /api/v1/consignments/{owner}/{name}/packing-list /api/v1/consignments/{owner}/{name}/goods-received
            """),
        (Shown.Act, "POST",
            """
            /api/v1/rounds/{owner}/{name}/plan /api/v1/rounds/{owner}/{name}/settlement
            /api/v1/rounds/{owner}/{name}/reallocation
            """),
        (Shown.OfOneself, "POST", "/api/v1/members/{member}/left /api/v1/members/{member}/returned"),
        (Shown.Returning, "GET", "/oidc/{member}/return"),
        (Shown.Tokens, "GET", "/api/v1/tokens"),
        (Shown.Tokens, "POST", "/api/v1/tokens"),
        (Shown.Tokens, "DELETE", "/api/v1/tokens/{id}"),
        (Shown.Own, "GET", "/api/v1/inbox /api/v1/subscriptions"),
        (Shown.Own, "POST", "/api/v1/subscriptions /api/v1/inbox/{id}/acknowledged"),
        (Shown.Own, "DELETE", "/api/v1/subscriptions/{id}"),
        (Shown.Session, "GET",
            """
            /{culture}/account /{culture}/account/people /{culture}/account/provider
            /{culture}/desk /{culture}/desk/answers /{culture}/import
            /{culture}/inbox /{culture}/admin
            /{culture}/desk/at/{noun}/{owner}/{name} /{culture}/desk/do/{noun}/{owner}/{name}/{verb}
            /{culture}/desk/new/{noun}/{verb?}
            """),
        (Shown.Form, "POST",
            """
            /{culture}/sign-in /{culture}/sign-in/passkey /{culture}/sign-in/provider /{culture}/sign-out
            /{culture}/set-up/{secret} /{culture}/set-up/{secret}/provider /{culture}/account/password
            /{culture}/account/provider /{culture}/account/provider-link /{culture}/account/sessions
            /{culture}/account/passkey /{culture}/account/people
            /{culture}/desk/act/{noun}/{owner}/{name}/{act}
            /{culture}/desk/do/{noun}/{owner}/{name}/{verb} /{culture}/desk/draft /{culture}/desk/new/{noun}/{verb?}
            /{culture}/exercise/event /{culture}/exercise/lead/{secret} /{culture}/exercise/pace
            /{culture}/exercise/play-as /{culture}/exercise/week /{culture}/import /{culture}/inbox
            """),
        (Shown.Signed, "POST", "/log/{member}/sealed /witness/add-checkpoint"),
        (Shown.SentOn, "GET", "/"),
        (Shown.Absent, "GET",
            """
            /log/{member}/handover/{number} /witness/{id}/checkpoint /rounds/{round}/certificates/{item}.json
            /{culture}/set-up/{secret} /ar/{**rest} /en/{**rest} /es/{**rest} /fr/{**rest} /ru/{**rest}
            /zh-Hans/{**rest} /zh-Hant/{**rest} /{culture}/exercise /{culture}/exercise/debrief
            /{culture}/exercise/lead/{secret}
            """),
    }.SelectMany(row => row.Paths.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .Select(path => KeyValuePair.Create($"{row.Method} {path}", row.Rule)))
        .ToFrozenDictionary(StringComparer.Ordinal);
}
