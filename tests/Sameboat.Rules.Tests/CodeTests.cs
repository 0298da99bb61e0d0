namespace Sameboat.Rules.Tests;

/// <summary>Each rule on the code itself, and beside it the sample that breaks it.</summary>
public class CodeTests
{
    private static readonly IReadOnlyList<TrackedFile> Code = RepositoryTree.With(".cs");

    [Fact]
    public void Functions_fit_a_screen() => CodeRules.FunctionLength(Code).ShouldHold();

    [Fact]
    public void A_function_that_is_too_long_is_noticed()
    {
        var body = string.Concat(Enumerable.Repeat("        _ = 1;\n", CodeRules.FunctionLinesMax));

        CodeRules.FunctionLength([Sample($"class A\n{{\n    void B()\n    {{\n{body}    }}\n}}\n")]).ShouldBreakAt(3);
    }

    [Fact]
    public void Nothing_is_left_unimplemented() => CodeRules.NotImplemented(Code).ShouldHold();

    [Fact]
    public void A_missing_implementation_is_noticed() =>
        CodeRules.NotImplemented([Sample("class A\n{\n    int B() => throw new NotImplementedException();\n}\n")])
            .ShouldBreakAt(3);

    [Fact]
    public void Nothing_waits_by_sleeping() => CodeRules.Sleeping(Code).ShouldHold();

    [Fact]
    public void A_sleep_is_noticed() =>
        CodeRules.Sleeping([Sample("class A\n{\n    void B() => System.Threading.Thread.Sleep(1);\n}\n")])
            .ShouldBreakAt(3);

    [Fact]
    public void Only_the_program_speaks_on_the_console() => CodeRules.Console(Code).ShouldHold();

    [Fact]
    public void A_library_that_writes_to_the_console_is_noticed() =>
        CodeRules.Console([Sample("class A\n{\n    void B() => System.Console.WriteLine(1);\n}\n")]).ShouldBreakAt(3);

    [Fact]
    public void Faults_are_caught_by_name_or_not_at_all() => CodeRules.Catches(Code).ShouldHold();

    [Fact]
    public void A_catch_that_takes_everything_or_says_nothing_is_noticed() =>
        CodeRules.Catches([Sample("""
            class A
            {
                void B()
                {
                    try { C(); } catch (Exception fault) { Log(fault); }
                    try { C(); } catch { }
                    try { C(); } catch (IOException) { }
                    try { C(); } catch (IOException) { /* The other end is gone: nothing to answer. */ }
                    try { C(); } catch { Undo(); throw; }
                    try { C(); } catch (Exception fault) when (fault is IOException) { Log(fault); }
                }
            }
            """)]).ShouldBreakAt(5, 6, 7);

    [Fact]
    public void Names_say_what_a_thing_is() => CodeRules.EmptyNames(Code).ShouldHold();

    [Fact]
    public void A_name_that_says_nothing_is_noticed() =>
        CodeRules.EmptyNames([Sample("namespace Sameboat.Common;\nclass LotManager { }\nrecord Lot;\nenum LotUtil;\n")])
            .ShouldBreakAt(1, 2, 4);

    [Fact]
    public void A_suppression_says_why() => CodeRules.Suppressions(Code).ShouldHold();

    [Fact]
    public void A_suppression_without_a_reason_is_noticed() =>
        CodeRules.Suppressions([Sample("""
            [SuppressMessage("Design", "CA1001")]
            class A { }
            [SuppressMessage("Design", "CA1002", Justification = "The shape of the file.")]
            class B { }
            [SuppressMessage("Banned", "RS0030", Justification = "The clock, please.")]
            class C { }
            """)]).ShouldBreakAt(1, 5);

    [Fact]
    public void The_entry_point_holds_no_logic() =>
        CodeRules.EntryPoint(RepositoryTree.Read("src/Sameboat/Program.cs")).ShouldHold();

    [Fact]
    public void An_entry_point_with_logic_is_noticed()
    {
        CodeRules.EntryPoint(Sample("var app = Build();\nreturn app.Run(args);\n")).ShouldBreakOnce("one statement");
        CodeRules.EntryPoint(Sample("return Run(x => x + 1);\n")).ShouldBreakOnce("without a function");
        CodeRules.EntryPoint(Sample("// 1\n// 2\n// 3\n// 4\n// 5\nreturn 0;\n")).ShouldBreakOnce("6 lines");
        CodeRules.EntryPoint(Sample("using Sameboat.Commands;\n\nreturn await CommandLine.Run(args);\n")).ShouldHold();
    }

    private static TrackedFile Sample(string text) => new("src/Sameboat.Record/Sample.cs", text);
}
