using Sameboat.Server.Record;

namespace Sameboat.Server.Tests;

public sealed class KeyTests : IDisposable
{
    private static readonly MemberId Kenya = MemberId.Parse("ken");

    private readonly string _folder = Directory.CreateTempSubdirectory("sameboat-keys-").FullName;

    [Fact]
    public void A_key_is_made_once_and_read_ever_after()
    {
        using var first = new LogKeys(_folder);
        using var second = new LogKeys(_folder);

        var made = first.KeyOf(Kenya, "node.test/log/ken").VerifierKey;

        second.KeyOf(Kenya, "node.test/log/ken").VerifierKey.ShouldBe(made);
    }

    [Fact]
    public void Two_members_never_share_a_key()
    {
        using var keys = new LogKeys(_folder);

        var one = keys.KeyOf(Kenya, "node.test/log/ken");
        var other = keys.KeyOf(MemberId.Parse("per"), "node.test/log/per");

        other.ToSecretText()[^40..].ShouldNotBe(one.ToSecretText()[^40..]);
    }

    [Fact]
    public void Only_the_owner_may_read_the_file()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("file modes are POSIX");
            return;
        }

        using var keys = new LogKeys(_folder);
        keys.KeyOf(Kenya, "node.test/log/ken");

        File.GetUnixFileMode(keys.PathOf(Kenya)).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void A_damaged_file_is_named_and_never_replaced()
    {
        using (var keys = new LogKeys(_folder))
        {
            keys.KeyOf(Kenya, "node.test/log/ken");
            File.WriteAllText(keys.PathOf(Kenya), "half a ke");
        }

        using var again = new LogKeys(_folder);
        Should.Throw<InvalidDataException>(() => again.KeyOf(Kenya, "node.test/log/ken"))
            .Message.ShouldContain(again.PathOf(Kenya));
        File.ReadAllText(again.PathOf(Kenya)).ShouldBe("half a ke");
    }

    [Fact]
    public void The_key_of_another_origin_is_refused()
    {
        using var keys = new LogKeys(_folder);
        keys.KeyOf(Kenya, "node.test/log/ken");

        Should.Throw<InvalidDataException>(() => keys.KeyOf(Kenya, "other.test/log/ken"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
