using System.Collections.Immutable;
using System.Text.Json;

namespace Sameboat.Exchange.Files;

/// <summary>Reads a whole JSON file of a few values, or says in one line why it cannot be read.</summary>
internal static class JsonFile
{
    /// <summary>Reads the values of a file, one object, a list of them or one on each line.</summary>
    /// <param name="path">The file; <c>-</c> is standard input.</param>
    /// <param name="shape">What the file should be, for the refusal.</param>
    /// <param name="read">Turns the values into what is wanted; may throw <see cref="WrongJsonException"/>.</param>
    /// <param name="faults">Takes the faults.</param>
    public static T? Read<T>(
        string path, string shape, Func<ImmutableArray<JsonPlace>, T?> read, FaultList faults)
        where T : class
    {
        using var stream = InputSource.Open(path, faults);
        if (stream is null)
        {
            return null;
        }

        var name = InputSource.NameOf(path);
        try
        {
            if (Bytes(stream) is not { } text)
            {
                faults.Add(InputSource.TooLarge(name, "more bytes than that"));
                return null;
            }

            ImmutableArray<JsonPlace> values = [.. JsonPlace.All(text)];
            if (values.IsEmpty)
            {
                faults.Add(Fault.Describe(name, 0, 0, "nothing", shape));
                return null;
            }

            return read(values);
        }
        catch (JsonException problem)
        {
            var deep = problem.Message.Contains("maximum configured depth", StringComparison.Ordinal);
            faults.Add(Fault.Describe(name, (problem.LineNumber ?? -1) + 1, 0,
                deep ? "values nested too deep" : "text that is not JSON",
                deep ? FormattableString.Invariant($"at most {JsonPlace.DepthMax} values within each other") : shape));
        }
        catch (WrongJsonException wrong)
        {
            faults.Add(Fault.Describe(name, 0, 0, wrong.Message, wrong.Expected));
        }

        return null;
    }

    /// <summary>All bytes; null when there are more than <see cref="InputSource.BytesMax"/>.</summary>
    private static byte[]? Bytes(Stream stream)
    {
        if (stream.CanSeek)
        {
            var whole = new byte[stream.Length];
            stream.ReadExactly(whole);
            return whole;
        }

        using var bytes = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (var read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > InputSource.BytesMax)
            {
                return null;
            }
        }

        return bytes.ToArray();
    }
}
