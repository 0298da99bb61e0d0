using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Sameboat.Server.Accounts;
using Sameboat.Server.Api.OpenApi;
using Sameboat.Server.Workflow;

namespace Sameboat.Server.Tests.Access;

/// <summary>Makes the rows of the matrix from the endpoints that are mapped and the rules that are declared.</summary>
internal sealed partial class AccessCases(AccessNode node)
{
    internal const string Yes = "yes";
    private const string Nobody = "401";
    private const string Hidden = "404";
    private const string Undo = "/undone";

    private int _fresh;

    /// <summary>What the node answers to and no rule speaks of.</summary>
    internal List<string> Unruled { get; } = [];

    /// <summary>The rows of one endpoint; the readings of all endpoints are asked before the steps of any.</summary>
    internal async Task<IReadOnlyList<AccessCase>> AllAsync()
    {
        var cases = new List<AccessCase>();
        foreach (var name in Names())
        {
            if (HasRule(name.Endpoint, name.Told?.Noun))
            {
                cases.AddRange(await OfAsync(name.Endpoint, name.Told));
            }
            else
            {
                Unruled.Add(name.Endpoint);
            }
        }

        return cases;
    }

    /// <summary>Whether somebody has declared who may do this; what nobody did is nobody's.</summary>
    /// <param name="endpoint">Method and address.</param>
    /// <param name="noun">Of the entities, where it is one of a resource's.</param>
    internal static bool HasRule(string endpoint, string? noun)
    {
        var (method, path) = (endpoint.Split(' ')[0], endpoint.Split(' ')[1]);
        return noun is not null
            ? AccessRules.Openings.ContainsKey(noun) && (method is "GET"
                || !path.Contains("{owner}", Ordinal) || AccessRules.Steps.ContainsKey($"{noun}.{path.Split('/')[^1]}"))
            : path.StartsWith("/api/v1/imports/", Ordinal)
                ? AccessRules.Imports.ContainsKey(path.Split('/')[4])
                : AccessRules.Others.ContainsKey(endpoint);
    }

    /// <summary>Every method and address, the steps of a resource one by one.</summary>
    internal IEnumerable<(string Endpoint, ToldResource? Told)> Names() =>
        node.Endpoints.SelectMany(endpoint =>
        {
            var path = AssetHash().Replace("/" + endpoint.RoutePattern.RawText!.TrimStart('/'), "/assets/{hash}");
            path = Constraint().Replace(path, "}");
            var told = endpoint.Metadata.GetMetadata<ToldResource>();
            var methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["ANY"];
            return methods.Where(method => method != "HEAD").SelectMany(method =>
                told is not null && path.EndsWith("/{verb}", StringComparison.Ordinal)
                    ? Verbs(told).Select(verb => ($"{method} {path.Replace("{verb}", verb, StringComparison.Ordinal)}",
                        (ToldResource?)told))
                    : [($"{method} {path}", told)]);
        }).Distinct().OrderBy(one => one.Item1.StartsWith("GET", StringComparison.Ordinal) ? 0 : 1)
            .ThenBy(one => one.Item1[(one.Item1.IndexOf(' ', StringComparison.Ordinal) + 1)..], StringComparer.Ordinal)
            .ThenBy(one => one.Item1, StringComparer.Ordinal);

    private static IEnumerable<string> Verbs(ToldResource told) => Sameboat.Server.Record.RecordKinds.All
        .Where(kind => kind.Noun == told.Noun)
        .Select(kind => kind.Name[(told.Noun.Length + 1)..]);

    private async Task<IReadOnlyList<AccessCase>> OfAsync(string endpoint, ToldResource? told)
    {
        var (method, path) = (endpoint.Split(' ')[0], endpoint.Split(' ')[1]);
        if (told is not null)
        {
            return (method, path.Contains("{owner}", StringComparison.Ordinal)) switch
            {
                ("GET", false) => [.. Situations(told.Noun).Select(one => List(endpoint, told, one))],
                ("GET", true) => [.. Situations(told.Noun).Select(one => Read(endpoint, path, told.Noun, one,
                    one.ToAll ? Everybody : one.ToMe ? Members : NoOne))],
                ("POST", false) => [Open(endpoint, told)],
                _ => [.. Steps(endpoint, path, told.Noun)],
            };
        }

        if (path.StartsWith("/api/v1/imports/", StringComparison.Ordinal))
        {
            var kind = path.Split('/')[4];
            return Import(endpoint, path, kind, AccessRules.Imports[kind]);
        }

        return await OtherAsync(endpoint, path, AccessRules.Others[endpoint]);
    }

