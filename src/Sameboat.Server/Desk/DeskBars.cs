using Microsoft.EntityFrameworkCore;
using Sameboat.Record;
using Sameboat.Server.Accounts;
using Sameboat.Server.Api;
using Sameboat.Server.Desk.Forms;
using Sameboat.Server.Storage;
using Sameboat.Server.Workflow;

namespace Sameboat.Server.Desk;

/// <summary>Steps that another has to take than the one who prepared them.</summary>
internal static class DeskBars
{
    /// <summary>Whether the actor is the one who prepared it.</summary>
    internal static async Task<bool> AnyAsync(
        NodeContext db, Actor actor, FormKind kind, EntityName subject, CancellationToken cancellation)
    {
        if (kind.Name != "request.validated")
        {
            return await FourEyes.ForbidsAsync(db, new WriteOrder(actor, kind.Name, subject, [], 0, ""), cancellation);
        }

        // A request is validated in another capacity than the one that submitted it: see RequestFold.
        var name = subject.ToString();
        return await db.Set<StepRow>().AsNoTracking().Where(step => step.Subject == name)
            .OrderByDescending(step => step.Step).Select(step => step.By)
            .FirstOrDefaultAsync(cancellation) == actor.Label;
    }
}
