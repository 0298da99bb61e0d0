using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Sameboat.Server.Api.Sheets;

namespace Sameboat.Benchmarks.Api;

/// <summary><c>import FOLDER</c>: how long a node takes to import 5,000 lines.</summary>
internal static class ImportFigures
{
    private const int Lines = 5_000;
    private const int LinesOfConsignment = 250;
    private const string Goal = "5 s";

    internal static async Task<int> RunAsync(string folder)
    {
        await using var node = await BenchNode.StartAsync(folder);
        var ken = await node.TokenAsync("ken");
        var outbreak = "&outbreak=" + BenchNode.Outbreak;
        var requests = Rows("place,item,unit,quantity,needed_by",
            number => $"KEN,ors,sachet,{number},2026-02-01");
        var offers = Rows("kind,lot,item,unit,quantity,pack,expires",
            number => $"Goods,lot {number},ors,sachet,{number},1,2027-01-01");
        var reports = Rows("place,day,cases,deaths", number =>
            $"KEN,{new DateOnly(2010, 1, 1).AddDays(number):yyyy-MM-dd},{number % 97},{number % 3}");
        await MeasureAsync(node, ken, "request lines, CSV", "request-lines", "r" , outbreak, requests, false);
        await MeasureAsync(node, ken, "request lines, XLSX", "request-lines", "rx", outbreak, requests, true);
        await MeasureAsync(node, ken, "offers, CSV", "offers", "o", outbreak, offers, false);
        await MeasureAsync(node, ken, "offers, XLSX", "offers", "ox", outbreak, offers, true);
        await MeasureAsync(node, ken, "situation reports, CSV", "situation-reports", "s", outbreak, reports, false);
        await SendAsync(node, await node.TokenAsync("per"));
        var receipts = Rows("consignment,note,line,received", number => string.Create(CultureInfo.InvariantCulture,
            $"consignment/per/c{(number - 1) / LinesOfConsignment},n1,{(number - 1) % LinesOfConsignment},10"));
        await MeasureAsync(node, ken, "receipts, CSV", "receipts", "g", "", receipts, false);
        return 0;
    }

    private static async Task SendAsync(BenchNode node, string per)
    {
        for (var number = 0; number < Lines / LinesOfConsignment; number++)
        {
            var tag = await node.PostAsync(per, "consignments", new JsonObject
            {
                ["id"] = $"c{number}",
                ["outbreak"] = BenchNode.Outbreak,
                ["consignee"] = "ken",
                ["destination"] = "KEN",
                ["lines"] = new JsonArray(
                [
                    .. Enumerable.Range(0, LinesOfConsignment).Select(line => new JsonObject
                    {
                        ["item"] = "ors", ["unit"] = "sachet", ["lot"] = $"l{line}", ["quantity"] = 10,
                    }),
                ]),
            });
            foreach (var verb in new[] { "packed", "dispatched", "departed", "arrived" })
            {
                tag = await node.PostAsync(per, $"consignments/per/c{number}/{verb}", [], tag);
            }
        }
    }

    private static async Task MeasureAsync(
        BenchNode node, string token, string what, string kind, string name, string outbreak, List<string> rows,
        bool isSheet)
    {
        var file = isSheet ? Sheet(rows) : Encoding.UTF8.GetBytes(string.Join('\n', rows) + "\n");
        var times = new List<double>();
        foreach (var mode in new[] { "preview", "commit" })
        {
            var began = Stopwatch.GetTimestamp();
            using var content = new ByteArrayContent(file);
            content.Headers.ContentType = new MediaTypeHeaderValue(isSheet ? SheetWriter.MediaType : "text/csv");
            await node.PostAsync(token, $"imports/{kind}?name={name}&mode={mode}{outbreak}", content);
            times.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"| {what} | {times[0]:F2} s | {times[1]:F2} s | {Goal} |"));
    }

    private static List<string> Rows(string header, Func<int, string> row) =>
        [header, .. Enumerable.Range(1, Lines).Select(row)];

    private static byte[] Sheet(List<string> rows)
    {
        using var file = new MemoryStream();
        using (var sheet = new SheetWriter(file))
        {
            foreach (var row in rows)
            {
                sheet.Row([.. row.Split(',').Select(cell => new SheetCell(cell, cell.All(char.IsAsciiDigit)))]);
            }
        }

        return file.ToArray();
    }
}
