using Sameboat.Commands;
using Sameboat.Server.Tests.Chain;

namespace Sameboat.Server.Tests.Commands;

/// <summary>Tables into a node and out of it by the command line.</summary>
[Collection(nameof(TransferCommandTests))]
public sealed class TransferCommandTests : IDisposable
{
    private const string Token = "SAMEBOAT_TOKEN";

    [Fact]
    public async Task A_file_is_looked_at_imported_and_written_out_again()
    {
        await using var node = await ApiNode.StartAsync();
        await ApiTests.DeclareAsync(node);
        Environment.SetEnvironmentVariable(Token, await node.TokenAsync("ken", "store"));
        using var folder = new CommandFolder();
        folder.Write("good.csv", "kind,lot,item,unit,quantity,pack\nGoods,l1,ors,sachet,5,1\n");
        folder.Write("bad.csv", "kind,lot,item,unit,quantity,pack\nGoods,l1,ors,sachet,0,1\n");
        var rest = $"--name a --outbreak outbreak/convener/fever --node {node.Address}";

        var refused = await folder.RunAsync($"import offers @bad.csv {rest} --commit");
        refused.Code.ShouldBe(ExitCode.Refused);
        refused.Error.ShouldBe("row 2, quantity: found 0; expected a whole number from 1 to 10000000000000\n");
        (await folder.RunAsync($"import offers @good.csv {rest}")).Output
            .ShouldBe("Nothing is wrong: it would make 1 entries about 1 entities. Say --commit to do it.\n");
        (await folder.RunAsync($"import offers @good.csv {rest} --commit")).Output
            .ShouldBe("Imported as a: 1 entries about 1 entities.\n");
        (await folder.RunAsync($"import offers @good.csv {rest} --commit")).Output
            .ShouldBe("a had been imported before.\n");

        (await folder.TextOfAsync($"export offers --filter state=Open --node {node.Address} --out @offers.csv"))
            .ShouldContain("offer/ken/a-1,ken,outbreak/convener/fever,Open,Goods,l1,ors,sachet,5,1");
        (await folder.RunAsync($"export nothing --node {node.Address} --out @none.csv")).Error
            .ShouldBe("no-such-path: Nothing answers at this address.\n");
        (await folder.RunAsync("export offers --node http://127.0.0.1:1 --out @none.csv")).Code
            .ShouldBe(ExitCode.Refused);
        (await folder.RunAsync("export offers --node ftp:x --out @none.csv")).Code.ShouldBe(ExitCode.WrongUsage);
        (await folder.RunAsync($"import offers @absent.csv {rest}")).Code.ShouldBe(ExitCode.Refused);
        folder.Has("none.csv").ShouldBeFalse();
    }

    public void Dispose() => Environment.SetEnvironmentVariable(Token, null);
}
