using System.Text;
using Munshi.Ledger;
using Munshi.Ledger.Transcripts;

namespace Munshi.Tests.Vault.Transcripts;

public sealed class TranscriptTextTests
{
    [Theory]
    [InlineData("a < b && \"c\" > 'd'", "a &lt; b &amp;&amp; &#34;c&#34; &gt; &#39;d&#39;")]
    [InlineData("one\r\ntwo\tthree", "one&#13;&#10;two&#9;three")]
    [InlineData("\u202Egpj.exe\u202C", "[U+202E]gpj.exe[U+202C]")]
    [InlineData("\u2066\u2067\u2068\u2069\u200E\u200F\u061C", "[U+2066][U+2067][U+2068][U+2069][U+200E][U+200F][U+061C]")]
    [InlineData("\u0000\u001B\u007F\u0085\u2028\u2029", "[U+0000][U+001B][U+007F][U+0085][U+2028][U+2029]")]
    [InlineData("क्‍ष 👩‍🌾 ৰ", "क्‍ष 👩‍🌾 ৰ")]
    [InlineData("", "")]
    public void Text_is_shown_as_it_is_and_never_as_markup(string text, string html) => Assert.Equal(html, TranscriptText.Encode(text));

    [Fact]
    public void Half_of_a_pair_is_no_character() => Assert.Equal("\uFFFD", TranscriptText.Encode($"{(char)0xD83D}"));

    [Fact]
    public void Times_are_told_for_India_and_for_Greenwich_with_seconds_cut() => Assert.Equal(
        "2027-01-01 05:29:59 IST · 2026-12-31 23:59:59 UTC", TranscriptText.Times(new DateTimeOffset(2026, 12, 31, 23, 59, 59, 999, TimeSpan.Zero)));

    [Theory]
    [InlineData("name 2 a\nb\n")]
    [InlineData("name 2 ab")]
    [InlineData("name 9223372036854775807 ab\n")]
    [InlineData("name 02 ab\n")]
    [InlineData("name - \n")]
    [InlineData("name -\nname -\n")]
    [InlineData(" 1 a\n")]
    [InlineData("name")]
    public void What_is_not_the_form_of_a_record_is_none(string record) => Assert.Null(RecordFields.Parse(Encoding.UTF8.GetBytes(record)));

    [Fact]
    public void A_records_fields_are_read_back_whatever_they_hold()
    {
        RecordFields? fields = RecordFields.Parse("direction 2 in\nrefers-to -\ntext 18 नमस्ते\nraw 10 at 2 in\n-\n\n"u8);

        Assert.Equal(("in", null, "नमस्ते", "at 2 in\n-\n", null), (fields!["direction"], fields["refers-to"], fields["text"], fields["raw"], fields["at"]));
    }

    [Fact]
    public void A_seal_has_one_encoding()
    {
        TranscriptSeal seal = new(
            Guid.Parse("6f1d2c3b-4a59-4687-8796-a5b4c3d2e1f0"), Guid.Parse("0b9d8c7e-6f5a-4b3c-9d2e-1f0a9b8c7d6e"), new DateTimeOffset(2026, 11, 21, 9, 30, 0, TimeSpan.Zero), 7, 1234, Digest.Zero);
        byte[] text = seal.Encode();

        Assert.Equal(
            $"munshi-transcript/1\nlog 6f1d2c3b-4a59-4687-8796-a5b4c3d2e1f0\nconversation 0b9d8c7e-6f5a-4b3c-9d2e-1f0a9b8c7d6e\ntime 2026-11-21T09:30:00.000000Z\nmessages 7\nbytes 1234\nsha256 {new string('0', 64)}\n",
            Encoding.ASCII.GetString(text));
        Assert.Equal(seal, TranscriptSeal.Parse(text));
        foreach (string other in (string[])["munshi-transcript/2", "messages 07", "MESSAGES 7", "messages 7 ", "messages 7\nmessages 7", "messages -7"])
        {
            string altered = Encoding.ASCII.GetString(text).Replace(other.StartsWith("munshi", StringComparison.Ordinal) ? "munshi-transcript/1" : "messages 7", other, StringComparison.Ordinal);
            Assert.Null(TranscriptSeal.Parse(Encoding.ASCII.GetBytes(altered)));
        }
    }
}
