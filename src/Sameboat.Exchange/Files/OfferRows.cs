using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Sameboat.Exchange.Files;

/// <summary>Reads the rows of an offers file of the own form.</summary>
internal sealed class OfferRows
{
    private const int LotLengthMax = 100;
    private const int NameLengthMax = 200;

    private static readonly char[] PlaceSeparators = [' ', '|', ';', ','];

    private readonly CsvRows _rows;
    private readonly FaultList _faults;
    private readonly Func<string, KnownItem?> _findItem;
    private readonly Dictionary<string, long> _lots = new(StringComparer.Ordinal);
    private readonly List<string> _remarks = [];
    private readonly int _lot;
    private readonly int _donor;
    private readonly int _item;
    private readonly int _quantity;
    private readonly int _unit;
    private readonly int _pack;
    private readonly int _origin;
    private readonly int _available;
    private readonly int _expires;
    private readonly int _coldChain;
    private readonly int _onlyFor;

    internal OfferRows(CsvRows rows, FaultList faults, Func<string, KnownItem?> findItem)
    {
        _rows = rows;
        _faults = faults;
        _findItem = findItem;
        _lot = rows.IndexOf("lot");
        _donor = rows.IndexOf("donor");
        _item = rows.IndexOf("item");
        _quantity = rows.IndexOf("quantity");
        _unit = rows.IndexOf("unit");
        _pack = rows.IndexOf("pack");
        _origin = rows.IndexOf("origin");
        _available = rows.IndexOf("available");
        _expires = rows.IndexOf("expires");
        _coldChain = rows.IndexOf("cold_chain");
        _onlyFor = rows.IndexOf("only_for");
    }

    internal Reading<OfferFile> ReadAll()
    {
        var offers = ImmutableArray.CreateBuilder<Offer>();
        while (_rows.Read())
        {
            if (offers.Count == OfferFileReader.LinesMax)
            {
                _faults.Add(Fault.Describe(_rows.File, _rows.Line, 0, "one more lot", string.Create(
                    CultureInfo.InvariantCulture, $"at most {OfferFileReader.LinesMax:N0} lots in a file")));
                break;
            }

            if (ReadOffer() is { } offer)
            {
                offers.Add(offer);
            }
        }

        if (offers.Count == 0 && _faults.IsEmpty)
        {
            _faults.Add(Fault.Describe(_rows.File, 0, 0, "no lot", "at least one row below the header"));
        }

        return _faults.IsEmpty
            ? Reading<OfferFile>.Of(new OfferFile("offers", offers.ToImmutable(), []), _remarks)
            : Reading<OfferFile>.Refused(_faults, _remarks);
    }

    private Offer? ReadOffer()
    {
        var before = _faults.Total;
        var lot = ReadLot();
        var donor = ReadName(_donor, NameLengthMax, "the name of the donor");
        var item = ReadItem();
        var quantity = ReadQuantity(_quantity, "a whole quantity above 0") ?? 0;
        var pack = _rows.Cell(_pack).IsEmpty ? 0 : ReadQuantity(_pack, "a whole number of units in a pack, at least 1");
        if (pack > quantity && quantity > 0)
        {
            Refuse(_pack, string.Create(CultureInfo.InvariantCulture, $"a pack of at most the quantity, {quantity}"));
        }

        var origin = ReadOrigin();
        var available = ReadDay(_available);
        var expires = ReadDay(_expires);
        if (expires < available)
        {
            Refuse(_expires, $"a day on or after {CellValue.Shown(available.Value)}, when it is available");
        }

        var coldChain = ReadAnswer(_coldChain);
        var onlyFor = ReadPlaces();
        if (_faults.Total > before || item is not { } known || pack is not { } stated)
        {
            return null;
        }

        // Without a pack of its own a lot travels in the item's packs, or whole when it is smaller than one.
        var packOrDefault = stated > 0 ? stated : Math.Min(Math.Max(known.Pack, 1), quantity);
        RemarkOnRest(lot, quantity, packOrDefault);
        return new Offer(lot, donor, known.Code, quantity, known.Unit, packOrDefault, origin, available, expires,
            coldChain ?? known.ColdChain, onlyFor, _rows.Line);
    }

