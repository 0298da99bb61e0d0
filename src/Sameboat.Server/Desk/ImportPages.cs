using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Sameboat.Record;
using Sameboat.Server.Accounts;
using Sameboat.Server.Bulk;
using Sameboat.Server.Desk.Forms;
using Sameboat.Server.Record;
using Sameboat.Server.Storage;
using Sameboat.Server.Web;

namespace Sameboat.Server.Desk;

/// <summary>What is to be imported, as it was typed.</summary>
/// <param name="Kind">A name of <see cref="ImportKind"/>.</param>
/// <param name="Outbreak">Its subject.</param>
/// <param name="Name">Of the import.</param>
/// <param name="Rows">What was pasted.</param>
internal sealed record ImportAsk(string Kind, string Outbreak, string Name, string Rows);

/// <summary>The page of imports.</summary>
/// <param name="Asked">As it was typed.</param>
/// <param name="Kinds">That the roles may import.</param>
/// <param name="Lists">The outbreaks to choose from.</param>
/// <param name="Draft">Under which the file that was looked at is kept, or empty.</param>
internal sealed record ImportView(ImportAsk Asked, ImmutableArray<ImportKind> Kinds, FormLists Lists, string Draft)
{
    /// <summary>The key of the sentence that says how it stands, or null before the first look.</summary>
    internal string? Said { get; init; }

    /// <summary>The code of why the record refused it, or empty.</summary>
    internal string Refusal { get; init; } = "";

    /// <summary>Rows that cannot be taken.</summary>
    internal IReadOnlyList<ImportFault> Faults { get; init; } = [];

    /// <summary>What it makes.</summary>
    internal IReadOnlyList<ImportedEntry> Entries { get; init; } = [];
}

