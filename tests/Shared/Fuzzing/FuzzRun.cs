using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Sameboat.Fuzzing;

/// <summary>What a run of the fuzzer comes to.</summary>
/// <param name="Requests">How many were answered.</param>
/// <param name="Statuses">Answers by status.</param>
/// <param name="Operations">Operations asked, by how often.</param>
/// <param name="Fault">The first answer that is wrong, with what was asked; null when none is.</param>
internal sealed record FuzzFigures(
    int Requests, SortedDictionary<int, int> Statuses, Dictionary<string, int> Operations, string? Fault);

/// <summary>A reader of the interface.</summary>
/// <param name="Member">For whom; empty for nobody.</param>
/// <param name="Token">Its token, or empty.</param>
internal sealed record FuzzReader(string Member, string Token);

/// <summary>A text that not everybody may be shown.</summary>
/// <param name="Marker">As it would stand in an answer.</param>
/// <param name="Readers">The members that may.</param>
internal sealed record FuzzSecret(string Marker, IReadOnlyList<string> Readers);

/// <summary>
/// Asks a node what its document says can be asked, well and badly, and looks at every answer: no 5xx, nothing outside
/// the document, and nothing that is marked as another's. The same seed asks the same.
/// </summary>
internal sealed partial class FuzzRun
{
    private const int NamesMax = 400;

    private readonly HttpClient _client;
    private readonly ApiSurface _surface;
    private readonly SeededRandom _random;
    private readonly BodyMaker _maker;
    private readonly IReadOnlyList<FuzzReader> _readers;
    private readonly IReadOnlyList<FuzzSecret> _secrets;
    private readonly List<string> _entities = [];
    private readonly Dictionary<string, int> _versions = [];

    /// <summary>Prepares a run.</summary>
    /// <param name="client">With the address of the node.</param>
    /// <param name="document">Of the interface.</param>
    /// <param name="seed">Of what is asked.</param>
    /// <param name="readers">Who asks, by turns of chance.</param>
    /// <param name="secrets">Texts that not everybody may be shown.</param>
    /// <param name="names">Names of entities that are there.</param>
    internal FuzzRun(
        HttpClient client, string document, ulong seed, IReadOnlyList<FuzzReader> readers,
        IReadOnlyList<FuzzSecret> secrets, IEnumerable<string> names)
    {
        _client = client;
        _surface = new ApiSurface(document);
        _random = new SeededRandom(seed);
        _maker = new BodyMaker(_surface, _random);
        _readers = readers;
        _secrets = secrets;
        _maker.Names.AddRange("fi1", "fi2", "fi3");
        foreach (var name in names)
        {
            Learn(name);
        }
    }

    /// <summary>Asks so many times, or until an answer is wrong.</summary>
    internal async Task<FuzzFigures> RunAsync(int requests, CancellationToken cancellation)
    {
        var figures = new FuzzFigures(0, [], [], null);
        for (var number = 0; number < requests && figures.Fault is null; number++)
        {
            var operation = _surface.Operations[_random.NextBelow(_surface.Operations.Count)];
            var reader = _readers[_random.NextBelow(5) == 0 ? _random.NextBelow(_readers.Count)
                : _readers.Count - 1 - _random.NextBelow(Math.Min(3, _readers.Count))];
            var (request, said) = Ask(operation, reader);
            using (request)
            {
                using var answer = await _client.SendAsync(request, cancellation);
                var bytes = await answer.Content.ReadAsByteArrayAsync(cancellation);
                var status = (int)answer.StatusCode;
                figures.Statuses[status] = figures.Statuses.GetValueOrDefault(status) + 1;
                figures.Operations[operation.Id] = figures.Operations.GetValueOrDefault(operation.Id) + 1;
                var text = Encoding.UTF8.GetString(bytes);
                var fault = Fault(operation, reader, answer, text);
                figures = figures with
                {
                    Requests = number + 1,
                    Fault = fault is null ? null : $"request {number}: {said}\n{fault}\n{Short(text)}",
                };
                LearnFrom(answer, text);
            }
        }

        return figures;
    }

