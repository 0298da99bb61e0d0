using System.Reflection;
using Microsoft.EntityFrameworkCore;

namespace Sameboat.Server.Storage;

/// <summary>The tables that the fold keeps beside the rows of the folds, and the shield before those rows.</summary>
internal static class FoldTables
{
    private static readonly MethodInfo ShieldOne = typeof(FoldTables).GetMethod(
        nameof(Shield), BindingFlags.Static | BindingFlags.NonPublic, [typeof(ModelBuilder), typeof(NodeContext)])!;

    /// <summary>Maps effects, audiences and sealed bodies.</summary>
    internal static void Map(ModelBuilder model)
    {
        model.Entity<EffectRow>(table =>
        {
            table.ToTable("effect");
            table.HasKey(row => new { row.Entry, row.Member });
            table.HasIndex(row => row.Subject);
            table.HasIndex(row => row.Awaits).HasFilter("\"Awaits\" <> ''");
        });
        model.Entity<AudienceRow>(table =>
        {
            table.ToTable("audience");
            table.HasKey(row => new { row.Subject, row.Member });
        });
        model.Entity<SealedBodyRow>(table =>
        {
            table.ToTable("sealed_body");
            table.HasKey(row => new { row.Entry, row.Member });
        });
    }

    /// <summary>
    /// Keeps the rows of every projected table from readers whom the audience does not name; to be called when all
    /// tables are mapped. A query that forgets to ask sees what everyone may see.
    /// </summary>
    internal static void ShieldAll(ModelBuilder model, NodeContext context)
    {
        var projected = model.Model.GetEntityTypes()
            .Select(type => type.ClrType)
            .Where(type => type.IsAssignableTo(typeof(IProjectedRow))
                && type != typeof(EffectRow) && type != typeof(AudienceRow))
            .ToArray();
        foreach (var type in projected)
        {
            ShieldOne.MakeGenericMethod(type).Invoke(null, [model, context]);
        }
    }

    private static void Shield<TRow>(ModelBuilder model, NodeContext context)
        where TRow : class, IProjectedRow =>
        model.Entity<TRow>().HasQueryFilter(row =>
            !context.Audiences.Any(one => one.Subject == row.Subject)
            || (context.Viewer != null && context.Audiences.Any(one => one.Subject == row.Subject
                && (one.Member == context.Viewer || one.Member == AudienceRow.EveryMember))));
}
