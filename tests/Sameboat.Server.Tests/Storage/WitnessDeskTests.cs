using System.Net;
using Sameboat.Record;
using Sameboat.Server.Record;

namespace Sameboat.Server.Tests.Storage;

/// <summary>The node as a witness, on both databases: never two histories, never back.</summary>
[Collection(DatabaseTests.Name)]
public sealed class WitnessDeskTests(PostgresServer postgres)
{
    private const int Entries = 40;

    private static readonly string Origin = TestNode.OriginOf(TestNode.Kenya);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task What_extends_the_last_is_cosigned_and_stored_and_nothing_else(Provider provider)
    {
        await using var node = await TestNode.StartAsync(provider, postgres);
        var desk = new WitnessDesk(node.Database, node.Keys, node.Clock);
        var (tree, other) = (Tree(0), Tree(1));

        (await desk.AddAsync(Asking(node, tree, 0, 10), Cancel)).Refusal.ShouldBe(WitnessRefusal.None);
        (await desk.AddAsync(Asking(node, tree, 0, 20), Cancel))
            .ShouldBe(new WitnessAnswer(WitnessRefusal.OldSizeNotLast, "", 10));
        (await desk.AddAsync(Asking(node, other, 10, 20), Cancel)).Refusal.ShouldBe(WitnessRefusal.ProofFails);
        (await desk.AddAsync(Asking(node, other, 10, 10), Cancel)).Refusal.ShouldBe(WitnessRefusal.ProofFails);
        var answer = await desk.AddAsync(Asking(node, tree, 10, 25), Cancel);

        answer.Refusal.ShouldBe(WitnessRefusal.None);
        var latest = await desk.LatestAsync(WitnessDesk.IdOf(Origin), Cancel);
        latest!.ShouldEndWith(answer.Line);
        SignedNote.TryParse(System.Text.Encoding.UTF8.GetBytes(latest), out var note, out _).ShouldBeTrue();
        note!.Check(node.Keys.KeyOf(TestNode.Kenya, Origin).VerifierKey, desk.Key).Verified.Length.ShouldBe(2);
        desk.Key.Kind.ShouldBe(KeyKind.Witness);
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Many_requests_at_once_never_roll_a_log_back(Provider provider)
    {
        await using var node = await TestNode.StartAsync(provider, postgres);
        var desks = new[] { 0, 1 }.Select(_ => new WitnessDesk(node.Database, node.Keys, node.Clock)).ToArray();
        var trees = new[] { Tree(0), Tree(1) };
        var cosigned = new System.Collections.Concurrent.ConcurrentBag<(long From, long To, int Tree)>();
        for (long from = 0; from < Entries;)
        {
            var asked = new[] { 1, 2, 5 }.SelectMany(step => new[] { 0, 1 }, (step, tree) => (from + step, tree))
                .Where(ask => ask.Item1 <= Entries);
            await Task.WhenAll(asked.Select((ask, at) => Task.Run(async () =>
            {
                var request = Asking(node, trees[ask.tree], from, ask.Item1);
                if ((await desks[at % 2].AddAsync(request, Cancel)).Refusal == WitnessRefusal.None)
                {
                    cosigned.Add((from, ask.Item1, ask.tree));
                }
            })));
            cosigned.Count(one => one.From == from).ShouldBe(1, "one request of those at once is cosigned");
            from = cosigned.Max(one => one.To);
        }

        cosigned.Select(one => one.Tree).Distinct().Count().ShouldBe(1, "the first history stays the only one");
    }

    [Fact]
    public async Task Over_HTTP_each_answer_has_its_own_status()
    {
        var folder = Directory.CreateTempSubdirectory("sameboat-witness-").FullName;
        try
        {
            await using var running = await RunningNode.StartAsync(
                new NodeOptions { Port = 0, DataFolder = folder, ExerciseSeed = NodeOptions.ExerciseSeedDefault },
                Cancel);
            using var client = new HttpClient { BaseAddress = running.Address };
            var note = await client.GetByteArrayAsync("/log/ken/checkpoint", Cancel);
            SignedNote.TryParse(note, out var signed, out _).ShouldBeTrue();
            using var stranger = SigningKey.FromSeed("stranger.test", new byte[SigningKey.SeedLength]);
            var unknown = new Checkpoint("stranger.test", 0, MerkleHash.EmptyTree).Sign(stranger);
            using var impostor = SigningKey.FromSeed("exercise.sameboat.invalid/log/ken", new byte[32]);
            Checkpoint.TryParse(signed!.Text, out var checkpoint).ShouldBeTrue();
            var id = WitnessDesk.IdOf(checkpoint!.Origin);

            (await client.GetAsync($"/witness/{id}/checkpoint", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await SendAsync(client, WitnessRequest.Of(0, [], unknown))).ShouldBe(HttpStatusCode.NotFound);
            (await SendAsync(client, WitnessRequest.Of(0, [], checkpoint.Sign(impostor))))
                .ShouldBe(HttpStatusCode.Forbidden);
            (await SendAsync(client, WitnessRequest.Of(checkpoint.Size + 1, [], signed)))
                .ShouldBe(HttpStatusCode.BadRequest);
            (await SendAsync(client, WitnessRequest.Of(0, [MerkleHash.EmptyTree], signed)))
                .ShouldBe(HttpStatusCode.UnprocessableEntity);
            (await SendAsync(client, WitnessRequest.Of(0, [], signed))).ShouldBe(HttpStatusCode.OK);
            using var conflict = await PostAsync(client, WitnessRequest.Of(0, [], signed).ToBytes());
            conflict.StatusCode.ShouldBe(HttpStatusCode.Conflict);
            conflict.Content.Headers.ContentType!.MediaType.ShouldBe("text/x.tlog.size");
            (await conflict.Content.ReadAsStringAsync(Cancel)).ShouldBe($"{checkpoint.Size}\n");
            using var malformed = await PostAsync(client, [1, 2, 3]);
            malformed.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            (await client.GetStringAsync($"/witness/{id}/checkpoint", Cancel)).ShouldStartWith(signed.Text);
            VerifierKey.TryParse((await client.GetStringAsync("/witness/key", Cancel)).Trim(), out _).ShouldBeTrue();
            if (!OperatingSystem.IsWindows())
            {
                File.GetUnixFileMode(Path.Combine(folder, "keys", "witness.cosigner"))
                    .ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<HttpStatusCode> SendAsync(HttpClient client, WitnessRequest request)
    {
        using var answer = await PostAsync(client, request.ToBytes());
        return answer.StatusCode;
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        return await client.PostAsync(new Uri("/witness/add-checkpoint", UriKind.Relative), content, Cancel);
    }

    private static MerkleTree Tree(byte first)
    {
        var tree = new MerkleTree();
        for (var index = 0; index < Entries; index++)
        {
            tree.AppendEntry([first, (byte)index]);
        }

        return tree;
    }

    private static WitnessRequest Asking(TestNode node, MerkleTree tree, long oldSize, long size) => WitnessRequest.Of(
        oldSize, tree.ConsistencyProof(oldSize, size),
        new Checkpoint(Origin, size, tree.Root(size)).Sign(node.Keys.KeyOf(TestNode.Kenya, Origin)));
}
