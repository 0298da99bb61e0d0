using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Sameboat.Supplies;

/// <summary>Reads and checks the files of one pack.</summary>
internal sealed class PackReader
{
    private readonly Func<string, string?> _file;
    private readonly PackFaults _faults;
    private readonly FrozenDictionary<string, string> _sources;

    private PackReader(Func<string, string?> file, PackFaults faults)
    {
        _file = file;
        _faults = faults;
        _sources = ReadSources(file("SOURCE.md"), faults);
    }

    internal static DiseasePack? Read(Func<string, string?> file, PackFaults faults)
    {
        var head = PackHead.Read(file("pack.json"), faults);
        if (head is null)
        {
            return null;
        }

        var reader = new PackReader(file, faults);
        var parameters = reader.Table("parameters.csv", ["name", "value", "unit", "source"], "name") is { } table
            ? new ParameterReader(table)
            : null;
        var goods = reader.ReadItems();
        var medicines = reader.ReadMedicines();
        var rates = reader.ReadRates(goods);
        var otherCare = reader.ReadOtherCare(goods);
        var hours = reader.ReadHours();
        var platforms = reader.ReadPlatforms();
        var rows = reader.ReadCapacity(platforms);
        var vaccines = reader.ReadVaccines();
        var figures = parameters?.Read(faults);
        var serialInterval = parameters?.ReadSerialInterval(faults);
        ImmutableArray<PackItem> items = [.. goods.Select(one => one.Item), .. medicines.Select(one => one.Item)];
        CheckItems(items, faults);
        if (faults.Lines.Count > 0 || figures is null || serialInterval is null)
        {
            return null;
        }

        var carried = new PackFigures(
            figures,
            rates,
            goods.ToFrozenDictionary(one => one.Item.Code, one => one.ToolUnit),
            medicines,
            otherCare,
            hours,
            platforms,
            new CapacityTable(rows, head.Aliases, head.ToolStops));
        return new DiseasePack(carried)
        {
            Code = head.Code,
            Name = head.Name,
            Version = head.Version,
            Exercise = head.Exercise,
            SerialInterval = serialInterval,
            Items = items,
            Vaccines = vaccines,
            Sources = reader._sources,
        };
    }

