using Sameboat.Epidemics;
using Sameboat.Exchange.Files;
using Sameboat.Tests;

namespace Sameboat.Engines.Tests.Epidemics;

public sealed class NowcasterTests
{
    private const int Known20 = 20;

    [Fact]
    public void Deaths_of_the_newest_weeks_come_nearer_to_what_they_become()
    {
        var history = VintageFileReader.Read(Repository.Reference("ecdc/vintages_revisions.csv")).Value!;
        var final = history.Replay().KnownOn(history.LastAsOf)
            .Where(place => place.Of(Indicator.Deaths) is not null)
            .ToDictionary(place => place.Name, place => place.Of(Indicator.Deaths)!);
        List<(int Age, double Before, double After, bool Held)> errors = [];
        foreach (var day in history.Revisions.Select(one => one.AsOf).Distinct().Where(day => day.Year < 2024))
        {
            foreach (var week in VintageNowcast.On(history, day)
                .Where(week => week.Indicator == Indicator.Deaths && week.Reported >= Known20 && week.WeeksOld < 3))
            {
                var series = final[week.Place];
                var came = series.Counts[week.WeekEnd.DayNumber - series.First.DayNumber] ?? 0;
                errors.Add((week.WeeksOld, Off(week.Reported, came), Off(week.Median, came),
                    week.Low <= came && came <= week.High));
            }
        }

        double[] limits = [0.19, 0.17, 0.106];
        for (var age = 0; age < limits.Length; age++)
        {
            var ofAge = errors.Where(error => error.Age == age).ToList();
            ofAge.Average(error => error.After).ShouldBeLessThan(limits[age]);
            ofAge.Average(error => error.After).ShouldBeLessThan(ofAge.Average(error => error.Before));
            ofAge.Average(error => error.Held ? 1.0 : 0).ShouldBeInRange(0.85, 0.95);
        }
    }

    [Fact]
    public void A_publisher_that_always_adds_half_is_completed_by_half()
    {
        var first = new DateOnly(2023, 1, 7);
        List<Revision> revisions = [];
        for (var week = 0; week < 40; week++)
        {
            var end = first.AddDays(7 * week);
            revisions.Add(new Revision(end.AddDays(6), "KEN", Indicator.Deaths, end, 100));
            revisions.Add(new Revision(end.AddDays(13), "KEN", Indicator.Deaths, end, 150));
        }

        var newest = VintageNowcast.On(new VintageHistory(revisions, weekly: true), first.AddDays((7 * 39) + 6))[0];
        newest.Reported.ShouldBe(100);
        newest.Median.ShouldBe(150, 3);
        newest.Low.ShouldBeLessThan(150);
        newest.High.ShouldBeGreaterThan(150);
    }

    [Fact]
    public void A_correction_of_all_weeks_at_once_does_not_hide_how_weeks_are_completed()
    {
        const int Corrected = 36;
        var first = new DateOnly(2023, 1, 7);
        List<Revision> revisions = [];
        for (var week = 0; week < 40; week++)
        {
            var end = first.AddDays(7 * week);
            revisions.Add(new Revision(end.AddDays(6), "KEN", Indicator.Deaths, end, 100));
            revisions.Add(new Revision(end.AddDays(13), "KEN", Indicator.Deaths, end, 150));
            if (week < Corrected - 1)
            {
                revisions.Add(new Revision(first.AddDays((7 * Corrected) + 6), "KEN", Indicator.Deaths, end, 75));
            }
        }

        revisions.Sort((a, b) => a.AsOf.CompareTo(b.AsOf));
        var newest = VintageNowcast.On(new VintageHistory(revisions, weekly: true), first.AddDays((7 * 39) + 6))[0];
        newest.Reported.ShouldBe(100);
        newest.Median.ShouldBe(150, 3);
    }

    private static double Off(double value, double came) => Math.Abs(Math.Log((value + 0.5) / (came + 0.5)));
}
