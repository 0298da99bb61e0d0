using Sameboat.Record;
using Sameboat.Server.Rounds;

namespace Sameboat.Server.Exercise;

/// <summary>Teams of the exercise: some at work, some on their way, some only asked for.</summary>
internal static class ExerciseTeams
{
    private const int TeamsMax = 14;
    private const string Nominated = "nominated";
    private const string Mobilising = "mobilising";

    private static readonly (string Item, string Team)[] Types =
    [
        ("team-emt-type-1-fixed", "emt-1-fixed"), ("team-emt-type-2", "emt-2"),
        ("team-rapid-response", "rapid-response"), ("team-mobile-laboratory", "mobile-laboratory"),
    ];

    private static readonly string[] Verbs =
    [
        "requested", "alerted", Nominated, "selected", "cleared", Mobilising, "arrived", "operational",
        "demobilising", "ended", "appraised",
    ];

    // How many steps each has taken when the exercise ends.
    private static readonly int[] Steps = [8, 11, 6, 8, 3, 8, 7, 1, 8, 10, 5, 8, 2, 9];

    /// <summary>What hosts and senders say; the first lines of the plan are taken.</summary>
    internal static IEnumerable<Saying> Sayings(IReadOnlyList<PlanLineRow> lines) =>
        lines.Take(TeamsMax).SelectMany(Course);

    private static IEnumerable<Saying> Course(PlanLineRow line, int index)
    {
        var host = ExerciseChain.MemberOf(line.Place);
        var sender = MemberId.Parse(line.Donor);
        var subject = EntityName.Of("deployment", host, $"team-{index + 1:00}").ToString();
        for (var step = 0; step < Steps[index]; step++)
        {
            var bySender = Verbs[step] is Nominated or Mobilising;
            var said = ExerciseChain.Step(
                ExerciseScript.AsOf.AddDays(3 + step + (index % 3)), 8 + (index % 8), bySender ? sender : host,
                $"deployment.{Verbs[step]}", subject, bySender ? "Team coordinator" : "Coordination cell");
            if (step == 0)
            {
                said.Body["outbreak"] = ExerciseScript.Outbreak;
                said.Body["place"] = line.Place;
                said.Body["sender"] = line.Donor;
                said.Body["team"] = Array.Find(Types, type => type.Item == line.Item).Team;
            }

            yield return said;
        }
    }
}
