using System.CommandLine;
using System.CommandLine.Parsing;
using Sameboat.Record;

namespace Sameboat.Commands;

/// <summary><c>sameboat log</c>: what anyone can do with the files of a log.</summary>
internal static class LogCommand
{
    internal static DeclaredCommand Declare(Terminal terminal)
    {
        DeclaredCommand[] below =
        [
            DeclareVerify(terminal),
            DeclareProof(terminal),
            new DeclaredCommand(
                LogTransferCommands.Export(terminal), "sameboat log export stick --member ken --data sameboat-data"),
            new DeclaredCommand(
                LogTransferCommands.Import(terminal),
                "sameboat log import stick/ken --key VERIFIER-KEY --data sameboat-data"),
            new DeclaredCommand(
                LogTransferCommands.Rotate(terminal), "sameboat log rotate --member ken --data sameboat-data"),
        ];
        var command = new Command("log", "Verifies logs and proofs of entries, and carries logs as files.");
        foreach (var declared in below)
        {
            command.Add(declared.Command);
        }

        return new DeclaredCommand(command, below[0].Example) { Below = [.. below] };
    }

    private static DeclaredCommand DeclareVerify(Terminal terminal)
    {
        var place = new Argument<string>("URL|DIR")
        {
            Description = "The address of a log, its folder, or a folder of logs.",
        };
        var keys = new Option<string[]>("--key")
        {
            Description = "A verifier key that must have signed its log; may be given for each log.",
            HelpName = "VERIFIER-KEY",
            DefaultValueFactory = _ => [],
        };
        keys.Validators.Add(RefuseOtherThanKeys);
        var command = new Command("verify", "Verifies every byte of a log: signature, entries, tiles, root.")
        {
            place, keys,
        };
        command.SetAction((parsed, cancellation) =>
            Task.FromResult(Verify(terminal, parsed.GetRequiredValue(place), parsed.GetValue(keys)!, cancellation)));
        return new DeclaredCommand(command, "sameboat log verify http://127.0.0.1:5080/log/ken");
    }

    private static DeclaredCommand DeclareProof(Terminal terminal)
    {
        var proof = new Argument<string>("PROOF") { Description = "The .tlog-proof file of an entry." };
        var entry = new Argument<string>("ENTRY") { Description = "The entry's own file." };
        var key = new Option<string>("--key")
        {
            Description = "The verifier key of the log.",
            HelpName = "VERIFIER-KEY",
            Required = true,
        };
        key.Validators.Add(RefuseOtherThanKeys);
        var command = new Command("proof", "Verifies that a log holds an entry, from two files.") { proof, entry, key };
        command.SetAction(parsed => CheckProof(terminal, parsed.GetRequiredValue(proof),
            parsed.GetRequiredValue(entry), VerifierKey.Parse(parsed.GetRequiredValue(key))));
        return new DeclaredCommand(command, "sameboat log proof entry.tlog-proof entry.json --key VERIFIER-KEY");
    }

    private static void RefuseOtherThanKeys(OptionResult result)
    {
        foreach (var token in result.Tokens.Where(token => !VerifierKey.TryParse(token.Value, out _)))
        {
            result.AddError($"--key: found «{token.Value}», expected a verifier key: name+id+base64");
        }
    }

    private static int Verify(Terminal terminal, string place, string[] keyTexts, CancellationToken cancellation)
    {
        var keys = keyTexts.Select(VerifierKey.Parse).ToList();
        using var progress = Progress.Begin(terminal, $"verifying {place}");
        IReadOnlyList<LogSource> sources = [];
        try
        {
            sources = LogAtAddress.IsAddress(place) ? [new LogAtAddress(place)] : LogInFolder.Below(place);
            if (sources.Count == 0)
            {
                return Refuse(terminal, $"{place}: found no checkpoint, expected the folder of a log or of logs");
            }

            return VerifyAll(terminal, progress, sources, keys, cancellation);
        }
        catch (IOException fault)
        {
            return Refuse(terminal, fault.Message);
        }
        catch (UnauthorizedAccessException fault)
        {
            return Refuse(terminal, fault.Message);
        }
        finally
        {
            foreach (var source in sources)
            {
                source.Dispose();
            }
        }
    }

