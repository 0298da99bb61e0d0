using System.Text.Json.Nodes;
using Parquet;
using Parquet.Schema;
using Sameboat.Server.Api;
using Sameboat.Server.Api.Sheets;
using Sameboat.Server.Tests.Chain;

namespace Sameboat.Server.Tests.Api;

/// <summary>A list in its forms.</summary>
public sealed class ListFormatTests
{
    private static readonly string[] Hostile =
    [
        "=1+1", "+1", "-2+3", "@SUM(1)", "\t=1", "a,b", "a\"b", "a\nb", "\u0001", "<x>&", " space ", "同舟", "🛶",
        "9007199254740993", "",
    ];

    [Fact]
    public async Task A_workbook_holds_the_texts_as_texts()
    {
        var rows = Hostile.Select(text => new JsonObject { ["text"] = text, ["count"] = 1L << 60 }).ToList();
        var file = await ListFormats.Of("xlsx", "")!.WriteAsync(
            [new ListColumn("text", false, false), new ListColumn("count", true, false)], rows);

        var read = SheetReader.Read(new MemoryStream(file));

        read[0].Cells.ShouldBe(["text", "count"]);
        read.Skip(1).Select(row => row.Cells[0]).ShouldBe(
            Hostile.Select(text => text == "\u0001" ? "_x0001_" : text));
        read[1].Cells[1].ShouldBe("1152921504606846976");
    }

    [Fact]
    public async Task A_Parquet_file_holds_texts_whole_numbers_flags_and_nulls()
    {
        IReadOnlyList<JsonObject> rows =
        [
            new() { ["text"] = "=1+1", ["count"] = 1L << 60, ["flag"] = true },
            new() { ["text"] = null, ["count"] = null, ["flag"] = null },
        ];
        var file = await ListFormats.Of(null, "application/vnd.apache.parquet")!.WriteAsync(
            [
                new ListColumn("text", false, false), new ListColumn("count", true, false),
                new ListColumn("flag", false, true),
            ],
            rows);

        await using var reader = await ParquetReader.CreateAsync(
            new MemoryStream(file), cancellationToken: TestContext.Current.CancellationToken);
        using var group = reader.OpenRowGroupReader(0);
        DataField[] fields = reader.Schema.GetDataFields();
        var texts = new string?[2];
        await group.ReadAsync(fields[0], texts.AsMemory(), cancellationToken: TestContext.Current.CancellationToken);
        var counts = new long?[2];
        await group.ReadAsync<long>(
            fields[1], counts.AsMemory(), cancellationToken: TestContext.Current.CancellationToken);
        texts[0].ShouldBe("=1+1");
        texts[1].ShouldBeNull();
        counts.ShouldBe([1L << 60, null]);
        fields.Skip(1).Select(field => field.ClrType).ShouldBe([typeof(long), typeof(bool)]);
    }

    [Fact]
    public async Task Every_list_is_given_in_every_form_by_Accept_or_by_name()
    {
        await using var node = await ApiNode.StartAsync();
        await ApiTests.DeclareAsync(node);
        foreach (var list in new[] { "outbreaks", "requests", "offers", "rounds", "acceptances", "consignments" })
        {
            foreach (var format in ListFormats.All)
            {
                using var byName = await node.Client.GetAsync(
                    $"/api/v1/{list}?format={format.Name}", TestContext.Current.CancellationToken);
                byName.Content.Headers.ContentType!.MediaType.ShouldBe(format.MediaType);
                using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/{list}");
                request.Headers.TryAddWithoutValidation("Accept", format.MediaType + ", */*;q=0.1");
                using var byAccept = await node.Client.SendAsync(request, TestContext.Current.CancellationToken);
                byAccept.Content.Headers.ContentType!.MediaType.ShouldBe(format.MediaType);
            }
        }

        (await node.Client.GetStringAsync("/api/v1/requests?format=csv", TestContext.Current.CancellationToken))
            .ShouldBe("subject,member,outbreak,state\r\n");
    }
}