    private string ReadLot()
    {
        var lot = ReadName(_lot, LotLengthMax, "a name for the lot");
        if (lot.Length > 0 && !_lots.TryAdd(lot, _rows.Line))
        {
            Refuse(_lot, string.Create(
                CultureInfo.InvariantCulture, $"a name of its own for each lot; line {_lots[lot]} has this one"));
        }

        return lot;
    }

    private string ReadName(int column, int lengthMax, string expected)
    {
        var name = CsvTable.OriginalText(_rows.Text(column));
        if (name.Length == 0)
        {
            Refuse(column, expected);
        }
        else if (name.Length > lengthMax)
        {
            Refuse(column, string.Create(CultureInfo.InvariantCulture, $"{expected}, at most {lengthMax} characters"));
        }
        else if (!_rows.IsText(column))
        {
            Refuse(column, $"{expected}, in UTF-8");
        }
        else if (name.Any(char.IsControl))
        {
            Refuse(column, $"{expected}, on one line and without control characters");
        }

        return name;
    }

    private KnownItem? ReadItem()
    {
        var name = _rows.Text(_item);
        if (name.Length == 0 || _findItem(name) is not { } item)
        {
            Refuse(_item, "the code or name of an item of the disease pack");
            return null;
        }

        if (!_rows.Cell(_unit).IsEmpty
            && !string.Equals(_rows.Text(_unit), item.Unit, StringComparison.OrdinalIgnoreCase))
        {
            Refuse(_unit, $"«{item.Unit}», the unit of {item.Code}");
        }

        return item;
    }

    private long? ReadQuantity(int column, string expected)
    {
        var kind = CellValue.Whole(_rows.Cell(column), _rows.DecimalComma, out var quantity);
        if (kind == WholeKind.Whole && quantity > 0)
        {
            return quantity;
        }

        Refuse(column, kind == WholeKind.TooLarge
            ? string.Create(CultureInfo.InvariantCulture, $"at most {OfferFileReader.QuantityMax:N0}")
            : expected);
        return null;
    }

    private TerritoryCode? ReadOrigin()
    {
        var text = _rows.Text(_origin);
        if (text.Length == 0)
        {
            return null;
        }

        if (Territories.TryResolveTerritory(text, out var territory))
        {
            return territory.Code;
        }

        Refuse(_origin, "a territory, best by its ISO 3166-1 code of three letters, such as KEN");
        return null;
    }

    private DateOnly? ReadDay(int column)
    {
        if (CellValue.IsNotReported(_rows.Cell(column)))
        {
            return null;
        }

        if (CellValue.IsoDay(_rows.Cell(column), out var day))
        {
            return day;
        }

        Refuse(column, "a date such as 2021-12-31, or an empty cell");
        return null;
    }

    private bool? ReadAnswer(int column)
    {
        var answer = _rows.Cell(column);
        if (answer.IsEmpty)
        {
            return null;
        }

        if (Is(answer, "yes"u8) || Is(answer, "true"u8) || Is(answer, "1"u8))
        {
            return true;
        }

        if (!Is(answer, "no"u8) && !Is(answer, "false"u8) && !Is(answer, "0"u8))
        {
            Refuse(column, "yes or no");
        }

        return false;
    }

    private ImmutableArray<TerritoryCode> ReadPlaces()
    {
        var places = new SortedSet<TerritoryCode>();
        foreach (var text in _rows.Text(_onlyFor).Split(PlaceSeparators, StringSplitOptions.RemoveEmptyEntries))
        {
            if (TerritoryCode.TryParse(text, out var code) && Territories.TryGet(code, out var territory))
            {
                places.Add(territory.Code);
                continue;
            }

            _faults.Add(new Fault(_rows.File, _rows.Line, _onlyFor + 1, text,
                "ISO 3166-1 codes of three letters with spaces between, such as KEN UGA"));
        }

        return [.. places];
    }

    private void RemarkOnRest(string lot, long quantity, long pack)
    {
        if (quantity % pack is > 0 and var rest)
        {
            _remarks.Add(string.Create(CultureInfo.InvariantCulture,
                $"Lot {lot} (line {_rows.Line}): {rest:N0} of {quantity:N0} units do not fill a pack of {pack:N0}."));
        }
    }

    private void Refuse(int column, string expected) => _rows.Refuse(column, expected);

    private static bool Is(ReadOnlySpan<byte> cell, ReadOnlySpan<byte> word) => Ascii.EqualsIgnoreCase(cell, word);
}
