using System.CommandLine;
using Sameboat.Server;

namespace Sameboat.Commands;

/// <summary><c>sameboat round replay</c>: works a round out again from the logs alone.</summary>
internal static class RoundCommand
{
    internal static DeclaredCommand Declare(Terminal terminal)
    {
        var round = new Argument<string>("ROUND") { Description = "The round: OWNER/NAME." };
        var data = NodeSettings.Data("The folder of the embedded database, without --database.");
        var database = NodeSettings.Database();
        var logs = new Option<string?>("--logs")
        {
            Description = "A folder of logs as «log export» writes it, in place of a node's record.",
            HelpName = "DIR",
        };
        var output = new Option<string?>("--out")
        {
            Description = "A folder for what is worked out, one file a statement.",
            HelpName = "DIR",
        };
        var replay = new Command(
            "replay", "Works a round out again from the logs alone and says whether it is the same byte for byte.")
        {
            round, data, database, logs, output,
        };
        replay.SetAction(async (parsed, cancellation) =>
        {
            var isSame = false;
            var code = await NodeSettings.AnswerAsync(terminal, "working the round out again", async () =>
            {
                var answer = await NodeReplay.RunAsync(
                    parsed.GetRequiredValue(round), parsed.GetValue(database), parsed.GetValue(data)!,
                    parsed.GetValue(logs), parsed.GetValue(output), cancellation).ConfigureAwait(false);
                isSame = answer.IsSame;
                return answer.Sentence;
            }).ConfigureAwait(false);
            return code == ExitCode.Done && !isSame ? ExitCode.Refused : code;
        });
        const string Example = "sameboat round replay exercise-secretariat/exercise-round-1 --data sameboat-data";
        return new DeclaredCommand(new Command("round", "Rounds of allocation.") { replay }, Example)
        {
            Below = [new DeclaredCommand(replay, Example)],
        };
    }
}
