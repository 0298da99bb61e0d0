using CsCheck;
using Sameboat.Record;

namespace Sameboat.Engines.Tests.Record;

public sealed class HybridTimeTests
{
    private static readonly Gen<HybridTime> Times = Gen.Select(
        Gen.OneOf(Gen.Long[0, 1000], Gen.Long[0, HybridTime.UnixMicrosecondsMax - 1]),
        Gen.OneOf(Gen.Int[0, 3], Gen.Int[0, HybridTime.CounterMax]),
        (micros, counter) => new HybridTime(micros, counter));

    [Fact]
    public void The_text_form_reads_back_and_sorts_like_the_times() => Gen.Select(Times, Times).Sample((a, b) =>
        HybridTime.TryParse(a.ToString(), out var read) && read == a
        && Math.Sign(string.CompareOrdinal(a.ToString(), b.ToString())) == Math.Sign(a.CompareTo(b)));

    [Fact]
    public void The_next_time_is_later_whatever_the_clock_says() => Gen.Select(Times, Gen.Long[0, 2000])
        .Sample((last, clock) => last.Next(clock).CompareTo(last) > 0 && last.Next(clock).UnixMicroseconds >= clock);

    [Fact]
    public void A_merged_time_is_later_than_both() => Gen.Select(Times, Times, Gen.Long[0, 2000])
        .Sample((mine, other, clock) =>
        {
            var merged = mine.Merge(other, clock);
            return merged.CompareTo(mine) > 0 && merged.CompareTo(other) > 0 && merged.UnixMicroseconds >= clock;
        });

    [Fact]
    public void A_clock_that_moves_on_starts_the_counter_anew()
    {
        new HybridTime(10, 4).Next(11).ShouldBe(new HybridTime(11));
        new HybridTime(10, 4).Next(10).ShouldBe(new HybridTime(10, 5));
        new HybridTime(10, 4).Next(9).ShouldBe(new HybridTime(10, 5));
        new HybridTime(10, HybridTime.CounterMax).Next(10).ShouldBe(new HybridTime(11));
    }

    [Theory]
    [InlineData("1970-01-01T00:00:00.000000Z-00000", true)]
    [InlineData("9999-12-31T23:59:59.999999Z-99999", true)]
    [InlineData("1969-12-31T23:59:59.999999Z-00000", false)]
    [InlineData("2026-03-02T09:30:00.000000Z-0000", false)]
    [InlineData("2026-03-02T09:30:00.000000Z 00000", false)]
    [InlineData("2026-03-02T24:00:00.000000Z-00000", false)]
    [InlineData("2026-03-02t09:30:00.000000Z-00000", false)]
    [InlineData("2026-03-02T09:30:00.000000z-00000", false)]
    [InlineData("2026-03-02T09:30:00.000000Z-+0000", false)]
    [InlineData("2026-03-02T09:30:00.000000Z- 0000", false)]
    [InlineData(null, false)]
    public void Only_the_one_text_form_is_read(string? text, bool isTime) =>
        HybridTime.TryParse(text, out _).ShouldBe(isTime);

    [Fact]
    public void A_time_far_ahead_of_the_clock_is_seen()
    {
        var clock = 1_772_443_800_000_000;

        new HybridTime(clock + HybridTime.AheadMicrosecondsMax).IsTooFarAheadOf(clock).ShouldBeFalse();
        new HybridTime(clock + HybridTime.AheadMicrosecondsMax + 1).IsTooFarAheadOf(clock).ShouldBeTrue();
        var previous = new HybridTime(clock);
        new HybridTime(clock - HybridTime.BackMicrosecondsMax).IsFarBehind(previous).ShouldBeFalse();
        new HybridTime(clock - HybridTime.BackMicrosecondsMax - 1).IsFarBehind(previous).ShouldBeTrue();
        previous.IsFarBehind(new HybridTime(0)).ShouldBeFalse();
    }
}