    /// <summary>Keys stand in SOURCE.md as table rows that begin <c>| `key` | words |</c>.</summary>
    private static FrozenDictionary<string, string> ReadSources(string? text, PackFaults faults)
    {
        var sources = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in (text ?? "").Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)))
        {
            var cells = line.Split('|', StringSplitOptions.TrimEntries);
            if (!sources.TryAdd(cells[1].Trim('`'), cells[2]))
            {
                faults.Add("SOURCE.md", 0, $"key {cells[1]} stands twice");
            }
        }

        if (sources.Count == 0)
        {
            faults.Add("SOURCE.md", 0, "no source key");
        }

        return sources.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static void CheckItems(ImmutableArray<PackItem> items, PackFaults faults)
    {
        var seen = new Dictionary<string, PackItem>(StringComparer.OrdinalIgnoreCase);
        foreach (var item in items)
        {
            foreach (var text in new[] { item.Code.ToString(), item.Name })
            {
                if (!seen.TryAdd(text, item) && seen[text] != item)
                {
                    faults.Add("items.csv, medicines.csv", 0, $"«{text}» stands twice");
                }
            }
        }
    }

    private PackTable? Table(string file, string[] columns, params string[] key)
    {
        var table = PackTable.Read(file, _file(file), columns, _faults);
        table?.CheckSources(_sources);
        table?.CheckUnique(key);
        return table;
    }

    private ImmutableArray<(PackItem Item, ItemRule Rule, string ToolUnit)> ReadItems()
    {
        var table = Table(
            "items.csv",
            ["code", "name", "rule", "category", "group", "unit", "tool_unit", "reusable", "price_usd", "pack_size",
                "source"],
            "code");
        return table is null ? [] : [.. Enumerable.Range(1, table.RowCount).Select(row =>
        {
            var rule = table.Word(row, "rule", ItemRules.ByWord);
            var item = new PackItem(
                Code(table, row),
                table.Required(row, "name"),
                ItemRules.KindOf(rule),
                table.Word(row, "category", PackWords.Categories),
                table.Text(row, "group"),
                table.Word(row, "unit", PackWords.Units),
                table.YesNo(row, "reusable"),
                (decimal?)table.Number(row, "price_usd"),
                table.Whole(row, "pack_size", least: 1),
                table.Required(row, "source")) { Rule = rule };
            return (item, rule, table.Text(row, "tool_unit"));
        })];
    }

    private ImmutableArray<Medicine> ReadMedicines()
    {
        var table = Table(
            "medicines.csv",
            ["code", "drug", "strength", "class", "unit", "disease_specific", "price_usd", "pack_size", "source"],
            "code");
        var courses = Table(
            "courses.csv",
            ["medicine", "severity", "units_per_course", "share_treated", "source"],
            "medicine",
            "severity");
        if (table is null || courses is null)
        {
            return [];
        }

        Medicine[] medicines = [.. Enumerable.Range(1, table.RowCount).Select(row => new Medicine(
            new PackItem(
                Code(table, row),
                $"{table.Required(row, "drug")}, {table.Required(row, "strength")}",
                ItemKind.Medicine,
                "medicines",
                table.Text(row, "class"),
                table.Word(row, "unit", PackWords.Units),
                Reusable: false,
                (decimal?)table.Number(row, "price_usd"),
                table.Whole(row, "pack_size", least: 1),
                table.Required(row, "source")) { Rule = ItemRule.Medicine },
            table.Text(row, "drug"),
            new double[Severities.Count],
            new double[Severities.Count]))];
        var byCode = medicines.DistinctBy(one => one.Item.Code)
            .ToFrozenDictionary(one => one.Item.Code.ToString(), StringComparer.Ordinal);
        for (var row = 1; row <= courses.RowCount && byCode.Count > 0; row++)
        {
            var medicine = courses.Word(row, "medicine", byCode);
            var severity = (int)courses.Word(row, "severity", Severities);
            medicine.UnitsPerCourse[severity] = courses.NumberRequired(row, "units_per_course");
            medicine.ShareTreated[severity] = Share(courses, row, "share_treated");
        }

        return [.. medicines];
    }

    private FrozenDictionary<ItemCode, UseRates> ReadRates(
        ImmutableArray<(PackItem Item, ItemRule Rule, string ToolUnit)> goods)
    {
        var rates = goods.Select(one => one.Item.Code).Distinct().ToDictionary(code => code, _ => new UseRates());
        var byWord = rates.ToDictionary(one => one.Key.ToString(), one => one.Value);
        if (Table("rates.csv", ["item", "user", "per_day", "source"], "item", "user") is { } table && rates.Count > 0)
        {
            for (var row = 1; row <= table.RowCount; row++)
            {
                table.Word(row, "item", byWord)[table.Word(row, "user", CareUsers.ByWord)] =
                    table.NumberRequired(row, "per_day");
            }
        }

        return rates.ToFrozenDictionary();
    }

    private ImmutableArray<OtherCareRates> ReadOtherCare(
        ImmutableArray<(PackItem Item, ItemRule Rule, string ToolUnit)> goods)
    {
        var items = goods.DistinctBy(one => one.Item.Code)
            .ToDictionary(one => one.Item.Code.ToString(), one => one.Item);
        var rates = new List<OtherCareRates>();
        if (Table("other-care-rates.csv", ["item", "cadre", "per_day", "source"], "item", "cadre") is { } table
            && items.Count > 0)
        {
            for (var row = 1; row <= table.RowCount; row++)
            {
                var item = table.Word(row, "item", items);
                if (rates.Count == 0 || rates[^1].Item != item)
                {
                    rates.Add(new OtherCareRates(item, new double[Cadres.Count]));
                }

                rates[^1].PerDay[(int)table.Word(row, "cadre", Cadres)] = table.NumberRequired(row, "per_day");
            }
        }

        return [.. rates];
    }

    private CareHours ReadHours()
    {
        var table = Table(
            "cadres.csv",
            ["title", "group", "mild", "moderate", "severe", "critical", "screening", "source"],
            "title");
        double Sum(string group, string column) => table is null ? 0 : Enumerable.Range(1, table.RowCount)
            .Where(row => table.Text(row, "group") == group)
            .Sum(row => table.NumberRequired(row, column));
        return new CareHours(
            Sum("health-worker", "severe"),
            Sum("health-worker", "critical"),
            Sum("health-worker", "screening"),
            Sum("cleaner", "severe"),
            Sum("cleaner", "critical"));
    }

    private ImmutableArray<TestPlatform> ReadPlatforms()
    {
        var table = Table(
            "platforms.csv",
            ["code", "name", "type", "tests_one_shift", "tests_two_shifts", "tests_three_shifts", "shifts",
                "days_per_week", "outbreak_share", "source"],
            "code");
        return table is null ? [] : [.. Enumerable.Range(1, table.RowCount).Select(row => new TestPlatform(
            table.Required(row, "code"),
            table.Word(row, "type", PlatformTypes),
            table.NumberRequired(row, table.Word(row, "shifts", ShiftColumns)),
            table.NumberRequired(row, "days_per_week"),
            Share(table, row, "outbreak_share")))];
    }

    private List<CapacityRow> ReadCapacity(ImmutableArray<TestPlatform> platforms)
    {
        string[] carried = [.. platforms.Select(one => one.Code)];
        var table = Table(
            "capacity.csv", ["territory", "population", "growth", "income", .. CapacityTable.Columns], "territory");
        var rows = new List<CapacityRow>();
        for (var row = 1; row <= (table?.RowCount ?? 0); row++)
        {
            if (!TerritoryCode.TryParse(table!.Text(row, "territory"), out var place))
            {
                table.Fault(row, "territory", $"«{table.Text(row, "territory")}» is no ISO 3166-1 alpha-3 code");
            }

            var named = carried.Where(table.Has).Select(code => (code, Count: table.Number(row, code))).ToList();
            rows.Add(new CapacityRow(
                place,
                table.Text(row, "population").Length == 0 ? null : table.Whole(row, "population", least: 0),
                table.Signed(row, "growth"),
                table.Text(row, "income"),
                [.. CapacityTable.Columns.Select(column => table.Number(row, column))],
                named.All(one => one.Count is null)
                    ? null
                    : named.ToImmutableDictionary(one => one.code, one => one.Count ?? 0)));
        }

        return rows;
    }

    private ImmutableArray<VaccineProduct> ReadVaccines()
    {
        var table = Table(
            "vaccines.csv",
            ["product", "names", "doses", "equivalents", "source", "shipped_by", "shipped_source"],
            "product");
        return table is null ? [] : [.. Enumerable.Range(1, table.RowCount).Select(row => new VaccineProduct(
            table.Required(row, "product"),
            [.. table.Required(row, "names").Split('|')],
            table.Whole(row, "doses", least: 1),
            table.Whole(row, "equivalents", least: 1),
            table.Required(row, "source"),
            table.Text(row, "shipped_by").Length == 0 ? null : table.Whole(row, "shipped_by", least: 1)))];
    }

    private static ItemCode Code(PackTable table, int row)
    {
        if (!ItemCode.TryParse(table.Text(row, "code"), out var code))
        {
            table.Fault(row, "code", $"«{table.Text(row, "code")}» is no item code");
        }

        return code;
    }

    private static double Share(PackTable table, int row, string column)
    {
        var share = table.NumberRequired(row, column);
        if (share > 1)
        {
            table.Fault(row, column, $"{table.Text(row, column)} is above 1");
        }

        return share;
    }

    private static FrozenDictionary<string, Severity> Severities { get; } =
        Enum.GetValues<Severity>().ToFrozenDictionary(one => one.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    private static FrozenDictionary<string, OtherCadre> Cadres { get; } =
        Enum.GetValues<OtherCadre>()
            .ToFrozenDictionary(one => one.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    private static FrozenDictionary<string, PlatformType> PlatformTypes { get; } = new Dictionary<string, PlatformType>
    {
        ["high-throughput"] = PlatformType.HighThroughput,
        ["near-patient"] = PlatformType.NearPatient,
        ["manual"] = PlatformType.Manual,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static FrozenDictionary<string, string> ShiftColumns { get; } = new Dictionary<string, string>
    {
        ["1"] = "tests_one_shift",
        ["2"] = "tests_two_shifts",
        ["3"] = "tests_three_shifts",
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
