using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Munshi.WhatsApp.Exports;

namespace Munshi.WhatsApp.Tests.Exports;

/// <summary>Any bytes give records and named problems, or a refusal; never an exception.</summary>
[Collection(nameof(Alone))]
public sealed class HostileExportTests
{
    private const string Chat =
        "[13/01/21, 10:00:00] Asha: \u200EMessages and calls are end-to-end encrypted.\r\n"
        + "[13/01/21, 10:00:05] Asha: नमस्ते, saree: ₹2,400?\r\n"
        + "\u200E[13/01/21, 10:01:00] Ravi: look \u200E<attached: 00000042-PHOTO-2021-01-13-10-01-00.jpg>\r\n"
        + "[13/01/21, 10:02:00] Ravi: \u200EPOLL:\nWhich?\n\u200EOPTION: Red (\u200E2 votes)\r\n"
        + "[13/01/21, 10:03:00] \u202A+91\u00A090000\u00A000101\u202C: 6 pm \u200E<This message was edited>\r\n";

    [Fact]
    public void Random_changes_of_a_chat_never_throw()
    {
        byte[] chat = Encoding.UTF8.GetBytes(Chat);
        WalkChanged(numbers =>
        {
            byte[] changed = [.. chat];
            for (int change = 1 + numbers.Below(11); change > 0; change--)
            {
                changed = Change(changed, numbers);
            }

            return changed;
        });
    }

    [Fact]
    public void Random_changes_of_an_archive_never_throw()
    {
        byte[] archive = ExportText.Zip(("_chat.txt", Chat), ("00000042-PHOTO-2021-01-13-10-01-00.jpg", "x"));
        WalkChanged(numbers =>
        {
            byte[] changed = [.. archive];
            changed[4 + numbers.Below(changed.Length - 4)] = (byte)numbers.Below(256);
            changed[4 + numbers.Below(changed.Length - 4)] ^= (byte)(1 << numbers.Below(8));
            return numbers.Below(4) == 0 ? changed[..numbers.Below(changed.Length)] : changed;
        });
    }

    [Fact]
    public void A_huge_line_is_split_and_no_byte_of_it_is_lost()
    {
        string huge = string.Concat(Enumerable.Repeat("नमस्ते ", 200_000));

        (IReadOnlyList<ExportMessage> messages, ChatExport export) = ExportText.Read($"13/01/21, 10:00 - Asha: {huge}\n13/01/21, 10:01 - Asha: end\n");

        Assert.Equal(huge + "end", string.Concat(messages.Select(message => message.Text)));
        Assert.All(messages, message => Assert.Equal("Asha", message.From));
        Assert.Equal(ExportProblemKind.MessageSplit, Assert.Single(export.Problems).Kind);
        RawText.AssertWhole(Encoding.UTF8.GetBytes($"before\n13/01/21, 10:00 - Asha: {huge}\n{huge}\r\n\r\n13/01/21, 10:01 - Asha: end"));
    }

    [Fact]
    public void Nuls_and_broken_utf8_cost_nothing_else()
    {
        byte[] text = [.. "13/01/21, 10:00 - A: x\0y"u8, 0xFF, 0xC3, 0x28, 0xED, 0xA0, 0x80, .. "z\n13/01/21, 10:01 - B: ok\n"u8];

        (IReadOnlyList<ExportMessage> messages, ChatExport export) = ExportText.Read(text);

        Assert.Equal("x\0y\uFFFD\uFFFD(\uFFFD\uFFFD\uFFFDz", messages[0].Text);
        Assert.Equal("ok", messages[1].Text);
        Assert.Equal(new ExportProblem(ExportProblemKind.InvalidUtf8, 1, 1), Assert.Single(export.Problems));
    }

