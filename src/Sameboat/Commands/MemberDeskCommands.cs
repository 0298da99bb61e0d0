using System.CommandLine;
using Sameboat.Server;
using Sameboat.Server.Accounts;

namespace Sameboat.Commands;

/// <summary><c>sameboat member tokens</c>, <c>revoke</c> and <c>invite</c>: beside a running node.</summary>
internal static class MemberDeskCommands
{
    internal static DeclaredCommand DeclareTokens(Terminal terminal)
    {
        var (data, database, member) = Where();
        var command = new Command("tokens", "Lists the tokens of a member that hold, without showing any.")
        {
            data, database, member,
        };
        command.SetAction((parsed, cancellation) => NodeSettings.AnswerAsync(
            terminal, "Reading tokens", () => MemberDesk.TokensAsync(
                Options(parsed.GetValue(data)!, parsed.GetValue(database), terminal), parsed.GetValue(member)!,
                cancellation)));
        return new DeclaredCommand(command, "sameboat member tokens --data sameboat-data --member ken");
    }

    internal static DeclaredCommand DeclareRevoke(Terminal terminal)
    {
        var (data, database, member) = Where();
        var token = new Option<string>("--token")
        {
            Description = "The token's id, as 'member tokens' lists it.", HelpName = "ID", Required = true,
        };
        var command = new Command("revoke", "Revokes a token; a running node refuses it from the next request.")
        {
            data, database, member, token,
        };
        command.SetAction((parsed, cancellation) => NodeSettings.AnswerAsync(
            terminal, "Revoking", () => MemberDesk.RevokeAsync(
                Options(parsed.GetValue(data)!, parsed.GetValue(database), terminal), parsed.GetValue(member)!,
                parsed.GetValue(token)!, cancellation)));
        return new DeclaredCommand(
            command,
            "sameboat member revoke --data sameboat-data --member ken --token 0192f0c1e2a37d4fa1b2c3d4e5f60718");
    }

    internal static DeclaredCommand DeclareInvite(Terminal terminal)
    {
        var (data, database, member) = Where();
        var label = new Option<string>("--label")
        {
            Description = "The account's published capacity.", HelpName = "TEXT", Required = true,
        };
        var roles = new Option<string>("--roles")
        {
            Description = "Of reporter, requester, donor, logistics, publisher, administrator; commas between.",
            HelpName = "ROLES",
            Required = true,
        };
        var site = NodeSettings.PublicAddress();
        var command = new Command("invite", "Makes a link by which somebody sets up an account of a member, once.")
        {
            data, database, member, label, roles, site,
        };
        command.SetAction((parsed, cancellation) => NodeSettings.AnswerAsync(
            terminal, "Inviting", () => MemberDesk.InviteAsync(
                Options(parsed.GetValue(data)!, parsed.GetValue(database), terminal) with
                {
                    PublicAddress = NodeSettings.AddressOf(parsed.GetValue(site)),
                },
                parsed.GetValue(member)!, parsed.GetValue(label)!, parsed.GetValue(roles)!, cancellation)));
        return new DeclaredCommand(
            command,
            "sameboat member invite --data sameboat-data --member ken --roles administrator --label \"Duty officer\"");
    }

    private static (Option<string> Data, Option<string?> Database, Option<string> Member) Where() => (
        NodeSettings.Data("The node's data folder."),
        NodeSettings.Database(),
        new Option<string>("--member")
        {
            Description = "The member's id, such as ken.", HelpName = "MEMBER", Required = true,
        });

    private static NodeOptions Options(string data, string? database, Terminal terminal) =>
        new() { DataFolder = data, Database = database, Clock = terminal.Clock };
}
