using Sameboat.Server.Exercise;
using Sameboat.Server.Outbreaks;
using Sameboat.Server.Requests;

namespace Sameboat.Server.Web;

/// <summary>The states of the chain in words.</summary>
internal static class ChainText
{
    // A share that is written with one place must not read as nothing.
    private const double LeastShown = 0.001;

    /// <summary>The state of an entity by its noun; the name itself where the catalogue has none.</summary>
    internal static string State(Words words, string noun, string state) =>
        words.Find(noun == "round" ? $"round.{state}" : $"state.{noun}.{state}") ?? state;

    internal static string Progress(Words words, Progress progress) => words[$"progress.{progress}"];

    /// <summary>What a kind of entry speaks of.</summary>
    internal static string Noun(Words words, string noun) => words.Find($"noun.{noun}") ?? noun;

    /// <summary>What an outbreak is called: the exercise's own in the reader's language, others as they were declared.
    /// </summary>
    internal static string Outbreak(Words words, OutbreakRow outbreak) =>
        outbreak.Subject == ExerciseScript.Outbreak ? words["exercise.outbreak"] : outbreak.Name;

    /// <summary>A day, or a dash where nobody said one.</summary>
    internal static string Day(Words words, int? day) => day is { } said ? words.Day(said) : words["none"];

    /// <summary>Days between two events, or a dash.</summary>
    internal static string Days(Words words, int? days) => days is { } known ? words.Number(known) : words["none"];

    internal static string Share(Words words, double? share) =>
        share is not { } known ? words["none"]
        : known is > 0 and < LeastShown ? words.Format("share.little", words.Percent(LeastShown))
        : words.Percent(known);

    /// <summary>The part of a subject after the owner, for display.</summary>
    internal static string Name(string subject) => subject[(subject.IndexOf('/', StringComparison.Ordinal) + 1)..];

    /// <summary>The id of a subject on a page.</summary>
    internal static string Anchor(string subject) => Name(subject).Replace('/', '.');

    /// <summary>Minor units of a currency with two of them, as whole ones.</summary>
    internal static string Money(Words words, long minor, string currency) =>
        words.Format("money", currency, words.Number(minor / 100));
}