    [Theory]
    [InlineData(ExportRefusal.Empty, "")]
    [InlineData(ExportRefusal.NotAnExport, "A letter\nto nobody: hello\n")]
    [InlineData(ExportRefusal.NotAnExport, "\n")]
    [InlineData(ExportRefusal.NotText, "\u0089PNG\r\n\u001A\n\0\0\0\rIHDR")]
    [InlineData(ExportRefusal.BrokenArchive, "PK\u0003\u0004 and nothing more")]
    public void What_is_no_export_is_refused(ExportRefusal reason, string text) =>
        Assert.Equal(reason, ExportText.Refusal(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void An_archive_must_hold_one_chat()
    {
        Assert.Equal(ExportRefusal.NoChatInArchive, ExportText.Refusal(ExportText.Zip(("a.jpg", "x"))));
        Assert.Equal(ExportRefusal.NoChatInArchive, ExportText.Refusal(ExportText.Zip(("deep/WhatsApp Chat with A.txt", Chat))));
        Assert.Equal(ExportRefusal.DuplicateEntry, ExportText.Refusal(ExportText.Zip(("_chat.txt", Chat), ("_chat.txt", Chat))));
        Assert.Equal(ExportRefusal.NoChatInArchive, ExportText.Refusal(ExportText.Zip(("one.txt", Chat), ("two.txt", Chat))));
        Assert.Equal(5, ExportText.Read(ExportText.Zip(("WhatsApp Chat with A.txt", Chat), ("notes.txt", "hello"))).Messages.Count);
    }

    [Fact]
    public void A_photo_is_no_text_whatever_its_name()
    {
        SeededNumbers numbers = new(5);

        Assert.Equal(ExportRefusal.NotText, ExportText.Refusal([0xFF, 0xD8, 0xFF, 0xE0, .. Enumerable.Range(0, 70_000).Select(_ => (byte)numbers.Below(256))]));
    }

    [Fact]
    public void Decoys_beside_the_chat_are_passed_over()
    {
        Assert.Equal(5, ExportText.Read(ExportText.Zip(("_chat.txt", Chat), ("WhatsApp Chat with B.txt", Chat + Chat), ("old/_chat.txt", Chat + Chat))).Messages.Count);
        Assert.Equal(5, ExportText.Read(ExportText.Zip(("__MACOSX/_chat.txt", "x"), ("._WhatsApp Chat with A.txt", Chat + Chat), ("WhatsApp Chat with A.txt", Chat))).Messages.Count);
        Assert.Equal(5, ExportText.Read(ExportText.Zip(("WhatsApp Chat - A/_chat.txt", Chat), ("WhatsApp Chat - A/notes.txt", "hello"), ("readme.txt", "hello"))).Messages.Count);
        Assert.Equal(5, ExportText.Read(ExportText.Zip(("WhatsApp Chat with A.txt", "A title\n\n" + Chat), ("notes.txt", "hello"))).Messages.Count);
    }

    [Fact]
    public void An_archive_in_an_archive_is_told() =>
        Assert.Equal(ExportRefusal.NestedArchive, ExportText.Refusal(ExportText.Zip(("WhatsApp Chat - A.zip", "PK"), ("b.jpg", "x"))));

    [Theory]
    [InlineData("../a.jpg")]
    [InlineData("deep/../../a.jpg")]
    [InlineData("..\\a.jpg")]
    [InlineData("/etc/a.jpg")]
    [InlineData("C:\\a.jpg")]
    public void A_name_that_points_out_of_the_archive_refuses_it(string name) =>
        Assert.Equal(ExportRefusal.UnsafeName, ExportText.Refusal(ExportText.Zip(("_chat.txt", Chat), (name, "x"))));

    [Fact]
    public void Two_files_of_one_name_are_told()
    {
        (_, ChatExport export) = ExportText.Read(ExportText.Zip(("_chat.txt", Chat), ("a.jpg", "x"), ("A.JPG", "y")));

        Assert.Contains(new ExportProblem(ExportProblemKind.FilesOfOneName, 0, 1), export.Problems);
    }

    [Fact]
    public void A_torn_archive_is_damaged()
    {
        byte[] archive = ExportText.Zip(("_chat.txt", Chat), ("a.jpg", "x"));

        Assert.All(Enumerable.Range(4, archive.Length - 5), length => Assert.Equal(ExportRefusal.BrokenArchive, ExportText.Refusal(archive[..length])));
    }

    [Fact]
    public void A_text_that_claims_four_gigabytes_is_refused()
    {
        byte[] archive = ExportText.Zip(("_chat.txt", Chat));
        BinaryPrimitives.WriteUInt32LittleEndian(archive.AsSpan(Directory(archive) + 24), uint.MaxValue - 1);

        Assert.Equal(ExportRefusal.TooLarge, ExportText.Refusal(archive));
    }

    [Fact]
    public void An_archive_of_a_hundred_thousand_files_is_refused_before_its_list_is_read()
    {
        byte[] archive = ExportText.Zip(CompressionLevel.NoCompression, [("_chat.txt", Chat), .. Enumerable.Range(0, 100_000).Select(i => ($"{i}.jpg", ""))]);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal(ExportRefusal.TooManyEntries, ExportText.Refusal(archive));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1024 * 1024);
    }

    [Fact]
    public void A_damaged_text_among_the_attachments_is_no_obstacle()
    {
        byte[] archive = ExportText.Zip(("WhatsApp Chat with A.txt", Chat), ("notes.txt", "hello"));
        archive[4 + archive.AsSpan(4).IndexOf("PK\u0003\u0004"u8)] ^= 0xFF; // what stands before the second; the directory still names it

        Assert.Equal(5, ExportText.Read(archive).Messages.Count);
    }

    [Fact]
    public void The_chat_is_sought_among_the_first_hundred_texts()
    {
        (string, string)[] notes = [.. Enumerable.Range(0, 100).Select(i => ($"notes-{i}.txt", "hello"))];

        Assert.Equal(5, ExportText.Read(ExportText.Zip([.. notes[1..], ("WhatsApp Chat with A.txt", Chat)])).Messages.Count);
        Assert.Equal(ExportRefusal.NoChatInArchive, ExportText.Refusal(ExportText.Zip([.. notes, ("WhatsApp Chat with A.txt", Chat)])));
    }

    [Fact]
    public void An_archive_of_too_many_files_is_refused() =>
        Assert.Equal(
            ExportRefusal.TooManyEntries,
            ExportText.Refusal(ExportText.Zip([("_chat.txt", Chat), .. Enumerable.Range(0, ChatExport.MaxArchiveEntries).Select(i => ($"{i}.jpg", ""))])));

    [Fact]
    public void A_text_that_inflates_beyond_measure_is_refused()
    {
        byte[] bomb = ExportText.Zip(("_chat.txt", Chat + new string('a', 64 * 1024 * 1024)));

        Assert.True(bomb.Length < 128 * 1024);
        Assert.Equal(ExportRefusal.TooLarge, ExportText.Refusal(bomb));
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Optimal)]
    public void A_text_with_another_checksum_than_the_archive_names_is_damaged(CompressionLevel level)
    {
        byte[] archive = ExportText.Zip(level, ("_chat.txt", Chat), ("a.jpg", "x"));
        archive[Directory(archive) + 16] ^= 1; // APPNOTE 4.3.12: crc-32 at 16, uncompressed size at 24

        Assert.Equal(ExportRefusal.BrokenArchive, ExportText.Refusal(archive));
    }

