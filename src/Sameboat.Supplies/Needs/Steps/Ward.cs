namespace Sameboat.Supplies;

/// <summary>The beds of one severity, week by week.</summary>
internal sealed class Ward
{
    private readonly double _beds;
    private readonly double[] _new;
    private readonly double[] _total;

    internal Ward(int stay, double beds, IEnumerable<double> newCases, IEnumerable<double> totals)
    {
        Stay = stay;
        _beds = beds;
        _new = [.. newCases];
        _total = [.. totals];
        Uncapped = new double[_new.Length];
        InUse = new double[_new.Length];
        Removed = new double[_new.Length];
        Discharged = new double[_new.Length];
        Admitted = new double[_new.Length];
    }

    internal int Stay { get; }

    internal double[] Uncapped { get; }

    internal double[] InUse { get; }

    internal double[] Removed { get; }

    internal double[] Discharged { get; }

    internal double[] Admitted { get; }

    /// <summary>Beds kept in balance; nobody is in a bed before the first week.</summary>
    internal void FillConserved()
    {
        for (var week = 0; week < _new.Length; week++)
        {
            Uncapped[week] = _total[week] - Before(week);
            Removed[week] = Before(week) - (week > 0 ? Before(week - 1) : 0);
            Discharged[week] = week >= Stay ? Admitted[week - Stay] : 0;
            var staying = (week > 0 ? InUse[week - 1] : 0) - Discharged[week];
            Admitted[week] = Math.Min(_new[week], Math.Max(0, _beds - staying));
            InUse[week] = Math.Max(0, staying + Admitted[week]);
        }
    }

    /// <summary>
    /// As the public port of WHO's tool has it. The first weeks have no past to subtract and count as empty; the ward
    /// whose stay is not yet over while the other's is admits nobody in that week; and beds in use follow the cases,
    /// not the admissions.
    /// </summary>
    internal static void FillAsTheTool(Ward severe, Ward critical)
    {
        severe.FillUncapped();
        critical.FillUncapped();
        for (var week = 0; week < severe._new.Length; week++)
        {
            var severePast = week >= severe.Stay;
            var criticalPast = week >= critical.Stay;
            severe.AdmitAsTheTool(week, severePast, criticalPast);
            critical.AdmitAsTheTool(week, criticalPast, severePast);
        }
    }

    private void FillUncapped()
    {
        for (var week = Stay; week < _new.Length; week++)
        {
            Uncapped[week] = _total[week] - Before(week);
            InUse[week] = Uncapped[week] < _beds ? Uncapped[week] : _beds;
            Removed[week] = week > Stay ? Before(week) - Before(week - 1) : 0;
        }
    }

    private void AdmitAsTheTool(int week, bool past, bool otherPast)
    {
        if (!past)
        {
            Admitted[week] = otherPast ? 0 : InUse[week];
            return;
        }

        Discharged[week] = Admitted[week - Stay];
        var staying = InUse[week - 1] - Discharged[week];
        Admitted[week] = staying + _new[week] > _beds ? _beds - staying : _new[week];
    }

    private double Before(int week) => week >= Stay ? _total[week - Stay] : 0;
}
