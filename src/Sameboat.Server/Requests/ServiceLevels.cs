using System.Collections.Frozen;

namespace Sameboat.Server.Requests;

/// <summary>
/// How long each step should take at most: what the members agreed to be measured by. The figures are those of this
/// program until the members agree on others; a step that takes longer is late, and nothing else follows from it.
/// </summary>
internal static class ServiceLevels
{
    /// <summary>Hours by step, each named by the state it leads out of and the verb that ends it.</summary>
    internal static readonly FrozenDictionary<string, int> Hours = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["request.submitted-to-validated"] = 48,
        ["request.validated-to-published"] = 24,
        ["request.published-to-consignment"] = 168,
        ["consignment.planned-to-packed"] = 72,
        ["consignment.packed-to-dispatched"] = 48,
        ["consignment.dispatched-to-departed"] = 24,
        ["consignment.departed-to-arrived"] = 336,
        ["consignment.held-to-released"] = 72,
        ["consignment.arrived-to-received"] = 48,
        ["consignment.received-to-reconciled"] = 168,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The verbs that end what a verb of a noun begins, with the name of the step.</summary>
    internal static IEnumerable<(string Step, string From, string To)> Of(string noun) => Hours.Keys
        .Where(step => step.StartsWith(noun + ".", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .Select(step =>
        {
            var parts = step[(noun.Length + 1)..].Split("-to-");
            return (step, parts[0], parts[1]);
        });
}