    [Fact]
    public void A_stored_text_with_one_letter_changed_is_damaged()
    {
        byte[] archive = ExportText.Zip(CompressionLevel.NoCompression, ("_chat.txt", Chat));
        archive[archive.AsSpan().IndexOf("2,400"u8)] = (byte)'9';

        Assert.Equal(ExportRefusal.BrokenArchive, ExportText.Refusal(archive));
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression, -1, false)]
    [InlineData(CompressionLevel.NoCompression, 1, false)]
    [InlineData(CompressionLevel.Optimal, -60, false)]
    [InlineData(CompressionLevel.Optimal, -60, true)]
    [InlineData(CompressionLevel.Optimal, 60, false)]
    public void A_text_of_another_length_than_the_archive_names_is_damaged(CompressionLevel level, int longer, bool checksumOfTheCut)
    {
        byte[] text = Encoding.UTF8.GetBytes(Chat);
        byte[] archive = ExportText.Zip(level, ("_chat.txt", Chat));
        Span<byte> entry = archive.AsSpan(Directory(archive));
        BinaryPrimitives.WriteInt32LittleEndian(entry[24..], text.Length + longer);
        if (checksumOfTheCut)
        {
            byte[] cut = ExportText.Zip(level, ("_chat.txt", Encoding.UTF8.GetString(text.AsSpan(0, text.Length + longer))));
            cut.AsSpan(Directory(cut) + 16, sizeof(uint)).CopyTo(entry[16..]);
        }

        Assert.Equal(ExportRefusal.BrokenArchive, ExportText.Refusal(archive));
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Optimal)]
    public void A_whole_text_is_read_however_it_is_packed(CompressionLevel level) =>
        Assert.Equal(5, ExportText.Read(ExportText.Zip(level, ("_chat.txt", Chat))).Messages.Count);

    [Fact]
    public void A_name_that_points_out_of_the_archive_is_only_a_name()
    {
        const string Text = "13/01/21, 10:00 - A: ../../etc/passwd.pdf (file attached)\n13/01/21, 10:01 - A: gone.pdf (file attached)";
        (bool Held, bool Gone) held = ExportText.WithFile(ExportText.Zip(("_chat.txt", Text), ("passwd.pdf", "x")), path =>
        {
            using ChatExport export = Assert.IsType<ExportOpening.Opened>(ExportText.Open(path, null)).Export;
            string[] names = [.. export.Read(keepRaw: false, CancellationToken.None).Select(message => message.Attachment!)];
            Assert.Equal(["../../etc/passwd.pdf", "gone.pdf"], names);
            return (export.Holds(names[0]), export.Holds(names[1]));
        });

        Assert.Equal((true, false), held);
    }

    [Fact]
    public void Reading_holds_no_more_memory_for_a_long_file()
    {
        string line = "13/01/21, 10:00 - Asha: a message of ordinary length about a saree\n";
        byte[] text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(line, 400_000)));
        long held = ExportText.WithFile(text, path =>
        {
            using ChatExport export = Assert.IsType<ExportOpening.Opened>(ExportText.Open(path, null)).Export;
            long before = GC.GetTotalMemory(forceFullCollection: true);
            long most = 0;
            int count = 0;
            foreach (ExportMessage _ in export.Read(keepRaw: false, CancellationToken.None))
            {
                most = ++count % 100_000 == 0 ? Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before) : most;
            }

            Assert.Equal(400_000, count);
            return most;
        });

        Assert.InRange(held, long.MinValue, 4 * 1024 * 1024);
    }

    /// <summary>Each round has a seed of its own, which a failure names.</summary>
    private static void WalkChanged(Func<SeededNumbers, byte[]> change)
    {
        for (int round = 0; round < 3000; round++)
        {
            ulong seed = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong)));
            byte[] changed = change(new SeededNumbers(seed));
            try
            {
                Walk(changed);
            }
            catch (Exception thrown)
            {
                Assert.Fail($"Seed {seed}: {thrown}");
            }
        }
    }

    private static void Walk(byte[] bytes) => ExportText.WithFile(bytes, path =>
    {
        if (ExportText.Open(path, null) is ExportOpening.Opened opened)
        {
            using (opened.Export)
            {
                foreach (ExportMessage message in opened.Export.Read(keepRaw: true, CancellationToken.None))
                {
                    Assert.NotNull(message.Text);
                    _ = message.Attachment is { } name && opened.Export.Holds(name);
                }
            }
        }

        return 0;
    });

    private static int Directory(byte[] archive) => archive.AsSpan().IndexOf("PK\u0001\u0002"u8);

    private static byte[] Change(byte[] bytes, SeededNumbers numbers)
    {
        int at = numbers.Below(bytes.Length + 1);
        int length = Math.Min(numbers.Below(20), bytes.Length - at);
        byte[] part = numbers.Below(4) switch
        {
            0 => [],
            1 => [.. Enumerable.Range(0, length).Select(_ => (byte)numbers.Below(256))],
            2 => [.. bytes.AsSpan(at, length), .. bytes.AsSpan(at, length)],
            _ => [.. "\u200E<[:(\r\n"u8.ToArray().Take(length)],
        };
        return [.. bytes.AsSpan(0, at), .. part, .. bytes.AsSpan(at + length)];
    }
}