    private async Task<IReadOnlyList<AccessCase>> OtherAsync(string endpoint, string path, Shown rule) => rule switch
    {
        Shown.Everybody or Shown.SentOn or Shown.Absent => [new AccessCase(
            endpoint, "", await Get(path), _ => rule switch
            {
                Shown.Everybody => Yes, Shown.SentOn => "302", _ => Hidden,
            })],
        Shown.PublicOnly => [.. await Task.WhenAll(Situations(NounOf(path)).Select(
            one => ReadAsync(endpoint, path, NounOf(path), one, one.ToAll ? Everybody : NoOne)))],
        Shown.Audience => [.. Situations(NounOf(path)).Select(one => Read(
            endpoint, path, NounOf(path), one, one.ToAll ? Everybody : one.ToMe ? Members : NoOne))],
        Shown.SessionAudience => [.. Situations(NounOf(path)).Select(one => Read(
            endpoint, path, NounOf(path), one, reader => one.ToAll || (one.ToMe && reader.Cookie is not null)
                ? Yes : Hidden))],
        Shown.Act => [.. Steps(endpoint, path, "round", new StepRule(Roles.Publisher, Side.Owner))],
        Shown.OfOneself => OfOneself(endpoint, path),
        Shown.Returning => [new AccessCase(endpoint, "not sent out", await Get(path), _ => "403")],
        Shown.Tokens => Tokens(endpoint),
        Shown.Own => [Own(endpoint, path)],
        Shown.Session => [new AccessCase(
            endpoint, "", await Get(path), reader => reader.Cookie is null ? "302" : Yes)],
        Shown.Form => [new AccessCase(endpoint, "without the form's proof", () => Task.FromResult(Posted(
            HttpMethod.Post, Filled(path), new FormUrlEncodedContent([KeyValuePair.Create("do", "x")]))), _ => "400")],
        Shown.Signed => [new AccessCase(endpoint, "without a signature", () => Task.FromResult(Posted(
            HttpMethod.Post, Filled(path), new StringContent("x"))), _ => "400")],
        _ => throw new InvalidOperationException($"{rule} is no rule of {endpoint}."),
    };

    // There is nothing under an id that nobody gave; what is not refused for access counts as taken.
    private static AccessCase Own(string endpoint, string path)
    {
        var isUnknown = path.Contains("{id}", StringComparison.Ordinal);
        var method = HttpMethod.Parse(endpoint.Split(' ')[0]);
        return new AccessCase(
            endpoint, isUnknown ? "nobody's" : "own",
            () => Task.FromResult(method == HttpMethod.Get
                ? new HttpRequestMessage(method, path)
                : Posted(method, path.Replace("{id}", "1", StringComparison.Ordinal),
                    JsonContent.Create(new JsonObject()))),
            reader => !reader.Acts ? Nobody : isUnknown ? Hidden : Yes)
        {
            IsStep = method != HttpMethod.Get && !isUnknown,
        };
    }

    private static string NounOf(string path) =>
        path.Contains("/requests/", StringComparison.Ordinal) ? "request"
        : path.Contains("/deployments/", StringComparison.Ordinal) ? "deployment"
        : path.Contains("/contributions/", StringComparison.Ordinal) ? "contribution"
        : "consignment";

    private static IEnumerable<(string Name, string Subject, bool ToMe, bool ToAll)> Situations(string noun) =>
        AccessEntities.Reading
            .Where(one => one.Seal is null || AccessEntities.Sealable.Contains(noun))
            .Select(one => (one.Name, one.Seal is null
                ? $"{noun}/{one.Owner}/{(one.Owner == AccessEntities.Me ? "own" : "stranger")}"
                : $"{noun}/{one.Owner}/{AccessEntities.Slug(one.Name)}", one.ToMe, one.ToAll));

    private static string Everybody(AccessReader reader) => Yes;

    private static string Members(AccessReader reader) => reader.Acts ? Yes : Hidden;

    private static string NoOne(AccessReader reader) => Hidden;

    private static AccessCase Read(
        string endpoint, string path, string noun, (string Name, string Subject, bool ToMe, bool ToAll) one,
        Func<AccessReader, string> expected) =>
        new(endpoint, one.Name, () => Task.FromResult(
            new HttpRequestMessage(HttpMethod.Get, Filled(path, one.Subject))), expected);

