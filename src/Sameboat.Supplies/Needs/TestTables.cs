namespace Sameboat.Supplies;

/// <summary>Tests of patients in one week. WHO's tool calls the table diagnostics_weekly.</summary>
/// <param name="WeekBegins">The Monday.</param>
/// <param name="WeekEnds">The Sunday, or the last day counted.</param>
/// <param name="DiagnosisUncapped">Diagnosis of severe and critical cases, beds without limit.</param>
/// <param name="ReleaseUncapped">Before release of those who survive, beds without limit.</param>
/// <param name="Diagnosis">Diagnosis of the admitted.</param>
/// <param name="Release">Before release of the discharged who survive.</param>
/// <param name="Moderate">Of moderate cases.</param>
/// <param name="Mild">Of mild cases.</param>
/// <param name="Suspected">Of suspected persons who do not have the disease.</param>
public sealed record TestWeek(
    DateOnly WeekBegins,
    DateOnly WeekEnds,
    double DiagnosisUncapped,
    double ReleaseUncapped,
    double Diagnosis,
    double Release,
    double Moderate,
    double Mild,
    double Suspected);

/// <summary>Tests of workers and contacts in one week. WHO's tool calls the table additional_testing.</summary>
/// <param name="WeekBegins">The Monday.</param>
/// <param name="WeekEnds">The Sunday, or the last day counted.</param>
/// <param name="Workers">Of staff; null is unknown, in parity mode only.</param>
/// <param name="Contacts">Of contacts of cases.</param>
public sealed record AdditionalTestWeek(DateOnly WeekBegins, DateOnly WeekEnds, double? Workers, double Contacts);

/// <summary>
/// All tests of one week. WHO's tool calls the table total_tests. Null is unknown, in parity mode only.
/// </summary>
/// <param name="WeekBegins">The Monday.</param>
/// <param name="WeekEnds">The Sunday, or the last day counted.</param>
/// <param name="Capped">Tests that the platforms can run.</param>
/// <param name="Uncapped">Tests wanted.</param>
public sealed record TotalTestWeek(DateOnly WeekBegins, DateOnly WeekEnds, double? Capped, double? Uncapped);

/// <summary>Share of one kind of test. WHO's tool calls the table test_ratio.</summary>
/// <param name="Type">high_throughput, near_patient, manual or antigen.</param>
/// <param name="WeeklyCapacity">Tests a week for the outbreak; null where there is no platform at all.</param>
/// <param name="Ratio">Share of all tests; null where there is no platform at all.</param>
public sealed record TestShare(string Type, double? WeeklyCapacity, double? Ratio);
