using Sameboat.Record;
using Sameboat.Server.Record;
using Sameboat.Server.Record.Folding;
using Sameboat.Server.Web;

namespace Sameboat.Server.Tests;

public sealed class RecordKindTests
{
    [Fact]
    public void All_kinds_of_a_noun_have_one_fold()
    {
        RecordKinds.All.GroupBy(kind => kind.Noun)
            .Where(noun => noun.Select(kind => kind.Fold).Distinct().Count() != 1)
            .Select(noun => noun.Key)
            .ShouldBeEmpty();
        RecordKinds.All.Select(kind => kind.Name).ShouldBeUnique();
    }

    [Fact]
    public void Every_reason_has_a_sentence_in_every_catalogue()
    {
        FoldReasons.All.ShouldBeUnique();
        foreach (var culture in Words.Cultures)
        {
            FoldReasons.All.Where(code => Words.Of(culture)!.Find($"reason.{code}") is null).ShouldBeEmpty(culture);
            Enum.GetValues<Effect>()
                .Where(effect => Words.Of(culture)!.Find($"effect.{effect.Code()}") is null)
                .ShouldBeEmpty(culture);
        }
    }

    [Theory]
    [InlineData("offer/per/1", "offer", "per", "1")]
    [InlineData("member/ken", "member", "ken", "")]
    public void A_name_says_what_it_is_and_whose(string text, string noun, string owner, string name)
    {
        var read = EntityName.Parse(text);

        (read.Noun, read.Owner.ToString(), read.Name).ShouldBe((noun, owner, name));
        EntityName.Of(noun, MemberId.Parse(owner), name).ShouldBe(read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("offer")]
    [InlineData("offer/")]
    [InlineData("offer/per/")]
    [InlineData("/per/1")]
    [InlineData("offer//1")]
    [InlineData("offer/per/1/2")]
    [InlineData("Offer/per/1")]
    [InlineData("offer/PER/1")]
    [InlineData("offer/per /1")]
    [InlineData("7offer/per/1")]
    [InlineData("offer/per/a_b")]
    public void Any_other_text_names_nothing(string text) => EntityName.TryParse(text, out _).ShouldBeFalse();
}