    private async Task<AccessCase> ReadAsync(
        string endpoint, string path, string noun, (string Name, string Subject, bool ToMe, bool ToAll) one,
        Func<AccessReader, string> expected)
    {
        var code = noun == "consignment" ? await node.TrackingAsync(one.Subject) : "";
        return Read(endpoint, path.Replace("{code}", code, StringComparison.Ordinal), noun, one, expected);
    }

    private static AccessCase List(
        string endpoint, ToldResource told, (string Name, string Subject, bool ToMe, bool ToAll) one) =>
        new(endpoint, one.Name,
            () => Task.FromResult(new HttpRequestMessage(HttpMethod.Get, $"/api/v1/{told.Plural}?limit=1000")),
            reader => one.ToAll || (one.ToMe && reader.Acts) ? Yes : Hidden, one.Subject);

    private AccessCase Open(string endpoint, ToldResource told)
    {
        var rule = AccessRules.Steps[$"{told.Noun}.{AccessRules.Openings[told.Noun]}"];
        return new AccessCase(endpoint, "own", () =>
        {
            var body = AccessEntities.Opening(told.Noun, AccessEntities.Third);
            body["id"] = $"made-{_fresh++}";
            return Task.FromResult(Posted(HttpMethod.Post, endpoint.Split(' ')[1], JsonContent.Create(body)));
        }, reader => reader.Acts ? (reader.Roles & rule.Roles) != Roles.None ? Yes : "role" : Nobody);
    }

    private IEnumerable<AccessCase> Steps(string endpoint, string path, string noun, StepRule? declared = null)
    {
        var verb = path.Split('/')[^1];
        var rule = declared ?? AccessRules.Steps[$"{noun}.{verb}"];
        foreach (var (situation, owner, name, side) in new[]
        {
            ("own", AccessEntities.Me, "own", Side.Owner), ("other's, names me", AccessEntities.Other, "party",
                Side.Counterpart), ("other's", AccessEntities.Other, "stranger", Side.Stranger),
        })
        {
            if (side == Side.Counterpart && !AccessEntities.WithCounterpart.Contains(noun))
            {
                continue;
            }

            var subject = $"{noun}/{owner}/{name}";
            yield return new AccessCase(endpoint, situation, async () => await StepAsync(endpoint, path, subject),
                reader => !reader.Acts ? Nobody
                    : (reader.Roles & rule.Roles) == Roles.None ? "role"
                    : (rule.By & side) != Side.Stranger ? Yes
                    : rule.By == Side.Owner ? "owner" : "party")
            {
                IsStep = true,
            };
        }
    }

    private async Task<HttpRequestMessage> StepAsync(string endpoint, string path, string subject)
    {
        var operation = node.Surface.Operations.First(one => $"{one.Method} {one.Path}" == endpoint);
        var body = operation.BodySchema(node.Surface) is { } schema && !operation.Node.ContainsKey("x-loose")
            ? node.Bodies.Of(schema)
            : new JsonObject();
        var request = Posted(HttpMethod.Post, Filled(path, subject), JsonContent.Create(body ?? new JsonObject()));
        var version = await node.VersionAsync(subject);
        request.Headers.TryAddWithoutValidation(
            "If-Match", string.Create(CultureInfo.InvariantCulture, $"\"v{version}\""));
        return request;
    }

    private IReadOnlyList<AccessCase> Import(string endpoint, string path, string kind, Roles roles)
    {
        string Expected(AccessReader reader) =>
            !reader.Acts ? Nobody : (reader.Roles & roles) != Roles.None ? Yes : "role";
        if (!path.EndsWith(Undo, StringComparison.Ordinal))
        {
            var outbreak = kind == "receipts" ? "" : $"&outbreak={AccessEntities.Outbreak}";
            return
            [
                new AccessCase(endpoint, "own", () => Task.FromResult(Posted(
                    HttpMethod.Post, $"{path}?name=look{outbreak}", new StringContent("a,b\n", Encoding.UTF8,
                        "text/csv"))), Expected) { IsStep = true },
            ];
        }

        return
        [
            new AccessCase(endpoint, "other's", () => Task.FromResult(Posted(
                HttpMethod.Post, Filled(path, $"import/{AccessEntities.Other}/january"),
                JsonContent.Create(new JsonObject { ["reason"] = "the wrong file" }))),
                reader => Expected(reader) == Yes ? Hidden : Expected(reader)),
        ];
    }

