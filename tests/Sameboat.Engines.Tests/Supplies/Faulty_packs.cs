using Sameboat.Supplies;

namespace Sameboat.Engines.Tests.Supplies;

/// <summary>A pack that breaks a rule is refused with the file, the line and what is wrong.</summary>
public sealed class Faulty_packs
{
    private const string Pack = "exercise-fever";

    [Fact]
    public void The_unchanged_files_make_a_pack()
    {
        var reading = DiseasePacks.ReadFrom(file => DiseasePacks.CarriedFile(Pack, file));
        reading.Faults.ShouldBeEmpty();
        reading.Pack.ShouldNotBeNull().Code.ShouldBe(Pack);
    }

    [Theory]
    [InlineData("rates.csv", "gown,screening-health-worker,1,exercise", "gown,screening-health-worker,1,",
        "rates.csv, line 7: source: a figure without a source")]
    [InlineData("rates.csv", "hand-rub,inpatient-cleaner,0.03,exercise", "hand-rub,inpatient-cleaner,0.03,hearsay",
        "rates.csv, line 3: source: «hearsay» is no key of SOURCE.md")]
    [InlineData("rates.csv", "gown,inpatient-cleaner,1,", "gown,inpatient-cleaner,-1,",
        "rates.csv, line 6: per_day: -1 is below zero")]
    [InlineData("rates.csv", "goggles,screening-health-worker,0.05", "goggles,screening-health-worker,some",
        "per_day: «some» is no number")]
    [InlineData("rates.csv", "gown,inpatient-cleaner,1,", "gown,passer-by,1,", "«passer-by» is none of")]
    [InlineData("items.csv", "Rapid test for Exercise fever,tests-antigen,diagnostics,Diagnostics,test",
        "Rapid test for Exercise fever,tests-antigen,diagnostics,Diagnostics,box", "unit: «box» is none of")]
    [InlineData("items.csv", "\ngoggles,\"Goggles", "\ngown,\"Goggles", "code: «gown» stands twice")]
    [InlineData("items.csv", "Respirator,staff", "\"Gown, protective\",staff", "«Gown, protective» stands twice")]
    [InlineData("items.csv", "0.4,20,exercise", "0.4,0,exercise", "«0» is no whole number of at least 1")]
    [InlineData("items.csv", "pack_size", "pack", "items.csv, line 1: column «pack_size» is missing")]
    [InlineData("courses.csv", "moderate,10,0.5", "moderate,10,1.5", "share_treated: 1.5 is above 1")]
    [InlineData("parameters.csv", "severity-share-mild,0.55", "severity-share-mild,0.5",
        "the four severity shares do not add up to 1")]
    [InlineData("parameters.csv", "stay-mild,1,week", "stay-mild,1,day", "stay-mild is counted in week")]
    [InlineData("parameters.csv", "shift-length", "shift-size", "«shift-length» is missing")]
    [InlineData("parameters.csv", "name,value,unit,source\n", "name,value,unit,source\nluck,1,each,exercise\n",
        "«luck» is no parameter of a pack")]
    [InlineData("parameters.csv", "serial-interval-mean,5", "serial-interval-mean,0", "a mean and a deviation above")]
    [InlineData("pack.json", "\"name\"", "\"title\"", "pack.json")]
    [InlineData("SOURCE.md", "| `exercise` |", "| exercise |", "«exercise» is no key of SOURCE.md")]
    public void A_broken_rule_is_named(string file, string from, string to, string fault)
    {
        DiseasePacks.CarriedFile(Pack, file).ShouldNotBeNull().ShouldContain(from);
        var reading = DiseasePacks.ReadFrom(one =>
        {
            var text = DiseasePacks.CarriedFile(Pack, one);
            return one == file ? text.ShouldNotBeNull().Replace(from, to, StringComparison.Ordinal) : text;
        });
        reading.Pack.ShouldBeNull();
        reading.Faults.ShouldContain(line => line.Contains(fault, StringComparison.Ordinal));
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        var reading = DiseasePacks.ReadFrom(
            file => file == "rates.csv" ? null : DiseasePacks.CarriedFile(Pack, file));
        reading.Pack.ShouldBeNull();
        reading.Faults.ShouldContain("rates.csv: the file is missing");
    }
}
