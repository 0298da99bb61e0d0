using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Sameboat.Supplies;

namespace Sameboat.Commands;

/// <summary>Options of the kinds that commands have in common, each saying in words what it takes.</summary>
internal static class OptionOf
{
    private const string DiseaseDefault = "covid-19";

    /// <summary>A file that is read or written, or a folder; <c>-</c> is standard input or output.</summary>
    internal static Option<string> Path(string name, string description, string helpName = "FILE") =>
        new(name) { Description = description, HelpName = helpName, Required = true };

    /// <summary>As <see cref="Path"/>, null when it is not given.</summary>
    internal static Option<string?> OptionalPath(string name, string description, string helpName = "FILE") =>
        new(name) { Description = description, HelpName = helpName };

    /// <summary>A finite number above 0; null when it is not given and has no default.</summary>
    internal static Option<double?> NumberAboveZero(string name, string description, double? otherwise = null) =>
        new(name)
        {
            Description = description,
            HelpName = "NUMBER",
            DefaultValueFactory = otherwise is null ? null : _ => otherwise,
            CustomParser = argument =>
                double.TryParse(WordOf(argument), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && number > 0
                && double.IsFinite(number)
                    ? number
                    : Refuse<double?>(argument, name, "a number above 0, such as 2.5"),
        };

    /// <summary>A whole number within bounds.</summary>
    internal static Option<int> Whole(
        string name, string description, string helpName, int min, int max, int otherwise) =>
        new(name)
        {
            Description = description,
            HelpName = helpName,
            DefaultValueFactory = _ => otherwise,
            CustomParser = argument =>
                int.TryParse(WordOf(argument), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number >= min
                && number <= max
                    ? number
                    : Refuse<int>(argument, name, FormattableString.Invariant($"a whole number from {min} to {max}")),
        };

    /// <summary>The seed of a repeatable random stream: every whole number from 0 to 2^64 - 1.</summary>
    internal static Option<ulong> Seed(string description, ulong otherwise) =>
        new("--seed")
        {
            Description = description,
            HelpName = "NUMBER",
            DefaultValueFactory = _ => otherwise,
            CustomParser = argument =>
                ulong.TryParse(WordOf(argument), NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
                    ? seed
                    : Refuse<ulong>(argument, "--seed", "a whole number, 0 or more"),
        };

    /// <summary>As <see cref="Seed"/>; null when it is not given.</summary>
    internal static Option<ulong?> OptionalSeed(string description) =>
        new("--seed")
        {
            Description = description,
            HelpName = "NUMBER",
            CustomParser = argument =>
                ulong.TryParse(WordOf(argument), NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
                    ? seed
                    : Refuse<ulong?>(argument, "--seed", "a whole number, 0 or more"),
        };

    /// <summary>The number of a round, whose lottery follows from the seed promised for all; null for none.</summary>
    internal static Option<int?> Round() =>
        new("--round")
        {
            Description = "The number of this round, from 0: its lottery follows from the seed of all rounds.",
            HelpName = "NUMBER",
            CustomParser = argument =>
                int.TryParse(WordOf(argument), NumberStyles.None, CultureInfo.InvariantCulture, out var round)
                    ? round
                    : Refuse<int?>(argument, "--round", "a whole number, 0 or more"),
        };

    /// <summary>One of the disease packs that the program carries; COVID-19 when it is not given.</summary>
    internal static Option<string> Disease()
    {
        var disease = new Option<string>("--disease")
        {
            Description = "The disease pack.",
            DefaultValueFactory = _ => DiseaseDefault,
        };
        disease.AcceptOnlyFromAmong([.. DiseasePacks.Codes]);
        return disease;
    }

    /// <summary>A day; null when it is not given.</summary>
    internal static Option<DateOnly?> Day(string name, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "DATE",
            CustomParser = argument =>
                DateOnly.TryParseExact(WordOf(argument), "yyyy-MM-dd", CultureInfo.InvariantCulture,
                    DateTimeStyles.None, out var day)
                    ? day
                    : Refuse<DateOnly?>(argument, name, "a date such as 2021-12-31"),
        };

    private static string WordOf(ArgumentResult argument) => argument.Tokens.Count == 1 ? argument.Tokens[0].Value : "";

    private static T? Refuse<T>(ArgumentResult argument, string name, string expected)
    {
        argument.AddError($"{name}: found «{WordOf(argument)}», expected {expected}");
        return default;
    }
}
