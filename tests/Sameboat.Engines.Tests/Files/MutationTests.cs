using System.Text;
using CsCheck;
using Sameboat.Exchange.Files;

namespace Sameboat.Engines.Tests.Files;

/// <summary>Files that were broken at random: each is read or refused, and nothing is thrown.</summary>
public sealed class MutationTests
{
    private const int Tries = 3_000;

    private static readonly string[] Valid =
    [
        "iso3,date,cases,deaths\r\n"
            + "AFG,2021-12-30,10,1\r\nAFG,2021-12-31,-3,\r\n\"KEN\",2021-12-30,NA,0\r\nKEN,2021-12-31,7,0\r\n",
        "iso3;date;cases;note\nAFG;2021-12-30;10,0;\"a;\"\"b\"\nAFG;2021-12-31;3;\n",
        "Province/State,Country/Region,Lat,Long,1/22/20,1/23/20\n,Kenya,1,2,3,5\n\"Beijing, x\",China,1,2,1,1\n",
        "Date_reported,Country_code,Country,New_cases,New_deaths\n2020-01-05,KE,Kenya,7,\n2020-01-12,KE,Kenya,-15,1\n",
        "iso_code,location,date,new_cases,new_deaths\nKEN,Kenya,2020-03-01,3.0,\nOWID_WRL,World,2020-03-01,3.0,\n",
        "country,country_code,indicator,weekly_count,year_week\n"
            + "Austria,AUT,cases,14,2020-53\nAustria,AUT,deaths,7,2021-W01\n",
        "dateRep,day,month,year,cases,deaths,countriesAndTerritories,geoId,countryterritoryCode\n"
            + "14/12/2020,14,12,2020,7,6,Kenya,KE,KEN\n",
        "lot,donor,item,quantity,unit,pack,origin,available,expires,cold_chain,only_for\n"
            + "L1,X,gown,1000,piece,10,NOR,2022-03-01,2023-03-01,no,\"KEN UGA\"\n",
        "Country,ISO3,Pipeline,Vaccine,Funder,Doses,Date\n"
            + "#c,#c,#c,#c,#c,#c,#c\nKenya,KEN,COVAX,X,India,\"500,000\",May\n",
        "t,date,I\n1,2021-12-30,3\n2,2021-12-31,4\n",
        "k,w\n0,0\n1,0.25\n2,0.75\n",
    ];

    private static readonly Gen<byte> Nasty = Gen.OneOf(
        Gen.OneOf("\",;\t\r\n-.0129AZ \0<{"u8.ToArray()), Gen.Byte);

    private static readonly Gen<Func<byte[], byte[]>> Mutation = Gen.OneOf(
        Gen.Int[0, 10_000].Select<int, Func<byte[], byte[]>>(at => bytes => bytes[..(at % (bytes.Length + 1))]),
        Gen.Select(Gen.Int[0, 10_000], Gen.Int[1, 12])
            .Select<(int At, int Length), Func<byte[], byte[]>>(cut => bytes =>
            [.. bytes.Take(cut.At % (bytes.Length + 1)), .. bytes.Skip((cut.At % (bytes.Length + 1)) + cut.Length)]),
        Gen.Select(Gen.Int[0, 10_000], Nasty).Select<(int At, byte Letter), Func<byte[], byte[]>>(put => bytes =>
            [.. bytes.Take(put.At % (bytes.Length + 1)), put.Letter, .. bytes.Skip(put.At % (bytes.Length + 1))]),
        Gen.Select(Gen.Int[0, 10_000], Nasty).Select<(int At, byte Letter), Func<byte[], byte[]>>(put => bytes =>
            [.. bytes.Take(put.At % (bytes.Length + 1)), put.Letter, .. bytes.Skip((put.At % (bytes.Length + 1)) + 1)]),
        Gen.Select(Gen.Int[0, 10_000], Gen.Int[1, 200])
            .Select<(int At, int Length), Func<byte[], byte[]>>(copy => bytes =>
            [.. bytes, .. bytes.Skip(copy.At % (bytes.Length + 1)).Take(copy.Length)]));

    private static readonly Gen<byte[]> Broken = Gen.Select(Gen.OneOf(Valid), Mutation.Array[1, 4])
        .Select((text, mutations) => mutations.Aggregate(Encoding.UTF8.GetBytes(text), (bytes, next) => next(bytes)));

    [Fact]
    public void A_broken_file_of_cases_is_read_or_refused() =>
        Broken.Sample(bytes => IsReadOrRefused(Written.Cases(bytes)), iter: Tries);

    [Fact]
    public void A_broken_file_of_offers_is_read_or_refused() =>
        Broken.Sample(bytes => IsReadOrRefused(Written.Offers(bytes)), iter: Tries);

    [Fact]
    public void A_broken_file_of_incidence_is_read_or_refused() =>
        Broken.Sample(bytes => IsReadOrRefused(IncidenceReader.Read(new MemoryStream(bytes), "in.csv"))
            && IsReadOrRefused(SerialIntervalReader.Read(new MemoryStream(bytes), "si.csv")), iter: Tries);

    [Fact]
    public void Bytes_without_any_sense_are_read_or_refused() =>
        Gen.OneOf(Gen.Byte.Array[0, 300], Nasty.Array[0, 300]).Sample(
            bytes => IsReadOrRefused(Written.Cases(bytes)) && IsReadOrRefused(Written.Offers(bytes)), iter: Tries);

    [Fact]
    public void Every_whole_file_that_mutations_start_from_is_read()
    {
        foreach (var text in Valid)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            (Written.Cases(bytes).IsRead || Written.Offers(bytes).IsRead
                || IncidenceReader.Read(new MemoryStream(bytes), "in.csv").IsRead
                || SerialIntervalReader.Read(new MemoryStream(bytes), "si.csv").IsRead).ShouldBeTrue(text);
        }
    }

    [Fact]
    public void A_file_cut_anywhere_inside_a_row_of_text_cells_is_refused_or_remarked_on()
    {
        const string Text = "iso3,date,cases,deaths\nAFG,2021-12-30,10,1\nAFG,2021-12-31,13,12\n";
        for (var length = Text.IndexOf('\n') + 2; length < Text.Length; length++)
        {
            var reading = Written.Cases(Text[..length]);
            var endsOnALine = Text[length - 1] == '\n';
            (reading.IsRead ? reading.Remarks.Any() || endsOnALine : !reading.Faults.IsEmpty)
                .ShouldBeTrue(Text[..length]);
        }
    }

    // A zero byte stops the reading as soon as it is in memory, so what is told before it depends on the steps.
    [Fact]
    public void The_same_text_is_read_the_same_however_the_stream_hands_it_out() =>
        Gen.Select(Broken.Where(bytes => !bytes.Contains((byte)0)), Gen.Int[1, 7]).Sample((bytes, step) =>
        {
            var whole = Written.Cases(bytes);
            var inSteps = CaseFileReader.Read(new SteppingStream(bytes, step), "cases.csv");
            return Written.FaultsOf(whole).SequenceEqual(Written.FaultsOf(inSteps))
                && whole.Remarks.SequenceEqual(inSteps.Remarks)
                && whole.IsRead == inSteps.IsRead;
        }, iter: Tries);

    private static bool IsReadOrRefused<T>(Reading<T> reading)
        where T : class =>
        reading.IsRead == reading.Faults.IsEmpty && reading.Faults.Lines().All(line => !line.Contains('\n'));

    private sealed class SteppingStream(byte[] bytes, int step) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) =>
            base.Read(buffer, offset, Math.Min(count, step));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, step)]);
    }
}
