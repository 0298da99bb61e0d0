using System.Globalization;

namespace Sameboat.Record;

/// <summary>Where a walk through JSON stands, as a JSON Pointer.</summary>
/// <remarks>RFC 6901.</remarks>
internal sealed class JsonPath
{
    private readonly List<Step> _steps = [];

    internal int Depth => _steps.Count;

    internal void EnterObject() => _steps.Add(new Step { Names = new HashSet<string>(StringComparer.Ordinal) });

    internal void EnterArray() => _steps.Add(new Step());

    internal void Leave() => _steps.RemoveAt(_steps.Count - 1);

    /// <summary>Moves to a member of the innermost object; false when it had one of that name.</summary>
    internal bool MoveTo(string name)
    {
        var step = _steps[^1];
        step.Name = name;
        return step.Names!.Add(name);
    }

    /// <summary>A value begins: inside an array that is its next element.</summary>
    internal void BeginValue()
    {
        if (_steps.Count > 0 && _steps[^1].Names is null)
        {
            _steps[^1].Index++;
        }
    }

    public override string ToString() => string.Concat(_steps.Select(step => step.ToString()));

    private sealed class Step
    {
        internal HashSet<string>? Names { get; init; }

        internal string? Name { get; set; }

        internal int Index { get; set; } = -1;

        public override string ToString()
        {
            if (Names is null)
            {
                return Index < 0 ? "" : "/" + Index.ToString(CultureInfo.InvariantCulture);
            }

            return Name is null ? "" : "/" + Name.Replace("~", "~0", StringComparison.Ordinal)
                .Replace("/", "~1", StringComparison.Ordinal);
        }
    }
}
