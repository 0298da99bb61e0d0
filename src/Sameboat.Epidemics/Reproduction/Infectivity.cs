using System.Numerics;
using System.Runtime.InteropServices;

namespace Sameboat.Epidemics;

/// <summary>The infectious pressure of past cases on each day.</summary>
internal static class Infectivity
{
    /// <summary>
    /// Λ at index t = Σ_{s≥1} I(t−s) w(s): cases a day that would be infected if R were one; zero on the first day.
    /// Weights are cut only where the rest are exactly zero.
    /// </summary>
    public static double[] Of(
        ReadOnlySpan<double> local, ReadOnlySpan<double> imported, SerialInterval serialInterval)
    {
        var days = local.Length;
        var cases = local.ToArray();
        for (var day = 0; day < imported.Length; day++)
        {
            cases[day] += imported[day];
        }

        var span = Math.Min(days, serialInterval.Support.Length);
        var reversed = new double[span];
        for (var lag = 0; lag < span; lag++)
        {
            reversed[span - 1 - lag] = serialInterval.Support[lag];
        }

        var infectivity = new double[days];
        for (var day = 1; day < days; day++)
        {
            var lags = Math.Min(day + 1, span);
            infectivity[day] = Dot(cases.AsSpan(day + 1 - lags, lags), reversed.AsSpan(span - lags, lags));
        }

        return infectivity;
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var vectorsA = MemoryMarshal.Cast<double, Vector<double>>(a);
        var vectorsB = MemoryMarshal.Cast<double, Vector<double>>(b);
        var sums = Vector<double>.Zero;
        for (var index = 0; index < vectorsA.Length; index++)
        {
            sums += vectorsA[index] * vectorsB[index];
        }

        var sum = Vector.Sum(sums);
        for (var index = vectorsA.Length * Vector<double>.Count; index < a.Length; index++)
        {
            sum += a[index] * b[index];
        }

        return sum;
    }
}
