using System.Collections;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Sameboat.Rules.Tests;

/// <summary>
/// The first principle, kept by the shape of the types: what the allocation is told has no room for a name, a flag,
/// an income or an alliance.
/// </summary>
internal static partial class FairnessRules
{
    /// <summary>Types whose values can tell one member from another, or carry a text that does.</summary>
    private static readonly string[] TellingTypes =
        ["String", "Char", "Object", "TerritoryCode", "MemberId", "Territory", "EntityId", "Uri", "CultureInfo",
            "RegionInfo", "JsonNode", "JsonObject", "JsonElement", "Guid"];

    private static readonly string[] PoliticalWords =
    [
        "Politic", "Political", "Politics", "Alliance", "Ally", "Allied", "Bloc", "Sanction", "Sanctioned", "Friend",
        "Enemy", "Regime", "Ideology", "Religion", "Ethnic", "Ethnicity", "Race", "Vote", "Voting", "Recognition",
        "Recognised", "Sovereign", "Sovereignty", "Debt", "Trade", "Military", "Loyal", "Loyalty", "Democracy",
        "Democratic", "Communist", "Government", "Flag", "Nationality", "Income", "Wealth", "Wealthy", "Rich", "Poor",
        "Gdp", "Power", "Influence", "Favour", "Favored", "Reward", "Punish", "Penalty", "Concession", "Gratitude",
    ];

    /// <summary>Every type of the engine that an input is made of, and the members that tell who somebody is.</summary>
    public static IEnumerable<Violation> TellingInputs(Type input) =>
        from type in MadeOf(input)
        from member in Members(type)
        from part in Parts(member.Type)
        where TellingTypes.Contains(part.Name)
        select new Violation(type.Name, 0, $"{member.Name} is a {part.Name}: it could tell who somebody is");

    public static IEnumerable<Violation> PoliticalNames(IEnumerable<Type> types) =>
        from type in types
        from name in NamesOf(type).Distinct()
        from Match word in Word().Matches(name)
        where PoliticalWords.Contains(word.Value)
        select new Violation(type.Name, 0, $"{name} speaks of {word.Value}");

    private static HashSet<Type> MadeOf(Type input)
    {
        var found = new HashSet<Type>();
        var waiting = new Queue<Type>([input]);
        while (waiting.TryDequeue(out var type))
        {
            if (type.Assembly == input.Assembly && found.Add(type))
            {
                Members(type).SelectMany(member => Parts(member.Type)).ToList().ForEach(waiting.Enqueue);
            }
        }

        return found;
    }

    private static IEnumerable<(string Name, Type Type)> Members(Type type) =>
        type.IsEnum
            ? []
            : type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.Name != "EqualityContract" && property.GetIndexParameters().Length == 0)
                .Select(property => (property.Name, property.PropertyType))
                .Concat(type.GetFields(BindingFlags.Public | BindingFlags.Instance)
                    .Select(field => (field.Name, field.FieldType)));

    // ImmutableArray<Claim> is made of Claim, a dictionary of both its key and its value.
    private static IEnumerable<Type> Parts(Type type) =>
        type.IsGenericType && (typeof(IEnumerable).IsAssignableFrom(type) || type.IsValueType)
            ? type.GetGenericArguments().SelectMany(Parts)
            : type.IsArray ? Parts(type.GetElementType()!) : [type];

    private static IEnumerable<string> NamesOf(Type type) =>
        type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(member => member is PropertyInfo or FieldInfo).Select(member => member.Name)
            .Append(type.Name);

    [GeneratedRegex("[A-Z][a-z]+")]
    private static partial Regex Word();
}
