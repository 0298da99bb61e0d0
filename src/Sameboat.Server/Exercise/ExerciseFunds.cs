using Sameboat.Record;
using Sameboat.Server.Offers;
using Sameboat.Server.Record;

namespace Sameboat.Server.Exercise;

/// <summary>Money of the exercise: each offer of funds becomes a pledge, and most are kept in part or whole.</summary>
internal static class ExerciseFunds
{
    private const long MinorUnits = 100;
    private const int FullyPaidOneIn = 3;
    private const int CancelledOneIn = 5;
    private static readonly MemberId Recipient = MemberId.Parse("exercise-relief-pool");

    /// <summary>What the donor of an offer says.</summary>
    /// <param name="offer">An offer of funds, in whole dollars.</param>
    /// <param name="index">Its number among them.</param>
    internal static IEnumerable<Saying> Sayings(OfferRow offer, int index)
    {
        var donor = MemberId.Parse(offer.Member);
        var subject = EntityName.Of("contribution", donor, "funds-1").ToString();
        var amount = offer.Quantity * MinorUnits;
        var day = ExerciseScript.AsOf;
        var pledged = ExerciseChain.Step(
            day.AddDays(2), 10 + (index % 6), donor, "contribution.pledged", subject, "Treasury");
        pledged.Body["amount"] = amount;
        pledged.Body["currency"] = "USD";
        pledged.Body["first_year"] = day.Year;
        pledged.Body["last_year"] = day.Year;
        pledged.Body["outbreak"] = ExerciseScript.Outbreak;
        pledged.Body["rate"] = "1";
        pledged.Body["rate_day"] = day.Written();
        pledged.Body["recipient"] = Recipient.ToString();
        yield return pledged;
        if (index % CancelledOneIn == CancelledOneIn - 1)
        {
            yield return ExerciseChain.Step(
                day.AddDays(11), 10, donor, "contribution.cancelled", subject, "Treasury", "No vote was found for it.");
            yield break;
        }

        if (index % 2 == 1 && index > CancelledOneIn)
        {
            yield break;
        }

        yield return ExerciseChain.Step(day.AddDays(5), 10, donor, "contribution.committed", subject, "Treasury");
        var paid = ExerciseChain.Step(day.AddDays(12), 10, donor, "contribution.paid", subject, "Treasury");
        paid.Body["amount"] = index % FullyPaidOneIn == 0 ? amount : amount / 2;
        paid.Body["reference"] = "payment-1";
        yield return paid;
    }
}
