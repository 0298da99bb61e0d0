using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sameboat.Record;
using Sameboat.Server.Record;
using Sameboat.Server.Record.Folding;
using Sameboat.Server.Storage;
using Sameboat.Server.Workflow;

namespace Sameboat.Server.Contributions;

/// <summary>How far money has come. What is pledged is in no total.</summary>
internal enum ContributionState
{
    /// <summary>Said, not bound.</summary>
    Pledged,

    /// <summary>Bound.</summary>
    Committed,

    /// <summary>Some of it is paid.</summary>
    PartlyPaid,

    /// <summary>All of it is paid.</summary>
    Paid,

    /// <summary>Taken back before anything was paid.</summary>
    Cancelled,

    /// <summary>The rest will not come.</summary>
    WrittenOff,
}

/// <summary>The law of a contribution; every step is the donor's own.</summary>
internal static class ContributionLifecycle
{
    internal static readonly Lifecycle<ContributionState> Law = new Lifecycle<ContributionState>()
        .Opens("pledged", ContributionState.Pledged, ContributionState.Pledged)
        .Step("committed", ContributionState.Committed, ContributionState.Pledged)
        .Step("paid", ContributionState.PartlyPaid, ContributionState.Committed, ContributionState.PartlyPaid)
        .OrTo(ContributionState.Paid)
        .Reasoned("cancelled", Side.Owner, ContributionState.Cancelled,
            ContributionState.Pledged, ContributionState.Committed)
        .Reasoned("written-off", Side.Owner, ContributionState.WrittenOff,
            ContributionState.Committed, ContributionState.PartlyPaid);
}

/// <summary>Money of one donor to one recipient.</summary>
internal sealed class ContributionRow : IProjectedRow
{
    public required string Subject { get; init; }

    /// <summary>The donor.</summary>
    public required string Member { get; init; }

    public required string Recipient { get; init; }

    public required string Outbreak { get; init; }

    /// <summary>ISO 4217.</summary>
    public required string Currency { get; init; }

    /// <summary>Minor units of the currency.</summary>
    public required long Amount { get; init; }

    /// <summary>Minor units bound; 0 while pledged.</summary>
    public required long Committed { get; init; }

    /// <summary>Minor units paid.</summary>
    public required long Paid { get; init; }

    /// <summary>United States dollars for one unit of the currency, a decimal text, or empty where none is stated.
    /// </summary>
    public required string Rate { get; init; }

    /// <summary>Day number of the rate, or null.</summary>
    public required int? RateDay { get; init; }

    /// <summary>The years that it is for.</summary>
    public required int FirstYear { get; init; }

    public required int LastYear { get; init; }

    /// <summary>How much is for which year, <c>2026:100 2027:50</c>, or empty where the donor does not say.</summary>
    public string ByYear { get; init; } = "";

    /// <summary>A name of <see cref="ContributionState"/>.</summary>
    public required string State { get; init; }
}

/// <summary>One payment.</summary>
internal sealed class PaymentRow : IProjectedRow
{
    public required string Subject { get; init; }

    /// <summary>From 0, in the order in which they counted.</summary>
    public required int Payment { get; init; }

    public required string Reference { get; init; }

    /// <summary>Minor units of the contribution's currency.</summary>
    public required long Amount { get; init; }

    /// <summary>United States dollars for one unit of the currency on the day of payment, or empty: then that of the
    /// contribution holds.</summary>
    public required string Rate { get; init; }

    /// <summary>Day number of the rate, or null.</summary>
    public required int? RateDay { get; init; }
}

/// <summary>What is promised and what has been paid, each payment by its reference.</summary>
internal sealed record ContributionContent(ContributionRow Row, ImmutableArray<PaymentRow> Payments);

