using System.Text;

namespace Sameboat.Server.Tests.Access;

/// <summary>Writes the matrix as a document.</summary>
internal static class AccessDocument
{
    private const string Head = """
        # Who may do what

        Written by a test, which asks a running node at every one of its addresses, as everybody, and compares with the
        rules in `tests/Sameboat.Server.Tests/Access/AccessRules.cs`. An address without a rule fails the test. The test
        runs on SQLite and on PostgreSQL and both give this table. After a change that is meant:
        `SAMEBOAT_APPROVE=1`, then look at the difference.

        Whoever has a role asks with a token of the member `ken` that has this role alone. The tokens that have expired
        or were revoked had every role. The session is that of a signed-in administrator, sent to the interface without
        a token: it counts on pages alone.

        | cell | means |
        |---|---|
        | yes | done or shown; a step may still be refused for the state that the entity is in |
        | 401 | `unauthenticated` |
        | role | 403 `role-missing` |
        | owner, party | 403: the entity is another's (`not-the-owner`), or names other members (`not-a-party`) |
        | 404 | not there for this reader, as if it did not exist; in a list, the row is not in it |
        | 302, 400 | sent on (to sign in, or to a language); refused without a form's proof or a signature |

        Own is of `ken`; other's is of another member. A body sealed for members is shown to every token that holds; one
        sealed for parties to its author and the members it names.

        """;

    internal static string Of(
        IReadOnlyList<AccessReader> readers, IEnumerable<(AccessCase Case, IReadOnlyList<string> Cells)> rows)
    {
        var text = new StringBuilder(Head.ReplaceLineEndings("\n")).Append('\n');
        foreach (var (title, part) in rows.GroupBy(row => TitleOf(row.Case.Endpoint))
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (group.Key[2..], group)))
        {
            text.Append("## ").Append(title).Append("\n\n| address | of what | ")
                .AppendJoin(" | ", readers.Select(reader => reader.Name)).Append(" |\n|---|---|")
                .Append(string.Concat(readers.Select(_ => "---|"))).Append('\n');
            var before = "";
            foreach (var (one, cells) in part)
            {
                text.Append("| ").Append(one.Endpoint == before ? "" : $"`{one.Endpoint}`").Append(" | ")
                    .Append(one.Situation).Append(" | ").AppendJoin(" | ", cells).Append(" |\n");
                before = one.Endpoint;
            }

            text.Append('\n');
        }

        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static string TitleOf(string endpoint) =>
        !endpoint.Contains(" /api/", StringComparison.Ordinal)
            ? endpoint.StartsWith("GET", StringComparison.Ordinal)
                ? "3 Pages, logs and files"
                : "4 Forms and signed notes"
            : endpoint.StartsWith("GET", StringComparison.Ordinal) ? "1 Reading by the interface"
            : "2 Writing by the interface";
}