    private string? Fault(ApiOperation operation, FuzzReader reader, HttpResponseMessage answer, string text)
    {
        var status = (int)answer.StatusCode;
        if (status >= 500)
        {
            return $"status {status}";
        }

        foreach (var secret in _secrets)
        {
            if (!secret.Readers.Contains(reader.Member) && text.Contains(secret.Marker, StringComparison.Ordinal))
            {
                return $"shows «{secret.Marker}» to {(reader.Member.Length == 0 ? "nobody" : reader.Member)}";
            }
        }

        return _surface.Fault(operation, status, answer.Content.Headers.ContentType?.MediaType, text);
    }

    private (HttpRequestMessage Request, string Said) Ask(ApiOperation operation, FuzzReader reader)
    {
        var entity = _entities.Count > 0 && _random.NextBelow(5) > 0 ? Fitting(operation) : null;
        var address = new StringBuilder(Filled(operation.Path, entity));
        var separator = '?';
        foreach (var parameter in operation.Parameters(_surface))
        {
            if (parameter["in"]!.GetValue<string>() == "query"
                && (parameter["required"]?.GetValue<bool>() == true || _random.NextBelow(6) == 0)
                && _random.NextBelow(20) > 0)
            {
                address.Append(separator).Append(parameter["name"]).Append('=')
                    .Append(Uri.EscapeDataString(Value(parameter)));
                separator = '&';
            }
        }

        var request = new HttpRequestMessage(new HttpMethod(operation.Method), address.ToString());
        if (reader.Token.Length > 0)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", reader.Token);
        }

        var said = new StringBuilder($"{operation.Method} {address} by «{reader.Member}»");
        AddHeaders(request, operation, entity, said);
        if (operation.Node["requestBody"] is not null)
        {
            var body = Body(operation);
            request.Content = new StringContent(body, Encoding.UTF8, MediaType(operation));
            said.Append(CultureInfo.InvariantCulture, $"\n{Short(body)}");
        }

