using CsCheck;
using Sameboat.Record;

namespace Sameboat.Engines.Tests.Record;

/// <summary>A log says who holds its key, and whoever verifies the log is told.</summary>
public sealed class KeyHoldingTests
{
    private static readonly string Mine = TextOf(1);
    private static readonly string Next = TextOf(2);

    /// <summary>Logs with what they say, and the host that a reader is to be told of.</summary>
    internal static readonly (Dictionary<string, byte[]> Files, string? Host)[] Logs =
    [
        (LogExample.Held(), null),
        (LogExample.Held(("Ministry host", Mine, 1, "north")), "Ministry host"),
        (LogExample.Held(("first", Mine, 1, "north"), ("second", Mine, 2, "north")), "second"),
        (LogExample.Held(("second", Mine, 2, "north"), ("first", Mine, 1, "north")), "second"),
        (LogExample.Held(("first", Mine, 1, "north"), ("second", Mine, 1, "north")), "second"),
        (LogExample.Held(("host", Mine, 1, "north"), ("north", Mine, 2, "north")), "north"),
        (LogExample.Held(("host", Mine, 1, "north"), ("host", Next, 2, "north")), null),
        (LogExample.Held(("host", Mine, 1, "south")), null),
        (LogExample.Held(("host", Mine, 1, "north"), ("thief", Mine, 9, "south")), "host"),
    ];

    [Fact]
    public void The_latest_statement_about_the_key_that_signs_is_told()
    {
        foreach (var (files, host) in Logs)
        {
            var log = LogExample.Verified(files);

            log.Fault.ShouldBeNull();
            log.HeldBy?.Host.ShouldBe(host);
            (log.HeldBy is null).ShouldBe(host is null);
        }
    }

    [Fact]
    public void What_a_log_says_of_its_key_is_read_back_as_it_was_written() =>
        Gen.String[1, KeyHolding.HostLengthMax].Where(KeyHolding.IsHost).Sample(host =>
        {
            var member = MemberId.Parse("north");
            var entry = new Entry(
                EntityId.Create(1_700_000_000_000, new byte[EntityId.RandomBytes]), KeyHolding.Kind, member,
                KeyHolding.SubjectOf(member).ToString(), default,
                KeyHolding.Statement(host, VerifierKey.Parse(Mine)));

            KeyHolding.TryRead(entry, out var read).ShouldBeTrue();
            read.ShouldBe(new KeyHolding(member, host, VerifierKey.Parse(Mine)));
            KeyHolding.TryRead(entry with { Author = MemberId.Parse("south") }, out _).ShouldBeFalse();
            KeyHolding.TryRead(entry with { Kind = KeyHandover.Kind }, out _).ShouldBeFalse();
        });

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("two\nlines")]
    public void Other_texts_name_no_host(string text)
    {
        KeyHolding.IsHost(text).ShouldBeFalse();
        Should.Throw<ArgumentException>(() => KeyHolding.Statement(text, VerifierKey.Parse(Mine)));
    }

    private static string TextOf(byte seed)
    {
        using var key = LogExample.Key(seed);
        return key.VerifierKey.ToString();
    }
}
