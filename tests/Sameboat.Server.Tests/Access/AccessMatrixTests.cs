using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Sameboat.Server.Tests.Storage;
using Sameboat.Tests;

namespace Sameboat.Server.Tests.Access;

/// <summary>
/// Asks every address of a running node as everybody, and compares with the declared rules; an address without a rule
/// fails. The answers are written to <c>docs/guide/access-matrix.md</c>.
/// </summary>
[Collection(DatabaseTests.Name)]
public sealed class AccessMatrixTests(PostgresServer postgres)
{
    /// <summary>Set to write the approved document anew.</summary>
    private const string Approve = "SAMEBOAT_APPROVE";

    private const int TextShown = 200;

    private static readonly string Approved = Path.Combine(Repository.Root, "docs", "guide", "access-matrix.md");

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Every_address_answers_everybody_as_the_rules_say(Provider provider)
    {
        await using var node = await AccessNode.StartAsync(
            provider == Provider.Sqlite ? null : await postgres.NewDatabaseAsync());
        var makes = new AccessCases(node);
        var cases = await makes.AllAsync();
        makes.Unruled.ShouldBeEmpty("write a rule for these in AccessRules: what nobody declared is nobody's");
        Undocumented(node, makes).ShouldBeEmpty("the document and the node do not name the same operations");

        AccessRules.Others.Keys.Except(makes.Names().Select(one => one.Endpoint))
            .ShouldBeEmpty("these rules speak of nothing");

        var wrong = new List<string>();
        var rows = new List<(AccessCase Case, IReadOnlyList<string> Cells)>();
        foreach (var one in cases)
        {
            var cells = new List<string>();
            foreach (var (reader, cell, text) in await AnswersAsync(node, one))
            {
                cells.Add(cell);
                if (cell != one.ExpectedOf(reader))
                {
                    wrong.Add($"{one.Endpoint} ({one.Situation}) as {reader.Name}: {cell}, expected "
                        + $"{one.ExpectedOf(reader)}: {text[..Math.Min(TextShown, text.Length)]}");
                }
            }

            rows.Add((one, cells));
        }

        wrong.ShouldBeEmpty();
        await ApproveAsync(AccessDocument.Of(node.Readers, rows));
    }

    [Fact]
    public void An_address_that_nobody_declared_is_seen()
    {
        AccessCases.HasRule("GET /api/v1/members", null).ShouldBeTrue();
        AccessCases.HasRule("GET /api/v1/brand-new", null).ShouldBeFalse();
        AccessCases.HasRule("DELETE /api/v1/members", null).ShouldBeFalse();
        AccessCases.HasRule("POST /api/v1/imports/brand-new", null).ShouldBeFalse();
        AccessCases.HasRule("GET /api/v1/offers", "offer").ShouldBeTrue();
        AccessCases.HasRule("GET /api/v1/brand-news", "brand-new").ShouldBeFalse();
        AccessCases.HasRule("POST /api/v1/offers/{owner}/{name}/brand-new", "offer").ShouldBeFalse();
    }

    // Steps one after the other, since each must name the version there is; everything else at once.
    private static async Task<IReadOnlyList<(AccessReader Reader, string Cell, string Text)>> AnswersAsync(
        AccessNode node, AccessCase one)
    {
        async Task<(AccessReader, string, string)> AskAsync(AccessReader reader)
        {
            using var request = await one.Make();
            reader.Sign(request);
            using var answer = await node.Client.SendAsync(request, TestContext.Current.CancellationToken);
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            return (reader, Cell(one, (int)answer.StatusCode, text), text);
        }

        if (!one.IsStep)
        {
            return await Task.WhenAll(node.Readers.Select(AskAsync));
        }

        var answers = new List<(AccessReader, string, string)>();
        foreach (var reader in node.Readers)
        {
            answers.Add(await AskAsync(reader));
        }

        return answers;
    }

    // Operations of the document that the node has no endpoint for, and the other way round.
    private static IEnumerable<string> Undocumented(AccessNode node, AccessCases cases)
    {
        var told = node.Surface.Operations.Select(one => $"{one.Method} {one.Path}").ToHashSet();
        var mapped = cases.Names().Select(one => one.Endpoint)
            .Where(one => one.Split(' ')[1].StartsWith("/api/", StringComparison.Ordinal)).ToHashSet();
        return told.Except(mapped).Concat(mapped.Except(told));
    }

    private static string Cell(AccessCase one, int status, string text)
    {
        if (one.Subject is not null && status == 200)
        {
            return text.Contains($"\"{one.Subject}\"", StringComparison.Ordinal) ? AccessCases.Yes : "404";
        }

        var code = text.StartsWith('{') && JsonNode.Parse(text) is JsonObject problem
            && problem["code"] is JsonValue value ? value.GetValue<string>() : "";
        return code switch
        {
            "unauthenticated" => "401",
            "role-missing" => "role",
            "not-the-owner" => "owner",
            "not-a-party" => "party",
            _ when status is >= 200 and < 300 => AccessCases.Yes,
            _ when status is 409 or 412 or 422 or 503 && one.IsStep => AccessCases.Yes,
            _ => status.ToString(CultureInfo.InvariantCulture),
        };
    }

    private static async Task ApproveAsync(string found)
    {
        if (Environment.GetEnvironmentVariable(Approve) == "1")
        {
            await File.WriteAllTextAsync(Approved, found, new UTF8Encoding(false), CancellationToken.None);
        }

        var approved = File.Exists(Approved) ? await File.ReadAllTextAsync(Approved, CancellationToken.None) : "";
        found.ShouldBe(approved, $"Look at the change; run with {Approve}=1 to approve it.");
    }
}
