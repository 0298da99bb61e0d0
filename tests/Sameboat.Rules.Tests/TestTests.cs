namespace Sameboat.Rules.Tests;

public class TestTests
{
    private static readonly IReadOnlyList<TrackedFile> Code = RepositoryTree.With(".cs");

    [Fact]
    public void Tests_are_named_as_sentences() => TestRules.Names(Code).ShouldHold();

    [Fact]
    public void A_test_whose_name_is_no_sentence_is_noticed() =>
        TestRules.Names([Sample("""
            class A
            {
                [Fact] public void Works() => 1.ShouldBe(1);
                [Theory] public void Allocate_Works() => 1.ShouldBe(1);
                [Fact] public void A_smaller_need_never_receives_more() => 1.ShouldBe(1);
                public void Helps() { }
            }
            """)]).ShouldBreakAt(3, 4);

    [Fact]
    public void No_test_is_switched_off() => TestRules.Skips(Code).ShouldHold();

    [Fact]
    public void A_test_switched_off_is_noticed() =>
        TestRules.Skips([Sample("class A\n{\n    [Fact(Skip = \"later\")]\n    void It_works_now() { }\n}\n")])
            .ShouldBreakAt(3);

    [Fact]
    public void Every_test_judges_something() => TestRules.Judgement(Code).ShouldHold();

    [Fact]
    public void A_test_that_judges_nothing_is_noticed() =>
        TestRules.Judgement([Sample("""
            class A
            {
                [Fact] public void It_only_runs_through() => Run();
                [Fact] public void It_asks_a_function_that_judges() => Judge(Run());
                int Run() => 1;
                void Judge(int value) => value.ShouldBe(1);
            }
            """)]).ShouldBreakAt(3);

    private static TrackedFile Sample(string text) => new("tests/Sameboat.Engines.Tests/Sample.cs", text);
}
