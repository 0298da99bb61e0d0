using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Sameboat.Server.Storage;

/// <summary>Reads a table that is known by its type in the model alone.</summary>
internal static class TableRows
{
    private static readonly MethodInfo ReadOne = typeof(TableRows).GetMethod(
        nameof(Read), BindingFlags.Static | BindingFlags.NonPublic)!;

    /// <summary>Every row, whoever may see it, without tracking, as a stream.</summary>
    internal static IAsyncEnumerable<object> AllRows(this NodeContext db, IEntityType type) =>
        (IAsyncEnumerable<object>)ReadOne.MakeGenericMethod(type.ClrType).Invoke(null, [db])!;

    private static IAsyncEnumerable<object> Read<TRow>(NodeContext db)
        where TRow : class => db.Set<TRow>().IgnoreQueryFilters().AsNoTracking().AsAsyncEnumerable();
}
