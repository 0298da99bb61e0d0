using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Sameboat.Server.Api.Sheets;
using Sameboat.Server.Tests.Chain;

namespace Sameboat.Server.Tests.Bulk;

/// <summary>Files that become entries, all or nothing.</summary>
public sealed class ImportTests
{
    private const string Outbreak = "outbreak/convener/fever";
    private const string OfferColumns = "kind,lot,item,unit,quantity,pack";

    [Fact]
    public async Task Lines_are_looked_at_first_then_written_as_requests_and_once()
    {
        await using var node = await ApiNode.StartAsync();
        var ken = await StartAsync(node);
        var file = "place,item,unit,quantity,needed_by\n" + string.Concat(Enumerable.Range(1, 650)
            .Select(line => $"KEN,ors,sachet,{line},2026-02-01\n"));

        var (status, seen) = await SendAsync(node, ken, "request-lines?name=jan&outbreak=" + Outbreak, file);
        status.ShouldBe(HttpStatusCode.OK);
        seen["committed"]!.GetValue<bool>().ShouldBeFalse();
        (await node.GetAsync("requests"))["items"]!.AsArray().Count.ShouldBe(0);

        var address = $"request-lines?name=jan&mode=commit&outbreak={Outbreak}";
        (await SendAsync(node, ken, address, file)).Status.ShouldBe(HttpStatusCode.Created);
        var again = await SendAsync(node, ken, address, file);
        again.Status.ShouldBe(HttpStatusCode.OK);
        again.Answer["already_done"]!.GetValue<bool>().ShouldBeTrue();
        (await SendAsync(node, ken, address, file + "KEN,ors,sachet,1,\n")).Answer["code"]!.GetValue<string>()
            .ShouldBe("key-reused");

        var made = (await node.GetAsync("requests?outbreak=" + Outbreak))["items"]!.AsArray();
        made.Select(one => one!["subject"]!.GetValue<string>())
            .ShouldBe(["request/ken/jan-1", "request/ken/jan-2", "request/ken/jan-3"]);
        long sum = 0;
        foreach (var number in new[] { 1, 2, 3 })
        {
            var lines = (await node.GetAsync($"requests/ken/jan-{number}"))["lines"]!.AsArray();
            sum += lines.Sum(line => line!["quantity"]!.GetValue<long>());
        }

        sum.ShouldBe(650L * 651 / 2);
    }

    [Fact]
    public async Task A_row_that_cannot_be_taken_is_told_with_its_column_and_nothing_is_stored()
    {
        await using var node = await ApiNode.StartAsync();
        var ken = await StartAsync(node);
        var address = $"offers?name=a&mode=commit&outbreak={Outbreak}";

        var (status, refused) = await SendAsync(node, ken, address,
            OfferColumns + "\nGoods,l1,ors,sachet,5,1\nGoods,l2,Not An Item,sachet,=1+1,1\nGoods,,ors,sachet,0,1\n");
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused["code"]!.GetValue<string>().ShouldBe("import-refused");
        refused["errors"]!.AsArray().Select(one => $"{one!["row"]} {one["column"]} {one["found"]}").ShouldBe(
            ["3 item Not An Item", "3 quantity =1+1", "4 lot nothing", "4 quantity 0"]);
        (await SendAsync(node, ken, address, "lot,colour\na,b\n")).Answer["errors"]![0]!["column"]!
            .GetValue<string>().ShouldBe("colour");
        (await SendAsync(node, ken, address, OfferColumns + "\n")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await SendAsync(node, ken, address, "")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await SendAsync(node, ken, "offers?name=a&mode=commit", OfferColumns + "\n")).Status
            .ShouldBe(HttpStatusCode.BadRequest);
        (await SendAsync(node, ken, "offers?name=a&mode=commit&outbreak=outbreak/nobody", OfferColumns + "\n")).Status
            .ShouldBe(HttpStatusCode.BadRequest);
        (await node.GetAsync("offers"))["items"]!.AsArray().Count.ShouldBe(0);
    }