/// <summary><c>contribution.pledged</c> and the steps after it.</summary>
internal sealed class ContributionFold()
    : LifecycleFold<ContributionState, ContributionContent>(ContributionLifecycle.Law)
{
    private const int YearMin = 1900;
    private const int YearMax = 9999;
    private const int CurrencyLength = 3;

    protected override ContributionContent? Read(EntityName subject, JsonObject body) =>
        body.Text("outbreak") is { } outbreak
        && MemberId.TryParse(body.Text("recipient"), out var recipient)
        && body.Text("currency") is { Length: CurrencyLength } currency && currency.All(char.IsAsciiLetterUpper)
        && body.Count("amount") is > 0 and var amount
        && body.Count("first_year") is >= YearMin and <= YearMax and var first
        && body.Count("last_year") is <= YearMax and var last && last >= first
        && HasRate(body)
        && ReadYears(body, (int)first, (int)last, amount) is { } years
            ? new ContributionContent(
                new ContributionRow
                {
                    Subject = subject.ToString(),
                    Member = subject.Owner.ToString(),
                    Recipient = recipient.ToString(),
                    Outbreak = outbreak,
                    Currency = currency,
                    Amount = amount,
                    Committed = 0,
                    Paid = 0,
                    Rate = body.Text("rate") ?? "",
                    RateDay = body.Day("rate_day")?.DayNumber,
                    FirstYear = (int)first,
                    LastYear = (int)last,
                    ByYear = years,
                    State = "",
                },
                [])
            : null;

    protected override Change<ContributionState, ContributionContent> Apply(
        Course<ContributionState, ContributionContent> course, string verb, JsonObject body)
    {
        if (verb != "paid")
        {
            return base.Apply(course, verb, body);
        }

        var (row, payments) = course.Content;
        if (body.Text("reference") is not { Length: > 0 } reference || body.Count("amount") is not (> 0 and var amount)
            || !HasRate(body))
        {
            return new Change<ContributionState, ContributionContent>(null, null, FoldReasons.Unreadable);
        }

        var refusal = payments.Any(payment => payment.Reference == reference) ? FoldReasons.AlreadyDone
            : amount > row.Amount - row.Paid ? FoldReasons.MoreThanThereIs
            : "";
        return refusal.Length > 0
            ? new Change<ContributionState, ContributionContent>(null, null, refusal)
            : new Change<ContributionState, ContributionContent>(
                new ContributionContent(
                    With(row, "", row.Committed, row.Paid + amount),
                    payments.Add(new PaymentRow
                    {
                        Subject = row.Subject,
                        Payment = payments.Length,
                        Reference = reference,
                        Amount = amount,
                        Rate = body.Text("rate") ?? "",
                        RateDay = body.Day("rate_day")?.DayNumber,
                    })),
                row.Paid + amount == row.Amount ? ContributionState.Paid : ContributionState.PartlyPaid,
                "");
    }

    protected override IEnumerable<IProjectedRow> ContentRows(
        EntityName subject, Course<ContributionState, ContributionContent> course)
    {
        var row = course.Content.Row;
        var bound = course.State switch
        {
            ContributionState.Pledged or ContributionState.Cancelled => 0,
            ContributionState.WrittenOff => row.Paid,
            _ => row.Amount,
        };
        return [With(row, course.State.ToString(), bound, row.Paid), .. course.Content.Payments];
    }

    // A rate needs its day.
    private static bool HasRate(JsonObject body) =>
        body["rate"] is null || (body.Decimal("rate") is > 0 && body.Day("rate_day") is not null);

    // The years are among those named, each once, and come to the whole; empty where none are given.
    private static string? ReadYears(JsonObject body, int first, int last, long amount)
    {
        if (body["by_year"] is null)
        {
            return "";
        }

        var years = body.Objects("by_year")
            ?.Select(one => (Year: one.Count("year"), Amount: one.Count("amount")))
            .ToList();
        return years is not null
            && years.TrueForAll(one => one.Year >= first && one.Year <= last && one.Amount > 0)
            && years.Select(one => one.Year).Distinct().Count() == years.Count
            && years.Sum(one => (decimal)one.Amount!) == amount
                ? string.Join(' ', years.OrderBy(one => one.Year)
                    .Select(one => FormattableString.Invariant($"{one.Year}:{one.Amount}")))
                : null;
    }

    private static ContributionRow With(ContributionRow row, string state, long committed, long paid) => new()
    {
        Subject = row.Subject,
        Member = row.Member,
        Recipient = row.Recipient,
        Outbreak = row.Outbreak,
        Currency = row.Currency,
        Amount = row.Amount,
        Committed = committed,
        Paid = paid,
        Rate = row.Rate,
        RateDay = row.RateDay,
        FirstYear = row.FirstYear,
        LastYear = row.LastYear,
        ByYear = row.ByYear,
        State = state,
    };
}
