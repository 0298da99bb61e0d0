using System.Buffers.Binary;

namespace Sameboat.Record;

/// <summary>Up to 256 entries, each after its length in two bytes, big-endian.</summary>
/// <remarks>C2SP tlog-tiles.</remarks>
internal static class EntryBundle
{
    internal const int LengthBytes = 2;

    internal static void Append(List<byte> bundle, ReadOnlySpan<byte> entry)
    {
        Span<byte> length = stackalloc byte[LengthBytes];
        BinaryPrimitives.WriteUInt16BigEndian(length, checked((ushort)entry.Length));
        bundle.AddRange(length);
        bundle.AddRange(entry);
    }

    /// <summary>
    /// Where each of the entries lies. False when the bundle is short of them or longer than they are; the list then
    /// holds those that are whole.
    /// </summary>
    internal static bool TryRead(ReadOnlyMemory<byte> bundle, int count, List<ReadOnlyMemory<byte>> entries)
    {
        var rest = bundle;
        while (entries.Count < count && rest.Length >= LengthBytes)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(rest.Span);
            if (rest.Length < LengthBytes + length)
            {
                return false;
            }

            entries.Add(rest.Slice(LengthBytes, length));
            rest = rest[(LengthBytes + length)..];
        }

        return entries.Count == count && rest.IsEmpty;
    }
}
