using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace Munshi.Ledger.Tests;

public sealed class LedgerLeafTests
{
    [Fact]
    public void A_leaf_is_encoded_as_the_document_writes_it()
    {
        Assert.Equal(Leaves.GoldenText, Leaves.Golden.ToString());
    }

    [Fact]
    public void The_document_s_leaf_is_read_back()
    {
        Assert.Equal(new LeafParse.Parsed(Leaves.Golden), LedgerLeaf.Parse(Leaves.GoldenBytes));
    }

    [Fact]
    public void The_row_hash_is_the_one_that_sha256sum_gives()
    {
        Assert.Equal(Leaves.GoldenRowHash, LedgerLeaf.RowHash(Leaves.GoldenBytes).ToString());
    }

    [Fact]
    public async Task Sha256sum_agrees_on_a_leaf_made_at_random()
    {
        byte[] leaf = Leaves.Random().Encode();
        ProcessStartInfo start = new("sha256sum") { RedirectStandardInput = true, RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        await process.StandardInput.BaseStream.WriteAsync(new byte[] { 0x00 }, TestContext.Current.CancellationToken);
        await process.StandardInput.BaseStream.WriteAsync(leaf, TestContext.Current.CancellationToken);
        process.StandardInput.Close();

        string answer = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.Equal(answer.Split(' ')[0], LedgerLeaf.RowHash(leaf).ToString());
    }

    [Fact]
    public void Every_leaf_is_read_back_as_it_was_written()
    {
        for (int i = 0; i < 2000; i++)
        {
            LedgerLeaf leaf = Leaves.Random();

            Assert.Equal(new LeafParse.Parsed(leaf), LedgerLeaf.Parse(leaf.Encode()));
        }
    }

    [Fact]
    public void A_changed_byte_is_refused_or_is_itself_the_one_encoding_of_another_leaf()
    {
        byte[] golden = Leaves.GoldenBytes;
        for (int position = 0; position < golden.Length; position++)
        {
            for (int value = 0; value <= byte.MaxValue; value++)
            {
                byte[] changed = [.. golden];
                changed[position] = (byte)value;

                if (LedgerLeaf.Parse(changed) is LeafParse.Parsed parsed)
                {
                    Assert.Equal(changed, parsed.Leaf.Encode());
                }
            }
        }
    }

    [Fact]
    public void Every_beginning_of_a_leaf_is_refused()
    {
        byte[] golden = Leaves.GoldenBytes;

        Assert.All(Enumerable.Range(0, golden.Length), length => Assert.IsType<LeafParse.Refused>(LedgerLeaf.Parse(golden.AsSpan(0, length))));
    }

    [Fact]
    public void Random_bytes_are_refused_and_never_an_exception()
    {
        for (int i = 0; i < 2000; i++)
        {
            Assert.IsType<LeafParse.Refused>(LedgerLeaf.Parse(RandomNumberGenerator.GetBytes(RandomNumberGenerator.GetInt32(3000))));
        }
    }

    [Theory]
    [InlineData("munshi-leaf/1", "munshi-leaf/2", "the first line is not munshi-leaf/1")]
    [InlineData("munshi-leaf/1\n", "", "the first line is not munshi-leaf/1")]
    [InlineData("seq 42", "seq +42", "seq is not a canonical number")]
    [InlineData("seq 42", "seq 042", "seq is not a canonical number")]
    [InlineData("seq 42", "seq -1", "seq is not a canonical number")]
    [InlineData("seq 42", "seq ", "seq is not a canonical number")]
    [InlineData("seq 42", "seq  42", "seq is not a canonical number")]
    [InlineData("seq 42", "seq 42 ", "seq is not a canonical number")]
    [InlineData("seq 42", "seq 9223372036854775808", "seq is above 2^63-1")]
    [InlineData("seq 42", "seq 18446744073709551658", "seq is not a canonical number")]
    [InlineData("seq 42", "seq\t42", "a byte that is not printable ASCII")]
    [InlineData("seq 42", "sequence 42", "the line 'seq' is not where it belongs")]
    [InlineData("seq 42\n", "", "the line 'seq' is not where it belongs")]
    [InlineData("seq 42\n", "seq 42\r\n", "a carriage return")]
    [InlineData("seq 42\n", "seq 42\nseq 42\n", "the line 'time' is not where it belongs")]
    [InlineData("seq 42\n", "seq 42\n\n", "the line 'time' is not where it belongs")]
    [InlineData("log 6f1d", "log 6F1D", "log is not a lower-case UUID")]
    [InlineData("log 6f1d2c3b-4a59-4687-8796-a5b4c3d2e1f0", "log 6f1d2c3b4a5946878796a5b4c3d2e1f0", "log is not a lower-case UUID")]
    [InlineData("log 6f1d", "log  6f1d", "log is not a lower-case UUID")]
    [InlineData("09:30:00.123456Z", "09:30:00.123456", "time is not UTC with six decimals and Z")]
    [InlineData("09:30:00.123456Z", "09:30:00.123Z", "time is not UTC with six decimals and Z")]
    [InlineData("09:30:00.123456Z", "09:30:00.1234560Z", "time is not UTC with six decimals and Z")]
    [InlineData("09:30:00.123456Z", "09:30:00.123456z", "time is not UTC with six decimals and Z")]
    [InlineData("09:30:00.123456Z", "15:00:00.123456+05:30", "time is not UTC with six decimals and Z")]
    [InlineData("09:30:00", "24:00:00", "time is not UTC with six decimals and Z")]
    [InlineData("09:30:00", "09:30:60", "time is not UTC with six decimals and Z")]
    [InlineData("2026-11-21T", "2026-02-29T", "time is not UTC with six decimals and Z")]
    [InlineData("2026-11-21T", "0000-11-21T", "time is not UTC with six decimals and Z")]
    [InlineData("2026-11-21T", "2026-11-21 ", "time is not UTC with six decimals and Z")]
    [InlineData("actor customer:", "actor machine:", "actor is not of its form")]
    [InlineData("actor customer:0b9d8c7e", "actor customer:0B9D8C7E", "actor is not of its form")]
    [InlineData("actor customer:0b9d8c7e-6f5a-4b3c-9d2e-1f0a9b8c7d6e", "actor program:", "actor is not of its form")]
    [InlineData("action message.received", "action message", "action is not of its form")]
    [InlineData("action message.received", "action Message.received", "action is not of its form")]
    [InlineData("action message.received", "action message.received.twice", "action is not of its form")]
    [InlineData("action message.received", "action message. received", "action is not of its form")]
    [InlineData("object message:", "object message", "object is not of its form")]
    [InlineData("object message:", "object नमस्ते:", "a byte that is not printable ASCII")]
    [InlineData("commitment 000102030405060708090a0b", "commitment 000102030405060708090A0B", "commitment is neither - nor 64 lower-case hexadecimal digits")]
    [InlineData("commitment 0001", "commitment 01", "commitment is neither - nor 64 lower-case hexadecimal digits")]
    [InlineData("ciphertext -", "ciphertext ", "ciphertext is neither - nor 64 lower-case hexadecimal digits")]
    [InlineData("ciphertext -", "ciphertext --", "ciphertext is neither - nor 64 lower-case hexadecimal digits")]
    [InlineData("ciphertext -\nprevious ff", "previous ff", "the line 'ciphertext' is not where it belongs")]
    [InlineData("previous ffee", "previous FFEE", "previous is not 64 lower-case hexadecimal digits")]
    [InlineData("33221100\n", "33221100", "the line 'previous' does not end with a line feed")]
    [InlineData("33221100\n", "33221100\n\n", "more than the ten lines")]
    [InlineData("33221100\n", "33221100\nnote paid\n", "more than the ten lines")]
    public void Anything_but_the_canonical_form_is_refused_with_its_reason(string part, string instead, string reason)
    {
        string changed = Leaves.GoldenText.Replace(part, instead, StringComparison.Ordinal);
        Assert.NotEqual(Leaves.GoldenText, changed);

        Assert.Equal(new LeafParse.Refused(reason), LedgerLeaf.Parse(Encoding.UTF8.GetBytes(changed)));
    }

    [Fact]
    public void Lines_in_another_order_are_refused()
    {
        string[] lines = Leaves.GoldenText.Split('\n');
        (lines[5], lines[6]) = (lines[6], lines[5]);

        Assert.Equal(
            new LeafParse.Refused("the line 'action' is not where it belongs"),
            LedgerLeaf.Parse(Encoding.ASCII.GetBytes(string.Join('\n', lines))));
    }

    [Fact]
    public void More_than_2048_bytes_are_refused()
    {
        byte[] longer = [.. Leaves.GoldenBytes, .. Enumerable.Repeat((byte)'\n', 2049 - Leaves.GoldenBytes.Length)];

        Assert.Equal(new LeafParse.Refused("longer than 2048 bytes"), LedgerLeaf.Parse(longer));
        Assert.Equal(new LeafParse.Refused("more than the ten lines"), LedgerLeaf.Parse(longer.AsSpan(0, 2048)));
    }

    [Fact]
    public void A_leaf_cannot_be_made_of_what_the_format_does_not_hold()
    {
        Assert.Throws<ArgumentException>(() => Leaves.Golden with { Seq = -1 });
        Assert.Throws<ArgumentException>(() => Leaves.Golden with { Actor = "program:sender\nseq 7" });
        Assert.Throws<ArgumentException>(() => Leaves.Golden with { Action = "message received" });
        Assert.Throws<ArgumentException>(() => Leaves.Golden with { Target = "message:7" });
        Assert.Throws<ArgumentException>(() => Leaves.Golden with { Time = DateTimeOffset.UnixEpoch.AddTicks(1) });
    }
}
