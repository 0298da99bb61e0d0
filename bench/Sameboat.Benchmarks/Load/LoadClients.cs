using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Sameboat.Benchmarks.Load;

/// <summary>One answer: what was asked and how long it took, in milliseconds.</summary>
internal readonly record struct Timed(string What, double Milliseconds, bool IsGood, string Told);

/// <summary>Clients that read and write as members and their readers do, 95 to 5.</summary>
internal sealed class LoadClients(LoadSize size, HttpClient client, IReadOnlyList<string> tokens, ulong seed)
{
    private const int WritesOfHundred = 5;
    private const int OffersKept = 8;
    private static int _made;

    /// <summary>Runs so many clients for a time and answers with all that was answered.</summary>
    internal async Task<IReadOnlyCollection<Timed>> RunAsync(int clients, TimeSpan time, TimeSpan thought)
    {
        var timed = new ConcurrentBag<Timed>();
        var end = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        await Task.WhenAll(Enumerable.Range(0, clients).Select(async number =>
        {
            var random = new SeededRandom(seed + (ulong)number);
            var own = new Queue<(string Path, string Tag)>();

            // They do not all begin at once.
            await Task.Delay(thought * (random.NextBelow(1_000) / 1_000.0));
            while (Stopwatch.GetTimestamp() < end)
            {
                timed.Add(await AskAsync(random, number % tokens.Count, own));
                if (thought > TimeSpan.Zero)
                {
                    await Task.Delay(thought * (0.5 + (random.NextBelow(1_000) / 1_000.0)));
                }
            }
        }));
        return timed;
    }

    private Task<Timed> AskAsync(SeededRandom random, int member, Queue<(string Path, string Tag)> own) =>
        random.NextBelow(100) < WritesOfHundred
            ? random.NextBelow(10) switch
            {
                < 5 => ReportAsync(member),
                < 8 => OfferAsync(member, own),
                _ => own.TryDequeue(out var offer) ? AcceptAsync(member, offer) : OfferAsync(member, own),
            }
            : ReadAsync(random);

    private Task<Timed> ReadAsync(SeededRandom random)
    {
        var outbreak = random.NextBelow(size.Outbreaks);
        var member = random.NextBelow(size.Members);
        var name = size.Member(member);
        var (what, path) = random.NextBelow(20) switch
        {
            0 or 1 => ("list", $"/api/v1/offers?outbreak={LoadSize.Outbreak(outbreak)}&member={name}&limit=50"),
            2 => ("list", $"/api/v1/requests?outbreak={LoadSize.Outbreak(outbreak)}&state=Published&limit=50"),
            3 => ("list", $"/api/v1/consignments?consignee={name}&limit=50"),
            4 => ("list", $"/api/v1/situations?outbreak={LoadSize.Outbreak(outbreak)}&member={name}&limit=50"),
            5 or 6 => ("detail", $"/api/v1/offers/{name}/f{outbreak}-{random.NextBelow(size.Offers)}"),
            7 or 8 => ("detail", $"/api/v1/consignments/{name}/f{outbreak}-{random.NextBelow(size.Consignments)}"),
            9 => ("detail", $"/api/v1/situations/{name}/f{outbreak}-{random.NextBelow(size.Days)}"),
            10 => ("answers", $"/api/v1/requests/{name}/f{outbreak}-0/answers"),
            11 => ("log", $"/log/{name}/checkpoint"),
            12 => ("page", "/en"),
            13 => ("page", "/en/places"),
            14 => ("page", $"/en/places/{Territories.All[member].Code}"),
            15 => ("page", $"/en/outbreaks/m001/fever-{outbreak + 1}"),
            16 => ("page", $"/en/members/{name}"),
            17 => ("page", "/en/requests"),
            18 => ("page", "/en/consignments"),
            _ => ("page", $"/en/requests/{name}/f{outbreak}-0"),
        };
        return SendAsync(what, new HttpRequestMessage(HttpMethod.Get, path), null);
    }

    private Task<Timed> ReportAsync(int member) => WriteAsync(member, "situations", new JsonObject
    {
        ["id"] = Name(), ["outbreak"] = LoadSize.Outbreak(member % size.Outbreaks),
        ["place"] = Territories.All[member].Code.ToString(), ["first"] = "2026-06-01",
        ["cases"] = new JsonArray(member), ["deaths"] = new JsonArray(0), ["exercise"] = true,
    }, null, null);

    private Task<Timed> OfferAsync(int member, Queue<(string Path, string Tag)> own)
    {
        var name = Name();
        return WriteAsync(member, "offers", new JsonObject
        {
            ["id"] = name, ["outbreak"] = LoadSize.Outbreak(member % size.Outbreaks), ["kind"] = "Goods",
            ["lot"] = "a1", ["item"] = "item-1", ["unit"] = "each", ["quantity"] = 100, ["pack"] = 1,
            ["exercise"] = true,
        }, null, () =>
        {
            if (own.Count < OffersKept)
            {
                own.Enqueue(($"offers/{size.Member(member)}/{name}", "\"v1\""));
            }
        });
    }

    private Task<Timed> AcceptAsync(int member, (string Path, string Tag) offer) =>
        WriteAsync(member, offer.Path + "/accepted", new JsonObject { ["quantity"] = 40 }, offer.Tag, null);

    private Task<Timed> WriteAsync(int member, string path, JsonObject body, string? tag, Action? done)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/" + path) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new("Bearer", tokens[member]);
        request.Headers.Add("Idempotency-Key", Name());
        if (tag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", tag);
        }

        return SendAsync("write", request, done);
    }

    private async Task<Timed> SendAsync(string what, HttpRequestMessage request, Action? done)
    {
        using var sent = request;
        var began = Stopwatch.GetTimestamp();
        try
        {
            using var answer = await client.SendAsync(sent);
            var bytes = await answer.Content.ReadAsByteArrayAsync();
            var time = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            if (answer.IsSuccessStatusCode)
            {
                done?.Invoke();
            }

            return new Timed(what, time, answer.IsSuccessStatusCode, answer.IsSuccessStatusCode
                ? ""
                : $"{sent.Method} {sent.RequestUri}: {(int)answer.StatusCode} of {bytes.Length} bytes");
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException)
        {
            return new Timed(what, Stopwatch.GetElapsedTime(began).TotalMilliseconds, false, fault.Message);
        }
    }

    private static string Name() =>
        string.Create(CultureInfo.InvariantCulture, $"load-{Interlocked.Increment(ref _made)}");
}
