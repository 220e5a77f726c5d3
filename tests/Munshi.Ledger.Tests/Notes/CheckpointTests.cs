using System.Text;
using Munshi.Ledger.Notes;

namespace Munshi.Ledger.Tests.Notes;

public sealed class CheckpointTests
{
    [Theory]
    [InlineData(WorkedNotes.Note0, 0)]
    [InlineData(WorkedNotes.Note3, 3)]
    [InlineData(WorkedNotes.Note7, 7)]
    public void The_worked_checkpoints_are_read_and_written(string note, int size)
    {
        string text = Encoding.UTF8.GetString(Notary.Note(note).Text.Span);

        Checkpoint checkpoint = Notary.Checkpoint(text);

        Assert.Equal(("vault.example/t/acme", size, WorkedNotes.Roots[size]), (checkpoint.Origin, checkpoint.Size, checkpoint.Root.ToString()));
        Assert.Equal(text, new Checkpoint("vault.example/t/acme", size, checkpoint.Root).ToString());
        Assert.Equal(text, Encoding.UTF8.GetString(checkpoint.Encode()));
    }

    [Fact]
    public void Extension_lines_are_kept_in_their_order()
    {
        Checkpoint checkpoint = Notary.Checkpoint(WorkedNotes.Checkpoint7 + "one\n two \n\ufffd\n");

        Assert.Equal(["one", " two ", "\ufffd"], checkpoint.Extensions);
        Assert.Equal(WorkedNotes.Checkpoint7 + "one\n two \n\ufffd\n", checkpoint.ToString());
        Assert.Equal(checkpoint, Notary.Checkpoint(checkpoint.ToString()));
        Assert.NotEqual(checkpoint, Notary.Checkpoint(WorkedNotes.Checkpoint7));
    }

    [Theory]
    [InlineData("vault.example/t/acme\n", "", "fewer than three lines")]
    [InlineData("vault.example/t/acme\n", "\n", "the origin is empty")]
    [InlineData("\n7\n", "\n\n", "the size is not a canonical number up to 2^63-1")]
    [InlineData("\n7\n", "\n+7\n", "the size is not a canonical number up to 2^63-1")]
    [InlineData("\n7\n", "\n-7\n", "the size is not a canonical number up to 2^63-1")]
    [InlineData("\n7\n", "\n07\n", "the size is not a canonical number up to 2^63-1")]
    [InlineData("\n7\n", "\n00\n", "the size is not a canonical number up to 2^63-1")]
    [InlineData("\n7\n", "\n 7\n", "the size is not a canonical number up to 2^63-1")]
    [InlineData("\n7\n", "\n7 \n", "the size is not a canonical number up to 2^63-1")]
    [InlineData("\n7\n", "\n7.0\n", "the size is not a canonical number up to 2^63-1")]
    [InlineData("\n7\n", "\n7,000\n", "the size is not a canonical number up to 2^63-1")]
    [InlineData("\n7\n", "\n0x7\n", "the size is not a canonical number up to 2^63-1")]
    [InlineData("\n7\n", "\n\u0967\n", "the size is not a canonical number up to 2^63-1")]
    [InlineData("\n7\n", "\n9223372036854775808\n", "the size is not a canonical number up to 2^63-1")]
    [InlineData("\n7\n", "\n18446744073709551616\n", "the size is not a canonical number up to 2^63-1")]
    [InlineData("\n7\n", "\n18446744073709551623\n", "the size is not a canonical number up to 2^63-1")]
    [InlineData("\n7\n", "\n99999999999999999999999999\n", "the size is not a canonical number up to 2^63-1")]
    [InlineData("\n7\n", "\n7\r\n", "a carriage return")]
    [InlineData("\n7\n", "\n7\t\n", "a control character other than the line feed")]
    [InlineData("\n7\n", "\n0\n", "size 0 without the root of the empty tree")]
    [InlineData("HZ0=", "HZ1=", "the root is not 32 bytes in canonical base64")]
    [InlineData("HZ0=", "HZ0", "the root is not 32 bytes in canonical base64")]
    [InlineData("HZ0=", "HZ0= ", "the root is not 32 bytes in canonical base64")]
    [InlineData("HZ0=", "HZ00", "the root is not 32 bytes in canonical base64")]
    [InlineData("HZ0=", "HQ==", "the root is not 32 bytes in canonical base64")]
    [InlineData("56xE", " 56x", "the root is not 32 bytes in canonical base64")]
    [InlineData("56xE", "", "the root is not 32 bytes in canonical base64")]
    [InlineData("K/sg", "K_sg", "the root is not 32 bytes in canonical base64")]
    [InlineData("HZ0=\n", "HZ0=", "does not end with a line feed")]
    [InlineData("HZ0=\n", "HZ0=\n\n", "an empty line")]
    [InlineData("HZ0=\n", "HZ0=\none\n\n", "an empty line")]
    [InlineData("\n56xEcbBHjnfT1HllJbJHbIXTgiJ6K/sgywxu+AYEHZ0=\n", "\n", "fewer than three lines")]
    public void Anything_but_the_canonical_form_is_refused_with_its_reason(string part, string instead, string reason)
    {
        CheckpointParse.Refused refused = Assert.IsType<CheckpointParse.Refused>(Checkpoint.Parse(Notary.Utf8(Notary.Changed(WorkedNotes.Checkpoint7, part, instead))));

        Assert.Equal((reason, instead == "\n0\n"), (refused.Reason, refused.IsOfEmptyTree));
    }

