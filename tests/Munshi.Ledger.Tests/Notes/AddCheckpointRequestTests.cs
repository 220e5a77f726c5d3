using System.Text;
using Munshi.Ledger.Notes;

namespace Munshi.Ledger.Tests.Notes;

public sealed class AddCheckpointRequestTests
{
    [Fact]
    public void The_worked_request_is_read_and_written()
    {
        AddCheckpointRequest request = Assert.IsType<AddCheckpointParse.Parsed>(AddCheckpointRequest.Parse(Notary.Utf8(WorkedNotes.AddCheckpointRequest))).Request;

        Assert.Equal((3, 7), (request.OldSize, request.Checkpoint.Size));
        Assert.Equal(WorkedNotes.ConsistencyHashes, request.Proof.Select(hash => hash.ToString()));
        Assert.Equal(WorkedNotes.Note7, request.Note.ToString());
        Assert.Equal(WorkedNotes.AddCheckpointRequest, Encoding.UTF8.GetString(request.Encode()));
        Assert.Equal(
            WorkedNotes.AddCheckpointRequest, Encoding.UTF8.GetString(new AddCheckpointRequest(3, request.Proof, Notary.Note(WorkedNotes.Note7)).Encode()));
    }

    [Fact]
    public void A_first_request_has_no_proof()
    {
        AddCheckpointRequest request = Assert.IsType<AddCheckpointParse.Parsed>(AddCheckpointRequest.Parse(Notary.Utf8("old 0\n\n" + WorkedNotes.Note7))).Request;

        Assert.Equal(0, request.OldSize);
        Assert.Empty(request.Proof);
    }

    [Theory]
    [InlineData("old 3\n", "", "the first line is not 'old' and a size")]
    [InlineData("old 3\n", "old\n", "the first line is not 'old' and a size")]
    [InlineData("old 3\n", "Old 3\n", "the first line is not 'old' and a size")]
    [InlineData("old 3\n", "size 3\n", "the first line is not 'old' and a size")]
    [InlineData("old 3\n", "\nold 3\n", "the first line is not 'old' and a size")]
    [InlineData("old 3\n", "old \n", "the old size is not a canonical number up to 2^63-1")]
    [InlineData("old 3\n", "old +3\n", "the old size is not a canonical number up to 2^63-1")]
    [InlineData("old 3\n", "old 03\n", "the old size is not a canonical number up to 2^63-1")]
    [InlineData("old 3\n", "old  3\n", "the old size is not a canonical number up to 2^63-1")]
    [InlineData("old 3\n", "old 3\r\n", "the old size is not a canonical number up to 2^63-1")]
    [InlineData("old 3\n", "old 9223372036854775808\n", "the old size is not a canonical number up to 2^63-1")]
    [InlineData("jdhN", " jdhN", "a hash is not 32 bytes in canonical base64")]
    [InlineData("kUk=\n", "kUl=\n", "a hash is not 32 bytes in canonical base64")]
    [InlineData("kUk=\n", "kUk=\r\n", "a hash is not 32 bytes in canonical base64")]
    [InlineData("kUk=\n", "kUk=\n\n", "the checkpoint: the size is not a canonical number up to 2^63-1")]
    [InlineData("9no=\n\n", "9no=\n", "a hash is not 32 bytes in canonical base64")]
    [InlineData("Ows=\n", "Ows=\n\n", "the note: no signature line")]
    [InlineData("Ows=\n", "Ows=", "the note: does not end with a line feed")]
    [InlineData("\n7\n", "\n07\n", "the checkpoint: the size is not a canonical number up to 2^63-1")]
    public void Anything_but_the_canonical_form_is_refused_with_its_reason(string part, string instead, string reason)
    {
        Assert.Equal(
            new AddCheckpointParse.Refused(reason), AddCheckpointRequest.Parse(Notary.Utf8(Notary.Changed(WorkedNotes.AddCheckpointRequest, part, instead))));
    }

    [Fact]
    public void Sixty_three_hashes_are_read_and_one_more_is_refused()
    {
        string hash = WorkedNotes.RootsInBase64[1] + "\n";
        string most = "old 3\n" + string.Concat(Enumerable.Repeat(hash, 63)) + "\n" + WorkedNotes.Note7;

        AddCheckpointRequest request = Assert.IsType<AddCheckpointParse.Parsed>(AddCheckpointRequest.Parse(Notary.Utf8(most))).Request;

        Assert.Equal(63, request.Proof.Count);
        Assert.Equal(
            new AddCheckpointParse.Refused("more than 63 hashes"), AddCheckpointRequest.Parse(Notary.Utf8(most.Replace("old 3\n", "old 3\n" + hash, StringComparison.Ordinal))));
        Assert.Throws<ArgumentException>(() => new AddCheckpointRequest(3, [.. request.Proof, request.Proof[0]], request.Note));
    }

    [Fact]
    public void Every_beginning_of_a_request_is_refused()
    {
        byte[] request = Notary.Utf8(WorkedNotes.AddCheckpointRequest);

        Assert.All(Enumerable.Range(0, request.Length), length => Assert.IsType<AddCheckpointParse.Refused>(AddCheckpointRequest.Parse(request.AsSpan(0, length))));
    }

    [Fact]
    public void A_changed_byte_is_refused_or_is_itself_the_one_encoding_of_another_request()
    {
        byte[] golden = Notary.Utf8(WorkedNotes.AddCheckpointRequest);
        for (int position = 0; position < golden.Length; position++)
        {
            for (int value = 0; value <= byte.MaxValue; value++)
            {
                byte[] changed = [.. golden];
                changed[position] = (byte)value;
                if (AddCheckpointRequest.Parse(changed) is AddCheckpointParse.Parsed parsed)
                {
                    Assert.Equal(changed, parsed.Request.Encode());
                }
            }
        }
    }

    [Fact]
    public void A_body_beyond_the_limit_is_refused_before_it_is_read()
    {
        Assert.Equal(new AddCheckpointParse.Refused("longer than 1002860 bytes"), AddCheckpointRequest.Parse(new byte[1_002_861]));
    }

    [Fact]
    public void A_request_cannot_be_made_of_what_the_format_does_not_hold()
    {
        using NoteSigner log = Notary.Log();

        Assert.Throws<ArgumentOutOfRangeException>(() => new AddCheckpointRequest(-1, [], Notary.Note(WorkedNotes.Note7)));
        Assert.Throws<ArgumentException>(() => new AddCheckpointRequest(0, [], log.SignNote("no checkpoint\n"u8)));
    }
}
