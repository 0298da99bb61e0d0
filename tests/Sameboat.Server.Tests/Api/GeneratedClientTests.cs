using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Sameboat.Fuzzing;
using Sameboat.Server.Tests.Chain;

namespace Sameboat.Server.Tests.Api;

/// <summary>A client generated from the document walks the chain; an answer with a member that the document does not
/// name fails it.</summary>
public sealed class GeneratedClientTests
{
    private const string Walk = """
        #nullable enable
        using System.Net.Http;
        using System.Net.Http.Headers;
        using System.Threading.Tasks;
        using Generated;

        public static class Walk
        {
            private const string Outbreak = "outbreak/convener/fever";

            private static Client Of(string address, string token)
            {
                var http = new HttpClient { BaseAddress = new System.Uri(address) };
                http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
                return new Client(http);
            }

            public static async Task<string> RunAsync(string address, string[] tokens)
            {
                var convener = Of(address, tokens[0]);
                var chair = Of(address, tokens[1]);
                var first = Of(address, tokens[2]);
                var second = Of(address, tokens[3]);
                var donor = Of(address, tokens[4]);
                await convener.OpenOutbreakAsync(new NewOutbreak
                {
                    Id = "fever", Name = "Fever", Pack = "exercise-fever", Declared = "2026-01-05",
                });
                await first.OpenRequestAsync(new NewRequest
                {
                    Id = "r1", Outbreak = Outbreak,
                    Lines = [new NewRequestLinesItem { Place = "KEN", Item = "ors", Unit = "sachet", Quantity = 100 }],
                }, idempotencyKey: "r1");
                var request = await second.ReadRequestAsync("ken", "r1");
                var tag = (await second.SayRequestValidatedAsync("ken", "r1", new RequestValidated(), request.Tag)).Tag;
                tag = (await second.SayRequestPublishedAsync("ken", "r1", new RequestPublished(), tag)).Tag;
                await donor.OpenOfferAsync(new NewOffer
                {
                    Id = "o1", Outbreak = Outbreak, Kind = "Goods", Lot = "a1", Item = "ors", Unit = "sachet",
                    Quantity = 100, Pack = 1, Origin = "PER",
                });
                var round = await convener.OpenRoundAsync(new NewRound
                {
                    Id = "w1", Outbreak = Outbreak, AsOf = "2026-01-05", Weeks = 4, Seed = "1",
                });
                var step = (await convener.SayRoundFrozenAsync("convener", "w1", new RoundFrozen { Inputs = [] },
                    round.Tag)).Tag;
                step = (await convener.SayRoundProposedAsync("convener", "w1", new RoundProposed(), step)).Tag;
                step = (await convener.SayRoundReviewedAsync("convener", "w1", new RoundReviewed(), step)).Tag;
                step = (await chair.SayRoundDecidedAsync("convener", "w1", new RoundDecided { Reason = "fair" }, step))
                    .Tag;
                await chair.SayRoundSubmittedAsync("convener", "w1", new RoundSubmitted(), step);
                var offer = await donor.ReadOfferAsync("per", "o1");
                await donor.SayOfferAcceptedAsync("per", "o1", new OfferAccepted { Quantity = 100 }, offer.Tag);
                return await SendAsync(first, second, donor);
            }

            private static async Task<string> SendAsync(Client first, Client second, Client donor)
            {
                var sent = await donor.OpenConsignmentAsync(new NewConsignment
                {
                    Id = "c1", Outbreak = Outbreak, Consignee = "ken", Destination = "KEN",
                    Lines =
                    [
                        new NewConsignmentLinesItem { Item = "ors", Unit = "sachet", Lot = "a1", Quantity = 100 },
                    ],
                });
                var tag = (await donor.SayConsignmentPackedAsync("per", "c1", new ConsignmentPacked(), sent.Tag)).Tag;
                tag = (await donor.SayConsignmentDispatchedAsync("per", "c1",
                    new ConsignmentDispatched { Waybill = "w-1" }, tag)).Tag;
                tag = (await donor.SayConsignmentDepartedAsync("per", "c1", new ConsignmentDeparted(), tag)).Tag;
                tag = (await second.SayConsignmentArrivedAsync("per", "c1", new ConsignmentArrived(), tag)).Tag;
                tag = (await second.SayConsignmentReceivedAsync("per", "c1", new ConsignmentReceived
                {
                    Note = "n1", Lines = [new ConsignmentReceivedLinesItem { Line = 0, Received = 100 }],
                }, tag)).Tag;
                try
                {
                    await first.SayConsignmentPackedAsync("per", "c1", new ConsignmentPacked(), tag);
                    return "an act of another was let through";
                }
                catch (ApiProblem problem) when (problem.Status == 403)
                {
                }

                var answers = await first.ReadRequestAnswersAsync("ken", "r1");
                var chain = await first.CheckConservationAsync(Outbreak);
                var listed = await first.ListConsignmentsAsync(state: "Received");
                var consignment = await first.ReadConsignmentAsync("per", "c1");
                return answers.Value.Lines[0].Progress + " " + chain.Value.Lines + " " + listed.Value.Items.Count + " "
                    + consignment.Value.Receipts[0].Note + " " + consignment.Value.Steps.Count;
            }
        }
        """;

    [Fact]
    public async Task It_walks_from_outbreak_to_receipt()
    {
        await using var node = await ApiNode.StartAsync();
        var tokens = new[]
        {
            await node.TokenAsync("convener", "secretary"), await node.TokenAsync("convener", "chair"),
            await node.TokenAsync("ken", "first"), await node.TokenAsync("ken", "second"),
            await node.TokenAsync("per", "donor"),
        };
        var document = await node.Client.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken);
        var assembly = Compile(new ClientSource(new ApiSurface(document)).Write(), Walk);

        var walk = (Task<string>)assembly.GetType("Walk")!.GetMethod("RunAsync")!
            .Invoke(null, [node.Address.ToString(), tokens])!;

        (await walk).ShouldBe("Received 1 1 n1 6");
    }

    private static Assembly Compile(params IEnumerable<string> sources)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(
            "Generated", sources.Select(source => CSharpSyntaxTree.ParseText(source)), references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var file = new MemoryStream();
        var result = compilation.Emit(file);
        result.Diagnostics.Where(one => one.Severity == DiagnosticSeverity.Error)
            .Select(one => one.ToString()).ShouldBeEmpty();
        return Assembly.Load(file.ToArray());
    }
}
