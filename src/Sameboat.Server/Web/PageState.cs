namespace Sameboat.Server.Web;

/// <summary>
/// What the page of this request shows. Pages are public classes by the compiler's rule; what they show stays inside
/// this project and so reaches them through the request's services.
/// </summary>
internal sealed class PageState
{
    private object? _view;

    /// <summary>The strings of the reader's culture.</summary>
    internal Words Words { get; private set; } = Words.Of(Words.DefaultCulture)!;

    /// <summary>True marks the page as an exercise.</summary>
    internal bool Exercise { get; private set; }

    /// <summary>The address of this page below its culture, with its query: the same in every language.</summary>
    internal string Path { get; private set; } = "";

    /// <summary>True when the reader's browser says that it has signed in; nobody has looked.</summary>
    internal bool IsSignedIn { get; set; }

    /// <summary>True where this node plays the exercise itself.</summary>
    internal bool HasCourse { get; set; }

    internal void Show(Words words, string path, bool exercise, object? view)
    {
        Words = words;
        Path = path;
        Exercise = exercise;
        _view = view;
    }

    /// <summary>What the page shows.</summary>
    /// <exception cref="InvalidOperationException">The endpoint handed over something else.</exception>
    internal TView View<TView>() => _view is TView view
        ? view
        : throw new InvalidOperationException($"The page shows {typeof(TView).Name} and was given {_view}.");

    /// <summary>Whether the page shows this.</summary>
    internal bool Shows<TView>() => _view is TView;

    /// <summary>An address below the culture's own.</summary>
    internal string To(string path) => $"/{Words.Culture}{path}";
}
