using System.Net;
using Sameboat.Record;
using Sameboat.Server.Following;
using Sameboat.Server.Offers;
using Sameboat.Server.Record;
using Sameboat.Server.Record.Sealed;
using Sameboat.Server.Storage;
using Sameboat.Server.Tests.Storage;

namespace Sameboat.Server.Tests.Following;

/// <summary>A body that is not handed over at first is asked for again soon, and then less and less often.</summary>
public sealed class SealedAskingTests
{
    private readonly EntryMaker _maker = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_source_that_does_not_know_the_reader_yet_is_asked_again_after_one_two_four_seconds()
    {
        await using var kenya = await FollowNode.StartAsync("ken");
        await using var peru = await FollowNode.StartAsync("per");
        await peru.FollowAsync(kenya.Key);
        await kenya.AppendAsync(SealedFor(kenya.Member, peru.Member));
        (await peru.PollAsync("ken", kenya.Source())).ShouldBe(PollOutcome.Applied);
        var clock = new SteppedClock();
        using var keys = new LogKeys(peru.Folder);
        var fetch = new SealedFetch(peru.Database, new SealedBodies(peru.Database), keys, clock);
        var source = new FollowedLogRow
        {
            Member = "ken", Origin = kenya.Origin, Source = "http://node.test/log/ken", VerifierKey = kenya.Key,
            State = (int)FollowState.Following, SeenAt = 0, Fault = "",
        };
        using var line = new Unknowing();
        using var client = new HttpClient(line, disposeHandler: false);
        await fetch.FetchAsync(source, hasGrown: true, client, Cancel);
        var askedAfter = new List<double>();
        for (var half = 1; half <= 30; half++)
        {
            clock.Passed += TimeSpan.FromMilliseconds(500);
            var before = line.Asked;
            await fetch.FetchAsync(source, hasGrown: false, client, Cancel);
            if (line.Asked > before)
            {
                askedAfter.Add(clock.Passed.TotalSeconds);
            }
        }

        askedAfter.ShouldBe([1, 3, 7, 15]);
        var asked = line.Asked;
        await fetch.FetchAsync(source, hasGrown: true, client, Cancel);
        line.Asked.ShouldBe(asked + 1, "a log that has grown is asked at once");
    }

    private Entry SealedFor(MemberId author, MemberId reader)
    {
        var subject = $"offer/{author}/a";
        var open = _maker.Next(author, OfferFold.Kind, subject, OfferFold.Statement(
            new OfferRow
            {
                Subject = subject, Outbreak = "outbreak/convener/fever", Member = author.ToString(),
                Kind = nameof(OfferKind.Goods), Lot = "A", Item = "item-1", Unit = "each", Quantity = 50, Pack = 10,
                Origin = "", Available = null, Expires = null, ColdChain = false, OnlyFor = "",
            },
            exercise: true));
        return SealedBodies.Seal(open, LogKeys.DrawSalt(), Visibility.Parties, reader);
    }

    /// <summary>A source that says that it does not know the reader.</summary>
    private sealed class Unknowing : HttpMessageHandler
    {
        internal int Asked { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked++;
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.Unauthorized));
        }
    }

    /// <summary>A clock whose measured time a test moves.</summary>
    private sealed class SteppedClock : TimeProvider
    {
        internal TimeSpan Passed { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => TimeSpan.TicksPerDay + Passed.Ticks;

        public override DateTimeOffset GetUtcNow() => MovedClock.Start + Passed;
    }
}
