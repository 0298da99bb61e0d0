using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sameboat.Record;
using Sameboat.Server.Record;
using Sameboat.Server.Storage;
using Sameboat.Server.Workflow;

namespace Sameboat.Server.Desk.Forms;

/// <summary>One statement about an entity.</summary>
/// <param name="Kind">Of the entry.</param>
/// <param name="Member">Who said it.</param>
/// <param name="At">When.</param>
/// <param name="Body">What.</param>
internal sealed record Said(string Kind, string Member, DateTimeOffset At, JsonObject Body);

/// <summary>An entity as the record has it now.</summary>
/// <param name="Subject">Its name.</param>
/// <param name="State">By its law; <see cref="StepLaws.Stated"/> where it has none.</param>
/// <param name="Version">How many entries speak of it.</param>
/// <param name="Opened">The statement that opened it, as it was corrected last.</param>
/// <param name="History">Every statement about it, in the order in which they count.</param>
/// <param name="Steps">Those that counted.</param>
internal sealed record EntityNow(
    EntityName Subject, string State, int Version, JsonObject Opened, ImmutableArray<Said> History,
    ImmutableArray<StepRow> Steps)
{
    private static readonly string[] Others = ["consignee", "sender", "recipient"];

    /// <summary>What a member is to it.</summary>
    internal Side SideOf(MemberId member) =>
        Subject.Owner == member ? Side.Owner
        : Others.Any(name => Opened.Text(name) == member.ToString()) ? Side.Counterpart
        : Side.Stranger;

    /// <summary>The steps that its law allows a member now, whatever the content of the step.</summary>
    internal IEnumerable<LawStep> StepsFor(MemberId member) => StepLaws.Of(Subject.Noun!)
        .Where(step => (step.By & SideOf(member)) != Side.Stranger && step.From.Contains(State));

    /// <summary>The entity as a member may see it; null where there is none of that name.</summary>
    internal static async Task<EntityNow?> ReadAsync(
        NodeContext db, EntityName subject, MemberId viewer, CancellationToken cancellation)
    {
        var name = subject.ToString();
        db.Viewer = viewer.ToString();
        if (await db.Audiences.AnyAsync(row => row.Subject == name, cancellation)
            && !await db.Audiences.AnyAsync(row => row.Subject == name
                && (row.Member == db.Viewer || row.Member == AudienceRow.EveryMember), cancellation))
        {
            return null;
        }

        var entries = await db.Entries.AsNoTracking()
            .Where(row => row.Subject == name)
            .OrderBy(row => row.At).ThenBy(row => row.AtCounter)
            .ToListAsync(cancellation);
        var idle = await db.Effects.AsNoTracking()
            .Where(row => row.Subject == name)
            .Select(row => row.Entry)
            .ToListAsync(cancellation);
        var steps = await db.Set<StepRow>().AsNoTracking()
            .Where(row => row.Subject == name)
            .OrderBy(row => row.Step)
            .ToListAsync(cancellation);
        var law = StepLaws.Of(subject.Noun!);
        var opening = entries.LastOrDefault(row => !idle.Contains(row.Id)
            && law.Any(step => step.Opens && row.Kind == $"{subject.Noun}.{step.Verb}"));
        return opening is null
            ? null
            : new EntityNow(
                subject, steps.Count > 0 ? steps[^1].State : StepLaws.Stated, entries.Count,
                opening.ToEntry().Body,
                [
                    .. entries.Select(row => new Said(
                        row.Kind, row.Member, new HybridTime(row.At).Instant, row.ToEntry().Body)),
                ],
                [.. steps]);
    }
}
