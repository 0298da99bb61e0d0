using System.Globalization;
using Sameboat.Record;

namespace Sameboat.Benchmarks.Record;

/// <summary>Writes a log of entries of about 600 bytes as files, for verifiers to be measured on.</summary>
internal static class LogFolder
{
    private const string Origin = "bench.example/log/ken";

    /// <summary>How many entries are held before their tiles are written.</summary>
    private const int ChunkEntries = 65_536;

    /// <summary>Writes <c>DIR ENTRIES</c> and prints the verifier key.</summary>
    internal static int Write(string folder, string count)
    {
        var entries = long.Parse(count, CultureInfo.InvariantCulture);
        using var key = SigningKey.FromSeed(Origin, new byte[SigningKey.SeedLength]);
        var appender = LogAppender.Empty();
        for (long number = 0; number < entries; number++)
        {
            appender.Append(BenchEntries.Of(MemberId.Parse("ken"), number).ToCanonicalBytes());
            if ((number + 1) % ChunkEntries == 0 || number == entries - 1)
            {
                Write(folder, appender.TakeFiles(Origin, key));
            }
        }

        Console.WriteLine(key.VerifierKey);
        return 0;
    }

    private static void Write(string folder, IEnumerable<LogFile> files)
    {
        foreach (var file in files)
        {
            var path = Path.Combine(folder, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, file.Bytes.ToArray());
        }
    }
}
