using System.Collections.Concurrent;

namespace Sameboat.Server.Web;

/// <summary>
/// What pages show, read once for each size of the record however many ask at once; of each page the newest alone.
/// </summary>
internal sealed class KeptViews
{
    /// <summary>The most views kept; when there are more, all are read anew.</summary>
    internal const int ViewsMax = 1_000;

    private readonly ConcurrentDictionary<string, (long Version, Lazy<Task<object?>> View)> _views =
        new(StringComparer.Ordinal);

    /// <summary>The view; null where there is nothing of that name, which is not kept.</summary>
    /// <param name="key">What is shown, unique over all pages.</param>
    /// <param name="version">The size of the record.</param>
    /// <param name="read">Reads it; a reading that fails is not kept.</param>
    internal async Task<object?> ReadAsync(string key, long version, Func<Task<object?>> read)
    {
        if (_views.Count >= ViewsMax)
        {
            _views.Clear();
        }

        var fresh = (version, new Lazy<Task<object?>>(read));
        var kept = _views.AddOrUpdate(key, fresh, (_, old) => old.Version >= version ? old : fresh);
        var isRead = false;
        try
        {
            var view = await kept.View.Value;
            isRead = view is not null;
            return view;
        }
        finally
        {
            if (!isRead)
            {
                _views.TryRemove(KeyValuePair.Create(key, kept));
            }
        }
    }
}