    // A single log must be signed by the key that was given. Of several, each key pins the log that bears its name, and
    // a key whose log is not there is a fault: else renaming a log would hide it.
    private static int VerifyAll(
        Terminal terminal, Progress progress, IReadOnlyList<LogSource> sources, List<VerifierKey> keys,
        CancellationToken cancellation)
    {
        var lines = new List<string>();
        var unmet = keys.ToHashSet();
        foreach (var source in sources)
        {
            var pinned = sources.Count == 1 && keys.Count == 1 ? keys[0] : KeyFor(source, keys, cancellation);
            var log = LogVerifier.Verify(path => Read(source, path, progress, cancellation), pinned);
            if (!log.IsSound)
            {
                progress.Dispose();
                return Refuse(terminal, $"{source.Name}: {log.Fault}");
            }

            unmet.RemoveWhere(key => key.Equals(pinned));
            var (origin, size) = (log.Checkpoint.Origin, log.Checkpoint.Size);
            var signer = log.SignedBy is null
                ? "; no key was given, so nobody is known to have signed it"
                : log.SignedBy.Equals(pinned) ? "" : $"; the key that was given handed over to {log.SignedBy}";
            var host = log.HeldBy is { IsByItself: false } held
                ? $"; the log says that {held.Host} holds the key and signs for {held.Member}"
                : "";
            lines.Add(FormattableString.Invariant(
                $"{origin}: {size} entries, root {log.Checkpoint.Root}{signer}{host}"));
        }

        progress.Dispose();
        if (unmet.FirstOrDefault() is { } missing)
        {
            return Refuse(terminal, $"{missing.Name}: found no log of this origin, expected the log of the key");
        }

        lines.ForEach(terminal.Output.WriteLine);
        return ExitCode.Done;
    }

    private static byte[]? Read(LogSource source, string path, Progress progress, CancellationToken cancellation)
    {
        if (TilePath.TryParse(path, out var tile) && tile.IsEntries)
        {
            var entries = tile.Index * TilePath.FullWidth;
            progress.Next(FormattableString.Invariant($"verifying {source.Name}, entry {entries}"));
        }

        return source.Read(path, cancellation);
    }

    private static VerifierKey? KeyFor(LogSource source, List<VerifierKey> keys, CancellationToken cancellation)
    {
        if (keys.Count == 0 || source.Read(TilePath.Checkpoint, cancellation) is not { } bytes
            || !SignedNote.TryParse(bytes, out var note, out _)
            || !Checkpoint.TryParse(note.Text, out var checkpoint))
        {
            return null;
        }

        return keys.Find(key => key.Name == checkpoint.Origin);
    }

    private static int CheckProof(Terminal terminal, string proofFile, string entryFile, VerifierKey key)
    {
        try
        {
            if (Limited(proofFile, LogProof.LengthMax) is not { } bytes || !LogProof.TryParse(bytes, out var proof))
            {
                return Refuse(terminal, $"{proofFile}: found another form, expected a .tlog-proof file");
            }

            if (Limited(entryFile, Entry.LengthMax) is not { } entry || !proof.Verify(entry, key))
            {
                return Refuse(terminal, $"{proofFile}: does not hold: the log of {key.Name} is not shown to hold "
                    + $"{entryFile}");
            }

            terminal.Output.WriteLine(FormattableString.Invariant($"{key.Name} holds the entry, at {proof.Index}"));
            return ExitCode.Done;
        }
        catch (IOException fault)
        {
            return Refuse(terminal, fault.Message);
        }
        catch (UnauthorizedAccessException fault)
        {
            return Refuse(terminal, fault.Message);
        }
    }

    private static byte[]? Limited(string file, int most) =>
        new FileInfo(file) is { Exists: true, Length: var length } && length > most ? null : File.ReadAllBytes(file);

    private static int Refuse(Terminal terminal, string line)
    {
        terminal.Error.WriteLine(line);
        return ExitCode.Refused;
    }
}
