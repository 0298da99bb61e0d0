namespace Sameboat.Exchange.Files;

/// <summary>What a plan must keep besides its instance, as the one who checks it knows it.</summary>
/// <param name="Seed">The seed that was promised; null where the plan's own is taken.</param>
/// <param name="Credit">
/// What was owed before the round; null where nothing was, as before a first round.
/// </param>
public sealed record PlanPromise(ulong? Seed = null, CreditFile? Credit = null);
