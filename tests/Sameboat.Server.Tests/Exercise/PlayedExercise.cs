using System.Net;
using System.Text.Json.Nodes;
using Sameboat.Record;

namespace Sameboat.Server.Tests.Exercise;

/// <summary>The same exercise run twice, on two nodes: the same events in the same weeks.</summary>
public sealed class PlayedExercise : IAsyncLifetime
{
    internal const string Port = "VNM";
    internal const string Donor = "exercise-relief-pool";

    private readonly string _folder = Directory.CreateTempSubdirectory("sameboat-test-").FullName;
    private RunningNode? _first;
    private RunningNode? _second;

    internal ExerciseLeader First { get; private set; } = null!;

    internal ExerciseLeader Second { get; private set; } = null!;

    internal RunningNode Node => _first!;

    public async ValueTask InitializeAsync()
    {
        _first = await StartAsync("first");
        _second = await StartAsync("second");
        (First, Second) = (new ExerciseLeader(_first), new ExerciseLeader(_second));
        await RunAsync(First, clicks: 2);
        await RunAsync(Second, clicks: 1);
    }

    public async ValueTask DisposeAsync()
    {
        First?.Dispose();
        Second?.Dispose();
        foreach (var node in new[] { _first, _second }.OfType<RunningNode>())
        {
            await node.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private Task<RunningNode> StartAsync(string folder) => RunningNode.StartAsync(
        new NodeOptions
        {
            Port = 0, DataFolder = Path.Combine(_folder, folder), ExerciseSeed = NodeOptions.ExerciseSeedDefault,
        },
        CancellationToken.None);

    private static async Task RunAsync(ExerciseLeader leader, int clicks)
    {
        await leader.SignInAsync();
        (await leader.InjectAsync("PortCloses", "place", Port)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await leader.InjectAsync("DonorLapses", "donor", Donor)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await leader.InjectAsync("VariantSpreads", "place", "", growth: 200)).StatusCode.ShouldBe(HttpStatusCode.OK);
        for (var click = 0; click < clicks; click++)
        {
            (await leader.PlayWeekAsync(1)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    /// <summary>
    /// What is played, whichever node plays it: without what each log says of its own key, which is another on every
    /// node, and without the roots of logs that hold such a statement, as a round freezes them.
    /// </summary>
    internal static List<string> Bytes(IEnumerable<Entry> entries) =>
    [
        .. entries.Where(entry => entry.Kind != KeyHolding.Kind).Select(entry =>
        {
            var body = entry.Body.DeepClone().AsObject();
            foreach (var input in (body["inputs"] as JsonArray ?? []).OfType<JsonObject>())
            {
                input.Remove("root");
            }

            return Convert.ToHexString((entry with { Body = body }).ToCanonicalBytes());
        }),
    ];
}