    // Nobody leaves while the others are asked: a body without a reason is refused, and that counts as taken.
    private static IReadOnlyList<AccessCase> OfOneself(string endpoint, string path) =>
    [
        .. new[] { ("own", AccessEntities.Me), ("other's", AccessEntities.Other) }.Select(one => new AccessCase(
            endpoint, one.Item1,
            () => Task.FromResult(Posted(
                HttpMethod.Post, path.Replace("{member}", one.Item2, Ordinal),
                JsonContent.Create(new JsonObject { ["reason"] = one.Item2 == AccessEntities.Me ? "" : "x" }))),
            reader => !reader.Acts ? Nobody
                : !reader.Roles.HasFlag(Roles.Publisher) ? "role"
                : one.Item2 == AccessEntities.Me ? Yes
                : "owner") { IsStep = true }),
    ];

    private IReadOnlyList<AccessCase> Tokens(string endpoint)
    {
        static string Expected(AccessReader reader) =>
            !reader.Acts ? Nobody : reader.Roles.HasFlag(Roles.Administrator) ? Yes : "role";
        return endpoint.Split(' ')[0] switch
        {
            "GET" => [new AccessCase(endpoint, "own", () => Task.FromResult(
                new HttpRequestMessage(HttpMethod.Get, "/api/v1/tokens")), Expected)],
            "POST" => [new AccessCase(endpoint, "own", () => Task.FromResult(Posted(
                HttpMethod.Post, "/api/v1/tokens", JsonContent.Create(new JsonObject
                {
                    ["label"] = "Clerk", ["roles"] = new JsonArray("donor"), ["days"] = 1,
                }))), Expected)],
            _ => [.. new[] { ("own", AccessEntities.Me, Yes), ("other's", AccessEntities.Other, Hidden) }.Select(one =>
                new AccessCase(endpoint, one.Item1, async () => new HttpRequestMessage(
                    HttpMethod.Delete, $"/api/v1/tokens/{(await node.DrawAsync(one.Item2, Roles.Donor)).Id:N}"),
                    reader => Expected(reader) == Yes ? one.Item3 : Expected(reader)))],
        };
    }

    private static HttpRequestMessage Posted(HttpMethod method, string path, HttpContent content) =>
        new(method, path) { Content = content };

    private async Task<Func<Task<HttpRequestMessage>>> Get(string path)
    {
        var entry = path.Contains("{id}", StringComparison.Ordinal)
            ? await node.FirstEntryAsync(AccessEntities.Me)
            : "";
        var filled = Filled(path.Replace("/members/{id}", "/members/ken", StringComparison.Ordinal)
            .Replace("{id}", entry, StringComparison.Ordinal),
            path.Contains("/desk/", Ordinal) ? $"request/{AccessEntities.Me}/own" : null);
        if (path.Contains("{hash}", StringComparison.Ordinal))
        {
            filled = node.Endpoints.Select(one => "/" + one.RoutePattern.RawText!.TrimStart('/'))
                .First(one => AssetHash().IsMatch(one));
        }

        return () => Task.FromResult(new HttpRequestMessage(HttpMethod.Get, filled));
    }

    private static string Filled(string path, string? subject = null)
    {
        var name = (subject ?? (path.Contains("/rounds/", StringComparison.Ordinal)
            ? AccessEntities.Round : AccessEntities.Outbreak)).Split('/');
        var query = path.Contains('{', Ordinal) ? "" : $"?outbreak={AccessEntities.Outbreak}&place=KEN";
        return path.StartsWith("/api/v1/imports", StringComparison.Ordinal) || path.Contains("/tokens", Ordinal)
            ? path.Replace("{owner}", name[1], Ordinal).Replace("{name}", name[2], Ordinal)
            : path.Replace("{owner}", name[1], Ordinal).Replace("{name}", name[2], Ordinal)
                .Replace("{culture}", "en", Ordinal).Replace("{member}", "ken", Ordinal)
                .Replace("{place}", "KEN", Ordinal).Replace("{item}", "ors", Ordinal)
                .Replace("{number}", "7", Ordinal).Replace("{secret}", "nothing", Ordinal)
                .Replace("{noun}", "request", Ordinal).Replace("{verb?}", "submitted", Ordinal)
                .Replace("{verb}", "withdrawn", Ordinal).Replace("{act}", "plan", Ordinal)
                .Replace("{**rest}", "nowhere", Ordinal).Replace("{round}", "r1", Ordinal)
                .Replace("{**path}", "0/000.p/1", Ordinal) + query;
    }

    private const StringComparison Ordinal = StringComparison.Ordinal;

    [GeneratedRegex("^/assets/.*[0-9a-f]{12}.*$|^/assets/verify.*$")]
    private static partial Regex AssetHash();

    [GeneratedRegex(":[a-z]+(\\([0-9]+\\))?\\}")]
    private static partial Regex Constraint();
}