    [Fact]
    public async Task A_workbook_is_read_as_a_table_is_with_its_days_and_its_formulas_as_texts()
    {
        await using var node = await ApiNode.StartAsync();
        var ken = await StartAsync(node);
        var file = Workbook(
            "<row r=\"1\">" + Texts("kind", "lot", "item", "unit", "quantity", "pack", "expires") + "</row>"
            + "<row r=\"2\">" + Texts("Goods") + "<c r=\"B2\"><f>HYPERLINK(\"x\")</f><v>9</v></c>"
            + Texts("ors", "sachet")
            + "<c><v>40</v></c><c><v>1</v></c><c><v>46054</v></c></row>");

        (await SendAsync(node, ken, $"offers?name=x&mode=commit&outbreak={Outbreak}", file, SheetWriter.MediaType))
            .Status.ShouldBe(HttpStatusCode.Created);

        var offer = await node.GetAsync("offers/ken/x-1");
        offer["lot"]!.GetValue<string>().ShouldBe("=HYPERLINK(\"x\")");
        offer["quantity"]!.GetValue<long>().ShouldBe(40);
        offer["expires"]!.GetValue<string>().ShouldBe("2026-02-01");
        (await node.Client.GetStringAsync("/api/v1/offers?format=csv", TestContext.Current.CancellationToken))
            .ShouldContain("\"'=HYPERLINK(\"\"x\"\")\"");
    }

    [Fact]
    public async Task A_workbook_that_is_made_to_hurt_is_refused()
    {
        await using var node = await ApiNode.StartAsync();
        var ken = await StartAsync(node);
        const string Bomb = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]>"
            + "<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>&b;</t></is></c></row></sheetData></worksheet>";
        var files = new Dictionary<string, byte[]>
        {
            ["entities"] = Zip(("xl/worksheets/sheet1.xml", Bomb)),
            ["outward entity"] = Zip(("xl/worksheets/sheet1.xml", Bomb.Replace(
                "\"aaaaaaaaaa\"", "SYSTEM \"file:///etc/passwd\"", StringComparison.Ordinal))),
            ["expansion"] = Zip(("xl/worksheets/sheet1.xml", "<worksheet>" + new string(' ', 70 << 20))),
            ["expansion in the texts"] = Zip(
                ("xl/sharedStrings.xml", "<sst>" + new string(' ', 70 << 20)), ("xl/worksheets/sheet1.xml", "<a/>")),
            ["many parts"] = Zip([.. Enumerable.Range(0, 300).Select(part => ($"p{part}", "x"))]),
            ["no sheet"] = Zip(("a", "b")),
            ["no zip"] = [1, 2, 3],
            ["far column"] = Workbook("<row><c r=\"XFD1\"><v>1</v></c></row>"),
            ["text that is not there"] = Workbook("<row><c t=\"s\"><v>7</v></c></row>"),
            ["long cell"] = Workbook($"<row><c t=\"inlineStr\"><is><t>{new string('a', 5_000)}</t></is></c></row>"),
        };
        foreach (var (name, file) in files)
        {
            var (status, answer) = await SendAsync(
                node, ken, $"offers?name=b&mode=commit&outbreak={Outbreak}", file, SheetWriter.MediaType);
            status.ShouldBe(HttpStatusCode.UnprocessableEntity, name);
            answer["code"]!.GetValue<string>().ShouldBe("import-refused", name);
        }

