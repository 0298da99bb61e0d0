using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Sameboat.Rules.Tests;

/// <summary>Rules on C# as the compiler's own parser reads it: strings and comments are never taken for code.</summary>
internal static class CodeRules
{
    public const int FunctionLinesMax = 80;
    public const int ProgramLinesMax = 5;

    private static readonly string[] EmptyNameEndings =
        ["Manager", "Helper", "Helpers", "Util", "Utils", "Utilities", "Common", "Core"];

    /// <summary>Each file is parsed once for all rules.</summary>
    private static readonly ConditionalWeakTable<TrackedFile, CompilationUnitSyntax> Trees = [];

    private const string Unimplemented = "NotImplementedException";
    private static readonly string[] ConsoleFolders = ["src/Sameboat/", "bench/"];

    public static IEnumerable<Violation> FunctionLength(IEnumerable<TrackedFile> files) =>
        Violations(files.Where(file => !SourceRules.IsGenerated(file)), (SyntaxNode node) =>
            node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax
                && LinesOf(node) > FunctionLinesMax,
            node => $"a function of {LinesOf(node)} lines (at most {FunctionLinesMax})");

    public static IEnumerable<Violation> NotImplemented(IEnumerable<TrackedFile> files) =>
        Violations(files, (IdentifierNameSyntax node) => node.Identifier.Text == Unimplemented,
            _ => "what is not there is left out, not thrown");

    public static IEnumerable<Violation> Sleeping(IEnumerable<TrackedFile> files) =>
        Violations(files, (MemberAccessExpressionSyntax node) => IsCall(node, "Thread", "Sleep"),
            _ => "wait on a condition with a named limit");

    public static IEnumerable<Violation> Console(IEnumerable<TrackedFile> files) =>
        Violations(files.Where(file => !ConsoleFolders.Any(file.Under)),
            (MemberAccessExpressionSyntax node) => LastName(node.Expression) == "Console"
                && node.Name.Identifier.Text is "Write" or "WriteLine" or "Out" or "Error",
            _ => "only the program speaks on the console");

    public static IEnumerable<Violation> Catches(IEnumerable<TrackedFile> files) =>
        Violations(files,
            (CatchClauseSyntax node) => CatchesAll(node) || SwallowsSilently(node),
            node => CatchesAll(node)
                ? "catches everything: name what can fail here"
                : "swallows a fault without saying why");

    public static IEnumerable<Violation> EmptyNames(IEnumerable<TrackedFile> files) =>
        Violations(files, (SyntaxNode node) => DeclaredName(node).Split('.').Any(EndsEmptily),
            node => $"{DeclaredName(node)}: the ending says nothing; use the field's noun");

    public static IEnumerable<Violation> SkippedTests(IEnumerable<TrackedFile> files) =>
        Violations(files, (AttributeArgumentSyntax node) => node.NameEquals?.Name.Identifier.Text == "Skip",
            _ => "a test is skipped while running, with the reason it found");

    public static IEnumerable<Violation> LeftoverNotes(IEnumerable<TrackedFile> files) =>
        from file in files
        from trivia in Parse(file).DescendantTrivia(descendIntoTrivia: false)
        where IsComment(trivia)
        from line in trivia.ToFullString().Split('\n').Index()
        where SourceRules.LeftoverNote().IsMatch(line.Item)
        select new Violation(file.Path, LineOf(trivia.GetLocation()) + line.Index,
            "what is left to do belongs in an issue");

    /// <summary>A suppression names its reason, and never lets a banned clock or randomness in.</summary>
    public static IEnumerable<Violation> Suppressions(IEnumerable<TrackedFile> files) =>
        Violations(files.Where(file => !SourceRules.IsGenerated(file)), (AttributeSyntax node) =>
            LastName(node.Name) is "SuppressMessage" or "SuppressMessageAttribute"
            && (node.ArgumentList?.Arguments.Any(IsJustification) != true
                || node.ToString().Contains("RS0030", StringComparison.Ordinal)),
            _ => "a suppression says why, and banned symbols are let in by .editorconfig alone");

    /// <summary>The entry point: a few lines, of which one hands over to the program's own types.</summary>
    public static IEnumerable<Violation> EntryPoint(TrackedFile program)
    {
        var statements = Parse(program).Members;
        var lines = program.Lines.Count(line => line.Trim().Length > 0);
        if (lines > ProgramLinesMax)
        {
            yield return new Violation(program.Path, 0, $"{lines} lines (at most {ProgramLinesMax})");
        }

        if (statements.Count != 1 || statements[0] is not GlobalStatementSyntax only
            || only.DescendantNodes().Any(node => node is AnonymousFunctionExpressionSyntax or BlockSyntax))
        {
            yield return new Violation(program.Path, 0, "the entry point is one statement without a function in it");
        }
    }

    public static CompilationUnitSyntax Parse(TrackedFile file) => Trees.GetValue(file, Read);

    public static int LineOf(Location location) => location.GetLineSpan().StartLinePosition.Line + 1;

    private static CompilationUnitSyntax Read(TrackedFile file) => CSharpSyntaxTree
        .ParseText(file.Text, new CSharpParseOptions(LanguageVersion.Preview), file.Path).GetCompilationUnitRoot();

    private static IEnumerable<Violation> Violations<T>(
        IEnumerable<TrackedFile> files, Func<T, bool> breaks, Func<T, string> what)
        where T : SyntaxNode =>
        from file in files
        where file.Is(".cs")
        from node in Parse(file).DescendantNodes().OfType<T>()
        where breaks(node)
        select new Violation(file.Path, LineOf(node.GetLocation()), what(node));

    private static int LinesOf(SyntaxNode node)
    {
        var span = node.GetLocation().GetLineSpan();
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }

    private static bool IsCall(MemberAccessExpressionSyntax node, string type, string member) =>
        LastName(node.Expression) == type && node.Name.Identifier.Text == member;

    private static string LastName(SyntaxNode node) => node switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier.Text,
        QualifiedNameSyntax name => name.Right.Identifier.Text,
        SimpleNameSyntax name => name.Identifier.Text,
        _ => "",
    };

    private static bool CatchesAll(CatchClauseSyntax node) =>
        (node.Declaration is null || LastName(node.Declaration.Type) is "Exception" or "SystemException")
        && node.Filter is null
        && !node.Block.DescendantNodes().Any(inner => inner is ThrowStatementSyntax { Expression: null });

    private static bool SwallowsSilently(CatchClauseSyntax node) =>
        node.Block.Statements.Count == 0 && !node.Block.DescendantTrivia().Any(IsComment);

    private static bool IsComment(SyntaxTrivia trivia) => trivia.Kind() is SyntaxKind.SingleLineCommentTrivia
        or SyntaxKind.MultiLineCommentTrivia or SyntaxKind.SingleLineDocumentationCommentTrivia
        or SyntaxKind.MultiLineDocumentationCommentTrivia;

    private static string DeclaredName(SyntaxNode node) => node switch
    {
        BaseTypeDeclarationSyntax type => type.Identifier.Text,
        DelegateDeclarationSyntax type => type.Identifier.Text,
        BaseNamespaceDeclarationSyntax space => space.Name.ToString(),
        _ => "",
    };

    private static bool EndsEmptily(string name) =>
        EmptyNameEndings.Any(ending => name.EndsWith(ending, StringComparison.Ordinal));

    private static bool IsJustification(AttributeArgumentSyntax argument) =>
        argument.NameEquals?.Name.Identifier.Text == "Justification"
        && argument.Expression.ToString().Trim('"').Length > 0;
}