/// <summary>Imports on a page: a look first, and then, of the same bytes, the writing.</summary>
internal sealed class ImportPages(
    PageRenderer pages, SignedIn signedIn, FormGate gate, Drafts drafts, ImportWriter writer, NodeDatabase database,
    TimeProvider time)
{
    /// <summary>The address below the culture.</summary>
    internal const string Path = "/import";

    /// <summary>The kind of the draft that holds a file which was looked at.</summary>
    internal const string Kept = "import.file";

    private const int NameRandom = 6;
    private const char Tab = '\t';

    /// <summary>The page before anything was sent.</summary>
    internal async Task<IResult> ShowAsync(HttpContext http, string culture)
    {
        if (await signedIn.AccountAsync(http) is null || await signedIn.ActorAsync(http) is not { } actor
            || Words.Of(culture) is not { } words)
        {
            return AccountPages.ToSignIn(culture, Path + http.Request.QueryString);
        }

        await using var db = database.Open();
        var lists = await FormLists.ReadAsync(db, words, http.RequestAborted);
        var name = $"import-{time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}-"
            + LogKeys.DrawToken()[..NameRandom];
        return await PageAsync(http, culture, new ImportView(
            new ImportAsk(
                $"{http.Request.Query["kind"]}", lists.Outbreaks.FirstOrDefault()?.Subject ?? "", name, ""),
            KindsOf(actor), lists, ""));
    }

    /// <summary>Looks at a file, or writes what was looked at.</summary>
    internal async Task<IResult> DoAsync(HttpContext http, string culture)
    {
        var (form, gone) = await gate.ReadAsync(
            http, culture, null, ImportTable.BytesMax + FormGate.FormBytesMax);
        if (form is null)
        {
            return gone!;
        }

        await using var db = database.Open();
        var lists = await FormLists.ReadAsync(db, Words.Of(culture)!, http.RequestAborted);
        var asked = new ImportAsk(
            form.Form.Text("kind"), form.Form.Text("outbreak"), form.Form.Line("name"), form.Form.Text("rows"));
        var view = new ImportView(asked, KindsOf(form.Actor), lists, form.Form.Text("draft"));
        if (OrderOf(view, form.Actor) is not { } order
            || await FileAsync(form, asked, view.Draft) is not { } file || file.Bytes.Length == 0)
        {
            return await PageAsync(http, culture, view with { Said = "import.none" });
        }

        var (entries, faults) = ImportEndpoints.Read(order, file.Bytes, file.IsSheet);
        if (entries is null)
        {
            return await PageAsync(http, culture, view with { Said = "import.bad", Faults = faults });
        }

        var commit = form.Form.Text("do") == "import";
        var outcome = await writer.WriteAsync(
            order, form.Actor, entries, file.Bytes, commit, http.RequestAborted);
        if (outcome.Faults.Count > 0 || outcome.Code.Length > 0)
        {
            return await PageAsync(http, culture, view with
            {
                Said = "import.bad", Faults = outcome.Faults, Refusal = outcome.Code,
            });
        }

        if (commit)
        {
            await drafts.RemoveAsync(form.Account.Id, view.Draft, http.RequestAborted);
            return await PageAsync(
                http, culture, view with { Said = "import.done", Entries = entries, Draft = "" });
        }

        return await PageAsync(http, culture, view with
        {
            Said = "import.good", Entries = entries, Draft = await KeepAsync(form, view.Draft, file),
        });
    }

    private static ImportOrder? OrderOf(ImportView view, Actor actor) =>
        view.Kinds.FirstOrDefault(kind => kind.Name == view.Asked.Kind) is { } kind
        && view.Asked.Name.Length is > 0 and <= ImportEndpoints.NameMax
        && EntityName.TryParse($"a/b/{view.Asked.Name}", out _)
        && (kind.Name == ImportKind.Receipts
            || view.Lists.Outbreaks.Any(outbreak => outbreak.Subject == view.Asked.Outbreak))
            ? new ImportOrder(
                kind, actor.Member, view.Asked.Name, kind.Name == ImportKind.Receipts ? "" : view.Asked.Outbreak,
                view.Lists.IsExercise(view.Asked.Outbreak))
            : null;

    // A new file, or pasted rows, or the file that was looked at before.
    private async Task<(byte[] Bytes, bool IsSheet)?> FileAsync(DeskForm form, ImportAsk asked, string draft)
    {
        if (form.Form.Fields.Files["file"] is { Length: > 0 } sent)
        {
            using var bytes = new MemoryStream();
            await sent.CopyToAsync(bytes, form.Form.Http.RequestAborted);
            return (bytes.ToArray(), sent.FileName.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase));
        }

        if (asked.Rows.Trim().Length > 0)
        {
            return (Encoding.UTF8.GetBytes(Csv(asked.Rows)), false);
        }

        if (await drafts.FindAsync(form.Account.Id, draft, form.Form.Http.RequestAborted) is { Kind: Kept } kept)
        {
            var values = FormValues.Read(kept.Values);
            return (Convert.FromBase64String(values["bytes"]), values["sheet"] == "true");
        }

        return null;
    }

    private async Task<string> KeepAsync(DeskForm form, string draft, (byte[] Bytes, bool IsSheet) file)
    {
        await drafts.RemoveKindAsync(form.Account.Id, Kept, draft, form.Form.Http.RequestAborted);
        return await drafts.SaveAsync(
            form.Account.Id, draft, (Path, Kept),
            FormValues.None.With("bytes", Convert.ToBase64String(file.Bytes))
                .With("sheet", file.IsSheet ? "true" : "false"),
            form.Form.Http.RequestAborted);
    }

    // Cells between tabs, as a spreadsheet copies them, become cells of a CSV.
    private static string Csv(string rows) => !rows.Contains(Tab, StringComparison.Ordinal)
        ? rows
        : string.Join('\n', rows.ReplaceLineEndings("\n").Split('\n').Select(line => string.Join(
            ',', line.Split(Tab).Select(cell => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\""))));

    private static ImmutableArray<ImportKind> KindsOf(Actor actor) =>
        [.. ImportKind.All.Where(kind => (kind.Role & actor.Roles) != Roles.None)];

    private async Task<IResult> PageAsync(HttpContext http, string culture, ImportView view) => view.Kinds.IsEmpty
        ? await pages.ShowPersonalAsync<NotAllowedPage>(
            http, culture, new NotAllowedView(Roles.Reporter | Roles.Requester | Roles.Donor | Roles.Logistics),
            StatusCodes.Status403Forbidden)
        : await pages.ShowPersonalAsync<ImportPage>(
            http, culture, view,
            view.Said is "import.bad" or "import.none"
                ? StatusCodes.Status422UnprocessableEntity
                : StatusCodes.Status200OK);
}
