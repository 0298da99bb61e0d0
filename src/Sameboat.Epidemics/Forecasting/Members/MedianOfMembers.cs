namespace Sameboat.Epidemics;

/// <summary>
/// The members of the forecast and their median on the log scale: equal weights and no training, which has held up best
/// in real time (Ray et al. 2022, 10.1016/j.ijforecast.2022.06.005).
/// </summary>
internal sealed class MedianOfMembers(SerialInterval serialInterval)
{
    private const double ShortMemoryWeeks = 26;
    private const double LongMemoryWeeks = 104;

    private readonly IPathMember[] _members =
    [
        new DampedGrowthMember(),
        new LaggedRegressionMember(ShortMemoryWeeks),
        new LaggedRegressionMember(LongMemoryWeeks),
        new AnalogueMember(),
        new RenewalMember(serialInterval),
    ];

    public double[]?[] LogPaths(WeeklyPanel panel, Indicator indicator, int weeks)
    {
        var byMember = Array.ConvertAll(_members, member => member.LogPaths(panel, indicator, weeks));
        var paths = new double[]?[panel.Names.Length];
        Span<double> medians = stackalloc double[_members.Length];
        for (var place = 0; place < paths.Length; place++)
        {
            if (panel.Of(place, indicator) is null)
            {
                continue;
            }

            var path = paths[place] = new double[weeks];
            for (var week = 0; week < weeks; week++)
            {
                for (var member = 0; member < byMember.Length; member++)
                {
                    medians[member] = byMember[member][place]![week];
                }

                path[week] = Spikes.MedianOf(medians);
            }
        }

        return paths;
    }
}