        (await SendAsync(node, ken, $"offers?name=b&outbreak={Outbreak}", new byte[9 << 20], SheetWriter.MediaType))
            .Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await node.GetAsync("offers"))["items"]!.AsArray().Count.ShouldBe(0);
    }

    [Fact]
    public async Task What_was_imported_is_taken_back_by_entries_that_correct_it()
    {
        await using var node = await ApiNode.StartAsync();
        var ken = await StartAsync(node);
        var per = await node.TokenAsync("per", "other");
        var file = OfferColumns + "\n" + string.Concat(Enumerable.Range(1, 3).Select(
            lot => $"Goods,l{lot},ors,sachet,{lot},1\n"));
        (await SendAsync(node, ken, $"offers?name=a&mode=commit&outbreak={Outbreak}", file)).Status
            .ShouldBe(HttpStatusCode.Created);
        var reason = new JsonObject { ["reason"] = "the wrong file" };

        (await node.PostAsync(per, "imports/offers/ken/a/undone", reason)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await node.PostAsync(ken, "imports/offers/ken/b/undone", reason)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await node.PostAsync(ken, "imports/receipts/ken/a/undone", reason)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await node.PostAsync(ken, "imports/offers/ken/a/undone", reason)).Status.ShouldBe(HttpStatusCode.OK);

        (await node.GetAsync("offers?state=Withdrawn"))["items"]!.AsArray().Count.ShouldBe(3);
        (await node.GetAsync("offers/ken/a-1"))["steps"]![1]!["reason"]!.GetValue<string>().ShouldBe("the wrong file");
        (await node.PostAsync(ken, "imports/offers/ken/a/undone", reason)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Receipts_are_all_taken_or_none()
    {
        await using var node = await ApiNode.StartAsync();
        var ken = await StartAsync(node);
        var per = await node.TokenAsync("per", "sender");
        foreach (var name in new[] { "c1", "c2" })
        {
            await ArriveAsync(node, per, name);
        }

        const string Header = "consignment,note,line,received,damaged,lost,reason\n";
        var (status, refused) = await SendAsync(node, ken, "receipts?name=r&mode=commit",
            Header + "consignment/per/c1,n1,0,60,0,0,\nconsignment/per/c2,n1,0,101,0,0,\n");
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused["errors"]![0]!["row"]!.GetValue<long>().ShouldBe(3);
        refused["errors"]![0]!["found"]!.GetValue<string>().ShouldBe("more-than-there-is");
        (await node.GetAsync("consignments/per/c1"))["receipts"]!.AsArray().Count.ShouldBe(0);

        (await SendAsync(node, ken, "receipts?name=r&mode=commit",
            Header + "consignment/per/c1,n1,0,60,0,0,\nconsignment/per/c1,n2,0,35,5,0,wet\n"
            + "consignment/per/c2,n1,0,90,,,\n"))
            .Status.ShouldBe(HttpStatusCode.Created);
        (await node.GetAsync("consignments/per/c1"))["state"]!.GetValue<string>().ShouldBe("Received");
        (await node.GetAsync("consignments/per/c2"))["state"]!.GetValue<string>().ShouldBe("PartlyReceived");
    }

    [Fact]
    public async Task Receipts_that_were_imported_are_taken_back_all_or_none_and_may_be_imported_again()
    {
        await using var node = await ApiNode.StartAsync();
        var ken = await StartAsync(node);
        var per = await node.TokenAsync("per", "sender");
        await ArriveAsync(node, per, "c1");
        await ArriveAsync(node, per, "c2");
        const string File = "consignment,note,line,received,damaged,lost,reason\n"
            + "consignment/per/c1,n1,0,60,0,0,\nconsignment/per/c1,n2,0,35,5,0,wet\nconsignment/per/c2,n1,0,90,,,\n";
        (await SendAsync(node, ken, "receipts?name=r&mode=commit", File)).Status.ShouldBe(HttpStatusCode.Created);
        var reason = new JsonObject { ["reason"] = "counted at the wrong door" };

        (await node.PostAsync(per, "imports/receipts/ken/r/undone", reason)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await node.PostAsync(ken, "imports/receipts/ken/r/undone", reason)).Status.ShouldBe(HttpStatusCode.OK);

        foreach (var name in new[] { "c1", "c2" })
        {
            var open = await node.GetAsync($"consignments/per/{name}");
            open["state"]!.GetValue<string>().ShouldBe("Arrived");
            open["receipts"]!.AsArray().ShouldBeEmpty();
            open["lines"]![0]!["open"]!.GetValue<long>().ShouldBe(100);
            open["steps"]!.AsArray()[^1]!["reason"]!.GetValue<string>().ShouldBe("counted at the wrong door");
        }

        (await node.GetAsync($"conservation?outbreak={Outbreak}"))["findings"]!.AsArray().ShouldBeEmpty();
        (await node.PostAsync(ken, "imports/receipts/ken/r/undone", reason)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await SendAsync(node, ken, "receipts?name=again&mode=commit", File)).Status.ShouldBe(HttpStatusCode.Created);
        (await node.GetAsync("consignments/per/c1"))["state"]!.GetValue<string>().ShouldBe("Received");

        // What the sender has agreed to is no longer the consignee's alone: nothing of the import is taken back.
        var count = (await node.GetAsync("consignments/per/c1"))["steps"]!.AsArray().Count;
        (await node.PostAsync(per, "consignments/per/c1/reconciled", [], $"\"v{count}\"")).Status
            .ShouldBe(HttpStatusCode.OK);
        (await node.PostAsync(ken, "imports/receipts/ken/again/undone", reason)).Status
            .ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await node.GetAsync("consignments/per/c2"))["receipts"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task One_note_is_taken_back_and_its_number_serves_for_the_right_count()
    {
        await using var node = await ApiNode.StartAsync();
        var ken = await StartAsync(node);
        var per = await node.TokenAsync("per", "sender");
        await ArriveAsync(node, per, "c1");
        var wrong = new JsonObject
        {
            ["note"] = "n1", ["lines"] = new JsonArray(new JsonObject { ["line"] = 0, ["received"] = 100 }),
        };
        var tag = (await node.PostAsync(ken, "consignments/per/c1/received", wrong, "\"v5\"")).Tag;
        var back = new JsonObject { ["note"] = "n1", ["reason"] = "ten are missing" };

        (await node.PostAsync(per, "consignments/per/c1/unreceived", (JsonObject)back.DeepClone(), tag)).Body["code"]!
            .GetValue<string>().ShouldBe("not-a-party");
        (await node.PostAsync(ken, "consignments/per/c1/unreceived", new JsonObject { ["note"] = "n1" }, tag)).Status
            .ShouldBe(HttpStatusCode.UnprocessableEntity, "a reason is needed");
        var (status, next, _) = await node.PostAsync(
            ken, "consignments/per/c1/unreceived", (JsonObject)back.DeepClone(), tag);
        status.ShouldBe(HttpStatusCode.OK);
        (await node.PostAsync(ken, "consignments/per/c1/unreceived", back, next)).Body["already_done"]!
            .GetValue<bool>().ShouldBeTrue();

        var right = new JsonObject
        {
            ["note"] = "n1", ["lines"] = new JsonArray(new JsonObject { ["line"] = 0, ["received"] = 90 }),
        };
        (await node.PostAsync(ken, "consignments/per/c1/received", right, next)).Status.ShouldBe(HttpStatusCode.OK);
        var open = await node.GetAsync("consignments/per/c1");
        open["state"]!.GetValue<string>().ShouldBe("PartlyReceived");
        open["lines"]![0]!["received"]!.GetValue<long>().ShouldBe(90);
        open["receipts"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Reports_of_a_place_are_joined_by_its_days()
    {
        await using var node = await ApiNode.StartAsync();
        var ken = await StartAsync(node);
        var address = $"situation-reports?name=s&mode=commit&outbreak={Outbreak}";
        (await SendAsync(node, ken, address, "place,day,cases\nKEN,2026-01-05,1\nKEN,2026-01-05,2\n"))
            .Answer["errors"]![0]!["row"]!.GetValue<long>().ShouldBe(3);

        var made = await SendAsync(
            node, ken, address, "place,day,cases,deaths\nKEN,2026-01-07,3,\nKEN,2026-01-05,1,0\nPER,2026-01-05,4,0\n");

        made.Status.ShouldBe(HttpStatusCode.Created);
        made.Answer["subjects"]!.AsArray().Select(one => one!.GetValue<string>())
            .ShouldBe(["situation/ken/s-1", "situation/ken/s-2"]);
        (await node.PostAsync(ken, "imports/situation-reports/ken/s/undone", new JsonObject { ["reason"] = "wrong" }))
            .Status.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<string> StartAsync(ApiNode node)
    {
        var ken = await node.TokenAsync("ken", "store", territory: "KEN", name: "Kenya");
        await ApiTests.DeclareAsync(node);
        return ken;
    }

    private static async Task ArriveAsync(ApiNode node, string token, string name)
    {
        (await node.PostAsync(token, "consignments", new JsonObject
        {
            ["id"] = name,
            ["outbreak"] = Outbreak,
            ["consignee"] = "ken",
            ["destination"] = "KEN",
            ["lines"] = new JsonArray(new JsonObject
            {
                ["item"] = "ors", ["unit"] = "sachet", ["lot"] = "a", ["quantity"] = 100,
            }),
        })).Status.ShouldBe(HttpStatusCode.Created);
        var tag = "\"v1\"";
        foreach (var verb in new[] { "packed", "dispatched", "departed", "arrived" })
        {
            tag = (await node.PostAsync(token, $"consignments/per/{name}/{verb}", [], tag)).Tag;
        }
    }

    private static Task<(HttpStatusCode Status, JsonObject Answer)> SendAsync(
        ApiNode node, string token, string address, string file) =>
        SendAsync(node, token, address, Encoding.UTF8.GetBytes(file), "text/csv");

    private static async Task<(HttpStatusCode Status, JsonObject Answer)> SendAsync(
        ApiNode node, string token, string address, byte[] file, string type)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/imports/" + address)
        {
            Content = new ByteArrayContent(file) { Headers = { ContentType = new MediaTypeHeaderValue(type) } },
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await node.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (answer.StatusCode, JsonNode.Parse(text)!.AsObject());
    }

    private static string Texts(params IEnumerable<string> texts) => string.Concat(texts.Select(
        text => string.Create(CultureInfo.InvariantCulture, $"<c t=\"inlineStr\"><is><t>{text}</t></is></c>")));

    private static byte[] Workbook(string rows) => Zip(("xl/worksheets/sheet1.xml",
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>"
        + rows + "</sheetData></worksheet>"));

    private static byte[] Zip(params IReadOnlyList<(string Name, string Text)> parts)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in parts)
            {
                using var part = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
                part.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return file.ToArray();
    }
}
