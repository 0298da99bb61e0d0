using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Sameboat.Rules.Tests;

/// <summary>Rules on the tests themselves.</summary>
internal static class TestRules
{
    public const int WordsMin = 3;

    /// <summary>Beginnings of the calls that can fail a test.</summary>
    private static readonly string[] Judges =
        ["Should", "Assert", "Sample", "Expect", "Verify", "Check", "HasNoViolations", "Throws", "True", "Equal"];

    private static readonly string[] TestAttributes = ["Fact", "Theory"];

    public static IEnumerable<Violation> Names(IEnumerable<TrackedFile> files) =>
        from file in files
        from test in TestsOf(file)
        where !IsSentence(test.Identifier.Text)
        select new Violation(file.Path, CodeRules.LineOf(test.GetLocation()),
            $"{test.Identifier.Text}: a test is named as a sentence (Three_words_or_more)");

    /// <summary>A test that judges nothing cannot fail for the reason it was written.</summary>
    /// <remarks>Looks into the tests' own functions that the test calls, found by name alone.</remarks>
    public static IEnumerable<Violation> Judgement(IReadOnlyCollection<TrackedFile> files)
    {
        var functions = files.Where(IsTest)
            .SelectMany(file => CodeRules.Parse(file).DescendantNodes().OfType<MethodDeclarationSyntax>())
            .ToLookup(method => method.Identifier.Text);
        return
            from file in files
            from test in TestsOf(file)
            where !CanFail(test, functions, [])
            select new Violation(file.Path, CodeRules.LineOf(test.GetLocation()),
                $"{test.Identifier.Text}: judges nothing");
    }

    public static IEnumerable<Violation> Skips(IEnumerable<TrackedFile> files) =>
        CodeRules.SkippedTests(files.Where(IsTest));

    private static bool IsTest(TrackedFile file) => file.Under("tests/") && file.Is(".cs");

    private static IEnumerable<MethodDeclarationSyntax> TestsOf(TrackedFile file) =>
        IsTest(file)
            ? CodeRules.Parse(file).DescendantNodes().OfType<MethodDeclarationSyntax>()
                .Where(method => method.AttributeLists.SelectMany(list => list.Attributes)
                    .Any(attribute => TestAttributes.Any(attribute.Name.ToString().EndsWith)))
            : [];

    private static bool IsSentence(string name)
    {
        var words = name.Split('_');
        return words.Length >= WordsMin && words.All(word => word.Length > 0) && char.IsUpper(name[0]);
    }

    // Should.Throw(...) judges by its first name, value.ShouldBe(...) by its last.
    private static IEnumerable<string> NamesOf(ExpressionSyntax callee) => callee switch
    {
        MemberAccessExpressionSyntax { Expression: var left, Name: var name } =>
            left is SimpleNameSyntax first ? [first.Identifier.Text, name.Identifier.Text] : [name.Identifier.Text],
        SimpleNameSyntax name => [name.Identifier.Text],
        MemberBindingExpressionSyntax { Name: var name } => [name.Identifier.Text],
        _ => [],
    };

    private static bool CanFail(
        MethodDeclarationSyntax method, ILookup<string, MethodDeclarationSyntax> functions, HashSet<string> seen)
    {
        var called = method.DescendantNodes().OfType<InvocationExpressionSyntax>()
            .SelectMany(call => NamesOf(call.Expression)).ToList();
        return called.Any(name => Judges.Any(judge => name.StartsWith(judge, StringComparison.Ordinal)))
            || called.Where(seen.Add).SelectMany(name => functions[name]).Any(next => CanFail(next, functions, seen));
    }
}
