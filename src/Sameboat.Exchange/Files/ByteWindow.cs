using System.Globalization;
using System.Text;

namespace Sameboat.Exchange.Files;

/// <summary>
/// A window that moves over a stream of UTF-8 text: what is being looked at stays in memory, the rest does not.
/// </summary>
internal sealed class ByteWindow(Stream stream, string file, FaultList faults) : IDisposable
{
    /// <summary>The longest row, in bytes: a hundred times the longest of any publisher's.</summary>
    internal const int RowBytesMax = 1 << 20;

    private const int FirstBytes = 1 << 17;

    private byte[] _bytes = new byte[FirstBytes];
    private int _end;
    private long _total;
    private Decoder? _decoder;
    private bool _atEnd;

    /// <summary>Where the current row begins in <see cref="Bytes"/>.</summary>
    internal int Start { get; private set; }

    /// <summary>True after a fault that leaves nothing sensible to read on.</summary>
    internal bool Stopped { get; private set; }

    /// <summary>Bytes of the current row that are in memory.</summary>
    internal int Length => _end - Start;

    /// <summary>The bytes in memory; offsets are relative to <see cref="Start"/>.</summary>
    internal Span<byte> Bytes => _bytes.AsSpan(Start, Length);

    public void Dispose() => stream.Dispose();

    /// <summary>Reads the first bytes and looks at what kind of file it is. False when it is none we read.</summary>
    internal bool Begin()
    {
        while (_end < 64 && Fill())
        {
        }

        if (Stopped)
        {
            return false;
        }

        if (_end == 0)
        {
            faults.Add(Fault.Describe(file, 0, 0, "an empty file", "a header and at least one row"));
            return Stop();
        }

        var encoding = InputSource.MarkedEncoding(_bytes.AsSpan(0, _end), out var skip);
        if (encoding is not null)
        {
            BeginDecoding(encoding, skip);
        }
        else
        {
            Start = skip;
        }

        if (InputSource.ForeignKind(Bytes) is { } kind)
        {
            faults.Add(Fault.Describe(file, 0, 0, kind, "a text file of comma-separated values"));
            return Stop();
        }

        return !HasZero(Bytes);
    }

    /// <summary>Gives up the first bytes of the window: the row they held is done with.</summary>
    internal void Advance(int count) => Start += count;

    /// <summary>
    /// Adds more bytes to the window. False at the end of the file, or with a fault when it must stop.
    /// </summary>
    internal bool Fill()
    {
        if (_atEnd || Stopped)
        {
            return false;
        }

        MakeRoom();
        var before = _end;
        try
        {
            _end += _decoder is null ? stream.Read(_bytes, _end, _bytes.Length - _end) : Decode();
        }
        catch (IOException problem)
        {
            faults.Add(Fault.Describe(file, 0, 0, problem.Message, "a file that can be read to its end"));
            return Stop();
        }

        _total += _end - before;
        _atEnd = _end == before;
        if (_total > InputSource.BytesMax)
        {
            var found = string.Create(CultureInfo.InvariantCulture, $"more than {InputSource.BytesMax:N0} bytes");
            faults.Add(InputSource.TooLarge(file, found));
            return Stop();
        }

        // Before the encoding is known, zero bytes may be half of UTF-16.
        return !_atEnd && (Start == 0 && before < 64 || !HasZero(_bytes.AsSpan(before, _end - before)));
    }

    internal bool Stop()
    {
        Stopped = true;
        return false;
    }

    private bool HasZero(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.Contains((byte)0))
        {
            return false;
        }

        faults.Add(Fault.Describe(file, 0, 0, "binary content (a zero byte)", "a text file of comma-separated values"));
        Stop();
        return true;
    }

    private void MakeRoom()
    {
        if (Start > 0 && _bytes.Length - _end < FirstBytes / 2)
        {
            Bytes.CopyTo(_bytes);
            _end = Length;
            Start = 0;
        }

        if (_bytes.Length - _end < FirstBytes / 4)
        {
            Array.Resize(ref _bytes, _bytes.Length * 2);
        }
    }

    private void BeginDecoding(Encoding encoding, int skip)
    {
        var raw = _bytes.AsSpan(skip, _end - skip).ToArray();
        _decoder = encoding.GetDecoder();
        Start = 0;
        _end = Transcode(raw, 0);
    }

    private int Decode()
    {
        var raw = new byte[FirstBytes / 16];
        var count = 0;
        var written = 0;
        do
        {
            count = stream.Read(raw);
            written = Transcode(raw.AsSpan(0, count), _end);
        }
        while (count > 0 && written == 0);
        return written;
    }

    private int Transcode(ReadOnlySpan<byte> raw, int at)
    {
        // What a broken pair left from the bytes before may add to these.
        var characters = new char[_decoder!.GetCharCount(raw, flush: raw.IsEmpty)];
        var count = _decoder.GetChars(raw, characters, flush: raw.IsEmpty);
        var needed = Encoding.UTF8.GetMaxByteCount(count);
        if (_bytes.Length - at < needed)
        {
            Array.Resize(ref _bytes, at + needed);
        }

        return Encoding.UTF8.GetBytes(characters.AsSpan(0, count), _bytes.AsSpan(at));
    }
}
