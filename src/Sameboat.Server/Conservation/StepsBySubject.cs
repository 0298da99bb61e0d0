using System.Collections;
using System.Collections.Immutable;
using Sameboat.Server.Workflow;

namespace Sameboat.Server.Conservation;

/// <summary>The steps of entities, by subject and each in its order: a lookup of which a few can be exchanged.
/// </summary>
internal sealed class StepsBySubject : ILookup<string, StepRow>
{
    private readonly ImmutableDictionary<string, Course> _courses;

    private StepsBySubject(ImmutableDictionary<string, Course> courses) => _courses = courses;

    public int Count => _courses.Count;

    public IEnumerable<StepRow> this[string key] => _courses.TryGetValue(key, out var course) ? course : [];

    public bool Contains(string key) => _courses.ContainsKey(key);

    public IEnumerator<IGrouping<string, StepRow>> GetEnumerator() => _courses.Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Puts steps together, those of one entity in the order given.</summary>
    internal static StepsBySubject Of(ILookup<string, StepRow> steps) => steps as StepsBySubject ?? new(
        steps.ToImmutableDictionary(
            course => course.Key, course => new Course(course.Key, [.. course]), StringComparer.Ordinal));

    /// <summary>The same without the steps of some entities, and with others.</summary>
    internal StepsBySubject With(IEnumerable<string> without, IEnumerable<IGrouping<string, StepRow>> with) =>
        new(_courses.RemoveRange(without).SetItems(with.Select(
            course => KeyValuePair.Create(course.Key, new Course(course.Key, [.. course])))));

    private sealed record Course(string Key, ImmutableArray<StepRow> Steps) : IGrouping<string, StepRow>
    {
        public IEnumerator<StepRow> GetEnumerator() => ((IEnumerable<StepRow>)Steps).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
