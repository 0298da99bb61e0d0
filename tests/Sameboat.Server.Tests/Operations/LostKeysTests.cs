using Sameboat.Server.Accounts;
using Sameboat.Server.Tests.Accounts;

namespace Sameboat.Server.Tests.Operations;

/// <summary>A record restored without the folder that decrypts the secrets of authenticators.</summary>
public sealed class LostKeysTests
{
    [Fact]
    public async Task Without_the_keys_of_pages_an_authenticator_is_refused_and_a_recovery_code_signs_in()
    {
        await using var node = await AccountNode.StartAsync();
        using var first = await node.FoundAsync();
        var recovery = first.Once().Split('\n')[0];
        Directory.Delete(Path.Combine(node.Folder, "keys", "pages"), recursive: true);
        await node.RestartAsync();
        node.Clock.Move(TimeSpan.FromMinutes(5));

        using var again = node.Visit();
        var code = Totp.Code(first.Authenticator, Totp.StepOf(node.Clock.GetUtcNow()));
        (await again.SignInAsync("first", code)).ShouldBe(403);
        (await again.SignInAsync("first", recovery)).ShouldBe(200, again.Page);
    }
}