    [Fact]
    public void The_largest_size_is_read()
    {
        Assert.Equal(long.MaxValue, Notary.Checkpoint(Notary.Changed(WorkedNotes.Checkpoint7, "\n7\n", "\n9223372036854775807\n")).Size);
    }

    [Fact]
    public void A_changed_byte_is_refused_or_is_itself_the_one_encoding_of_another_checkpoint()
    {
        byte[] golden = Notary.Utf8(WorkedNotes.Checkpoint7);
        for (int position = 0; position < golden.Length; position++)
        {
            for (int value = 0; value <= byte.MaxValue; value++)
            {
                byte[] changed = [.. golden];
                changed[position] = (byte)value;
                if (Checkpoint.Parse(changed) is CheckpointParse.Parsed parsed)
                {
                    Assert.Equal(changed, parsed.Checkpoint.Encode());
                }
            }
        }
    }

    [Fact]
    public void A_checkpoint_cannot_be_made_of_what_the_format_does_not_hold()
    {
        Digest root = new(new byte[32]);

        Assert.Throws<ArgumentOutOfRangeException>(() => new Checkpoint("a", -1, root));
        Assert.Throws<ArgumentException>(() => new Checkpoint("a", 0, root));
        Assert.Throws<ArgumentException>(() => new Checkpoint("", 1, root));
        Assert.Throws<ArgumentException>(() => new Checkpoint("a\nb", 1, root));
        Assert.Throws<ArgumentException>(() => new Checkpoint("a\ud800", 1, root));
        Assert.Throws<ArgumentException>(() => new Checkpoint("a", 1, root) { Extensions = [""] });
        Assert.Throws<ArgumentException>(() => new Checkpoint("a", 1, root) { Extensions = ["a\n"] });
    }

    [Fact]
    public void Digests_are_read_and_written_in_base64()
    {
        for (int size = 0; size < WorkedNotes.Roots.Count; size++)
        {
            Assert.True(Digest.TryParseBase64(Encoding.ASCII.GetBytes(WorkedNotes.RootsInBase64[size]), out Digest root));
            Assert.Equal(WorkedNotes.Roots[size], root.ToString());
            Assert.Equal(WorkedNotes.RootsInBase64[size], root.ToBase64());
        }
    }
}
