using System.CommandLine;
using Sameboat.Server;
using Sameboat.Server.Accounts;

namespace Sameboat.Commands;

/// <summary><c>sameboat member token</c>: opens a member's log and prints a token, once.</summary>
internal static class MemberCommand
{
    private const int DaysDefault = 90;
    private const int DaysMax = 366;

    internal static DeclaredCommand Declare(Terminal terminal)
    {
        var data = new Option<string>("--data") { Description = "The node's data folder.", Required = true };
        var database = new Option<string?>("--database") { Description = "PostgreSQL connection; SQLite if left out." };
        var member = new Option<string>("--member") { Description = "The member's id, such as ken.", Required = true };
        var roles = new Option<string>("--roles")
        {
            Description = "Of reporter, requester, donor, logistics, publisher, administrator; commas between.",
            Required = true,
        };
        var label = new Option<string>("--label") { Description = "Its holder's published capacity.", Required = true };
        var host = new Option<string>("--host")
        {
            Description = "The host that the logs are named by.", DefaultValueFactory = _ => "localhost",
        };
        var name = new Option<string?>("--name") { Description = "Introduces the member by this name." };
        var place = new Option<string?>("--territory") { Description = "ISO 3166-1 alpha-3 of what it answers for." };
        var days = OptionOf.Whole("--days", "How long it holds.", "DAYS", 1, DaysMax, DaysDefault);
        var token = new Command("token", "Makes a token by which a program acts for a member; it is shown once.")
        {
            data, database, member, roles, label, host, name, place, days,
        };
        token.SetAction(async (parsed, cancellation) =>
        {
            var (made, refusal) = await MemberAccess.IssueAsync(
                new NodeOptions { DataFolder = parsed.GetValue(data), Database = parsed.GetValue(database) },
                new TokenOrder(
                    parsed.GetValue(member)!, parsed.GetValue(roles)!, parsed.GetValue(label)!, parsed.GetValue(days),
                    parsed.GetValue(host)!, parsed.GetValue(name), parsed.GetValue(place), Exercise: false),
                cancellation).ConfigureAwait(false);
            await (made is null ? terminal.Error.WriteLineAsync(refusal) : terminal.Output.WriteLineAsync(made))
                .ConfigureAwait(false);
            return made is null ? ExitCode.Refused : ExitCode.Done;
        });
        DeclaredCommand[] below =
        [
            new(
                token,
                "sameboat member token --data ./data --member ken --roles requester,logistics --label \"Supply unit\""),
            MemberDeskCommands.DeclareTokens(terminal),
            MemberDeskCommands.DeclareRevoke(terminal),
            MemberDeskCommands.DeclareInvite(terminal),
        ];
        var command = new Command("member", "Members of this node and their access.");
        foreach (var declared in below)
        {
            command.Add(declared.Command);
        }

        return new DeclaredCommand(command, below[0].Example) { Below = [.. below] };
    }
}
