namespace Sameboat.Allocation;

/// <summary>A set of claim indices with a pack size, compared by content.</summary>
internal sealed class LaneSet : IEquatable<LaneSet>
{
    private const int WordBits = 64;

    private readonly ulong[] _words;
    private readonly int _claims;
    private readonly long _packSize;

    /// <summary>The set of all claims.</summary>
    public LaneSet(int claims)
        : this(new ulong[(claims + WordBits - 1) / WordBits], claims, packSize: 0)
    {
        for (var claim = 0; claim < claims; claim++)
        {
            _words[claim / WordBits] |= 1UL << (claim % WordBits);
        }
    }

    private LaneSet(ulong[] words, int claims, long packSize)
    {
        _words = words;
        _claims = claims;
        _packSize = packSize;
    }

    /// <summary>The set without the lanes that a rule closes.</summary>
    public LaneSet Without(RemovedLanes rule, Dictionary<int, int> position)
    {
        var listed = new ulong[_words.Length];
        foreach (var claim in rule.Claims)
        {
            listed[position[claim] / WordBits] |= 1UL << (position[claim] % WordBits);
        }

        for (var word = 0; word < listed.Length; word++)
        {
            listed[word] = _words[word] & (rule.AllOthers ? listed[word] : ~listed[word]);
        }

        return new LaneSet(listed, _claims, _packSize);
    }

    /// <summary>The same set of claims, for lots of the given pack size.</summary>
    public LaneSet ForPack(long packSize) => new(_words, _claims, packSize);

    public int[] Members()
    {
        var members = new List<int>(_claims);
        for (var claim = 0; claim < _claims; claim++)
        {
            if ((_words[claim / WordBits] & (1UL << (claim % WordBits))) != 0)
            {
                members.Add(claim);
            }
        }

        return [.. members];
    }

    public bool Equals(LaneSet? other) =>
        other is not null && _packSize == other._packSize && _words.AsSpan().SequenceEqual(other._words);

    public override bool Equals(object? obj) => Equals(obj as LaneSet);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(_packSize);
        foreach (var word in _words)
        {
            hash.Add(word);
        }

        return hash.ToHashCode();
    }
}