        return (request, said.ToString());
    }

    private void AddHeaders(HttpRequestMessage request, ApiOperation operation, string? entity, StringBuilder said)
    {
        if (operation.Needs(_surface, "If-Match") && _random.NextBelow(20) > 0)
        {
            var version = entity is not null && _random.NextBelow(5) > 0
                ? _versions.GetValueOrDefault(entity, 1)
                : _random.NextBelow(5);
            request.Headers.TryAddWithoutValidation("If-Match", $"\"v{version}\"");
            said.Append(CultureInfo.InvariantCulture, $" If-Match v{version}");
        }

        if (operation.Needs(_surface, "Idempotency-Key") && _random.NextBelow(10) == 0)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", $"k{_random.NextBelow(50)}");
        }

        if (_random.NextBelow(10) == 0)
        {
            request.Headers.TryAddWithoutValidation(
                "Accept", _random.NextBelow(2) == 0 ? "text/csv" : "application/vnd.apache.parquet");
        }
    }

    // A table with the columns that the description names, most of the time.
    private string Table(ApiOperation operation)
    {
        var columns = Column().Matches(operation.Node["description"]!.GetValue<string>())
            .Select(match => match.Groups[1].Value).Where(_ => _random.NextBelow(20) > 0).ToList();
        var table = new StringBuilder(string.Join(',', columns)).Append('\n');
        for (var row = _random.NextBelow(4); row > 0; row--)
        {
            table.AppendJoin(',', columns.Select(column => column switch
            {
                "quantity" or "pack" or "received" or "line" or "cases" => $"{_random.NextBelow(30)}",
                "day" or "expires" or "available" or "needed_by" => "2026-03-04",
                "kind" => "Goods",
                "place" => "KEN",
                "item" => "ors",
                _ when _random.NextBelow(3) == 0 => "",
                _ => $"\"{Hostile.Texts[_random.NextBelow(Hostile.Texts.Length)].Replace("\"", "\"\"")}\"",
            })).Append('\n');
        }

        return table.ToString();
    }

    private string Body(ApiOperation operation)
    {
        if (operation.Node["requestBody"]!["content"]!["text/csv"] is not null && _random.NextBelow(5) > 0)
        {
            return Table(operation);
        }

        if (operation.BodySchema(_surface) is not { } schema || _maker.Of(schema) is not JsonObject body
            || schema["properties"] is null)
        {
            return Hostile.Texts[_random.NextBelow(Hostile.Texts.Length)];
        }

        switch (_random.NextBelow(8))
        {
            case 0:
                var broken = BrokenBodies.Of(_surface, schema, body).ToList();
                return broken[_random.NextBelow(broken.Count)].Make().ToJsonString();
            case 1:
                var text = new StringBuilder(body.ToJsonString());
                for (var change = _random.NextBelow(4); change >= 0; change--)
                {
                    text[_random.NextBelow(text.Length)] = (char)(32 + _random.NextBelow(95));
                }

                return text.ToString();
            default:
                return body.ToJsonString();
        }
    }

    private string MediaType(ApiOperation operation)
    {
        var known = operation.Node["requestBody"]!["content"]!.AsObject().Select(one => one.Key).ToList();
        return _random.NextBelow(40) == 0 ? "text/plain" : known[_random.NextBelow(known.Count)];
    }

    private string Value(JsonObject parameter)
    {
        if (_random.NextBelow(6) == 0)
        {
            return Hostile.Texts[_random.NextBelow(Hostile.Texts.Length)];
        }

        var schema = parameter["schema"]!.AsObject();
        return schema["pattern"] is null && schema["enum"] is null && schema["type"]?.ToString() == "string"
            ? _maker.Names[_random.NextBelow(_maker.Names.Count)]
            : _maker.Of(schema, parameter["name"]!.GetValue<string>())?.ToString() ?? "";
    }

    private string? Fitting(ApiOperation operation)
    {
        var words = operation.Path.Split('/');
        var noun = words.Length > 3 ? words[3].TrimEnd('s') : "";
        var fitting = _entities.Where(one => one.StartsWith(noun + "/", StringComparison.Ordinal)).ToList();
        return fitting.Count == 0 ? null : fitting[_random.NextBelow(fitting.Count)];
    }

    private string Filled(string path, string? entity)
    {
        var parts = entity?.Split('/');
        return string.Join('/', path.Split('/').Select(part => part switch
        {
            "{owner}" when parts is not null => parts[1],
            "{name}" when parts is not null => parts[2],
            _ when part.StartsWith('{') => Uri.EscapeDataString(_random.NextBelow(2) == 0
                ? Hostile.Texts[_random.NextBelow(Hostile.Texts.Length)]
                : _maker.Names[_random.NextBelow(_maker.Names.Count)]),
            _ => part,
        }));
    }

    private void LearnFrom(HttpResponseMessage answer, string text)
    {
        if (answer.IsSuccessStatusCode && answer.Content.Headers.ContentType?.MediaType == "application/json"
            && JsonNode.Parse(text) is JsonObject body && body["version"] is JsonValue version
            && body["subject"] is JsonValue subject)
        {
            Learn(subject.GetValue<string>());
            _versions[subject.GetValue<string>()] = version.GetValue<int>();
        }
    }

    private void Learn(string subject)
    {
        if (subject.Split('/').Length == 3 && _versions.TryAdd(subject, 1) && _entities.Count < NamesMax)
        {
            _entities.Add(subject);
            _maker.Names.Add(subject);
        }
    }

    [GeneratedRegex(@"([a-z_]+) \(")]
    private static partial Regex Column();

    private static string Short(string text) => text.Length <= 2_000 ? text : text[..2_000] + "…";
}
