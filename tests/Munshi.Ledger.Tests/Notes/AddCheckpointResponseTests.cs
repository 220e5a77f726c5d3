using System.Text;
using Munshi.Ledger.Notes;

namespace Munshi.Ledger.Tests.Notes;

public sealed class AddCheckpointResponseTests
{
    [Fact]
    public void The_worked_answer_is_read_written_and_joins_its_note()
    {
        NoteSignature line = Assert.Single(
            Assert.IsType<CosignatureLinesParse.Parsed>(AddCheckpointResponse.Parse(Notary.Utf8(WorkedNotes.AddCheckpointResponse))).Lines);

        Assert.Equal(WorkedNotes.AddCheckpointResponse, Encoding.UTF8.GetString(AddCheckpointResponse.Encode([line])));
        Assert.Equal(WorkedNotes.CosignedNote7, Notary.Note(WorkedNotes.Note7).With(line).ToString());
    }

    [Theory]
    [InlineData("", "does not end with a line feed")]
    [InlineData("\n", "a line after the text is not a signature line")]
    [InlineData("7\n", "a line after the text is not a signature line")]
    [InlineData(WorkedNotes.AddCheckpointResponse + "\n", "a line after the text is not a signature line")]
    [InlineData("\n" + WorkedNotes.AddCheckpointResponse, "a line after the text is not a signature line")]
    [InlineData(WorkedNotes.AddCheckpointResponse + "\r\n", "a carriage return")]
    [InlineData("— witness.example/w1 ZHSyKQ==\n", "a signature is shorter than 5 bytes")]
    public void Anything_else_is_refused_with_its_reason(string body, string reason)
    {
        Assert.Equal(new CosignatureLinesParse.Refused(reason), AddCheckpointResponse.Parse(Notary.Utf8(body)));
    }

    [Fact]
    public void An_answer_without_lines_cannot_be_made()
    {
        Assert.Throws<ArgumentException>(() => AddCheckpointResponse.Encode([]));
    }

    [Theory]
    [InlineData("0\n", 0)]
    [InlineData("7\n", 7)]
    [InlineData("9223372036854775807\n", long.MaxValue)]
    public void The_size_of_a_conflict_is_read_and_written(string body, long size)
    {
        Assert.True(AddCheckpointResponse.TryParseSize(Notary.Utf8(body), out long read));
        Assert.Equal(size, read);
        Assert.Equal(body, Encoding.ASCII.GetString(AddCheckpointResponse.EncodeSize(size)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("7")]
    [InlineData("7\r\n")]
    [InlineData("7\n\n")]
    [InlineData("+7\n")]
    [InlineData("07\n")]
    [InlineData(" 7\n")]
    [InlineData("9223372036854775808\n")]
    public void A_size_in_any_other_form_is_refused(string body) => Assert.False(AddCheckpointResponse.TryParseSize(Notary.Utf8(body), out _));
}
