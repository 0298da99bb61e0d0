using System.CommandLine;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Sameboat.Exchange.Files;

namespace Sameboat.Commands;

/// <summary><c>sameboat import</c> and <c>sameboat export</c>: tables into a node and out of it.</summary>
internal static class TransferCommands
{
    private const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private const string RowsMax = "50000";

    private static readonly string[] Kinds = ["situation-reports", "request-lines", "offers", "receipts"];
    private static readonly string[] Formats = ["csv", "xlsx", "parquet", "json"];

    internal static DeclaredCommand DeclareImport(Terminal terminal)
    {
        var kind = new Argument<string>("KIND") { Description = string.Join(", ", Kinds) + "." };
        kind.AcceptOnlyFromAmong(Kinds);
        var file = new Argument<string>("FILE") { Description = "A CSV or XLSX file; - is standard input." };
        var name = new Option<string>("--name")
        {
            Description = "A name for the import, lower-case letters, digits and hyphens; done once by its name.",
            HelpName = "NAME",
            Required = true,
        };
        var outbreak = OptionOf.OptionalPath(
            "--outbreak", "What it belongs to, as outbreak/OWNER/NAME; receipts have none.", "OUTBREAK");
        var commit = new Option<bool>("--commit") { Description = "Does it; without this it is only looked at." };
        var exercise = new Option<bool>("--exercise") { Description = "Nothing of it is real." };
        var node = NodeClient.Node();
        var command = new Command("import", "Imports reports, request lines, offers or receipts, all or nothing.")
        {
            kind, file, name, outbreak, commit, exercise, node,
        };
        command.SetAction((parsed, cancellation) => NodeSettings.AnswerAsync(terminal, "importing", () =>
        {
            var query = new Dictionary<string, string?>
            {
                ["name"] = parsed.GetRequiredValue(name),
                ["mode"] = parsed.GetValue(commit) ? "commit" : "preview",
                ["exercise"] = parsed.GetValue(exercise) ? "true" : "false",
                ["outbreak"] = parsed.GetValue(outbreak),
            };
            return ImportAsync(
                parsed.GetRequiredValue(node), $"api/v1/imports/{parsed.GetRequiredValue(kind)}{Written(query)}",
                parsed.GetRequiredValue(file), cancellation);
        }));
        return new DeclaredCommand(
            command, "sameboat import request-lines lines.csv --name january --outbreak outbreak/convener/fever");
    }

    internal static DeclaredCommand DeclareExport(Terminal terminal)
    {
        var list = new Argument<string>("LIST")
        {
            Description = "A list of the node: outbreaks, requests, offers, rounds, consignments and others.",
        };
        var output = OptionOf.Path("--out", "The file to write; - is standard output.");
        var format = new Option<string>("--format")
        {
            Description = "The form.",
            DefaultValueFactory = _ => Formats[0],
        };
        format.AcceptOnlyFromAmong(Formats);
        var filter = new Option<string[]>("--filter")
        {
            Description = "Only what has this value, as state=Open; more than one must all hold.",
            HelpName = "NAME=VALUE",
            DefaultValueFactory = _ => [],
        };
        filter.Validators.Add(result =>
        {
            var filters = result.GetValueOrDefault<string[]>() ?? [];
            if (Array.Exists(filters, one => one.IndexOf('=', StringComparison.Ordinal) < 1))
            {
                result.AddError("--filter: expected NAME=VALUE, such as state=Open");
            }
        });
        var node = NodeClient.Node();
        var command = new Command("export", "Writes a list of a node to a file.")
        {
            list, output, format, filter, node,
        };
        command.SetAction((parsed, cancellation) => NodeSettings.AnswerAsync(terminal, "exporting", () =>
        {
            var form = parsed.GetRequiredValue(format);
            var query = parsed.GetRequiredValue(filter)
                .Select(one => one.Split('=', 2))
                .Select(one => new KeyValuePair<string, string?>(one[0], one[1]))
                .Append(new KeyValuePair<string, string?>("format", form))
                .Append(new KeyValuePair<string, string?>("limit", form == "json" ? "1000" : RowsMax));
            return ExportAsync(
                parsed.GetRequiredValue(node),
                $"api/v1/{Uri.EscapeDataString(parsed.GetRequiredValue(list))}{Written(query)}",
                parsed.GetRequiredValue(output), cancellation);
        }));
        return new DeclaredCommand(
            command, "sameboat export offers --filter state=Open --format xlsx --out offers.xlsx");
    }

    private static string Written(IEnumerable<KeyValuePair<string, string?>> query) => "?" + string.Join('&', query
        .Where(one => one.Value is not null)
        .Select(one => $"{Uri.EscapeDataString(one.Key)}={Uri.EscapeDataString(one.Value!)}"));

    private static async Task<string> ImportAsync(
        string node, string path, string file, CancellationToken cancellation)
    {
        var faults = new FaultList();
        using var stream = InputSource.Open(file, faults);
        if (stream is null)
        {
            throw new IOException(faults.ToString());
        }

        using var read = new MemoryStream();
        await stream.CopyToAsync(read, cancellation).ConfigureAwait(false);
        var bytes = read.ToArray();
        using var client = new NodeClient(node);
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new ByteArrayContent(bytes),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(
            bytes.AsSpan().StartsWith("PK"u8) ? Workbook : "text/csv");
        using var answer = await client.SendAsync(request, cancellation).ConfigureAwait(false);
        var said = JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false))!;
        return said["already_done"]!.GetValue<bool>() ? $"{said["name"]} had been imported before."
            : said["committed"]!.GetValue<bool>()
                ? $"Imported as {said["name"]}: {said["entries"]} entries about {said["entities"]} entities."
                : $"Nothing is wrong: it would make {said["entries"]} entries about {said["entities"]} entities. "
                    + "Say --commit to do it.";
    }

    private static async Task<string> ExportAsync(
        string node, string path, string output, CancellationToken cancellation)
    {
        using var client = new NodeClient(node);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        using var answer = await client.SendAsync(request, cancellation).ConfigureAwait(false);
        if (answer.Headers.Contains("Link"))
        {
            throw new IOException("The list is longer than one file may be; add a --filter.");
        }

        var bytes = await answer.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
        return OutputFile.Write(output, stream => stream.Write(bytes)) is { } fault
            ? throw new IOException(fault.ToString())
            : output == OutputFile.Standard ? "" : $"{output}: {bytes.Length} bytes.";
    }
}
