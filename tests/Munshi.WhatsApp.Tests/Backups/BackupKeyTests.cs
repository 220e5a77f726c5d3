using System.Text;
using Munshi.WhatsApp.Backups;
using Munshi.WhatsApp.Tests.Backups.Making;

namespace Munshi.WhatsApp.Tests.Backups;

public sealed class BackupKeyTests
{
    private static readonly BackupHeader Header = new(1, BackupKind.Crypt15, new byte[16], [], []);

    /// <summary>By two HMACs in Python.</summary>
    private const string Derived = "d44f47a5e7d390c365ea62ece489a5418f2ef9907e0383cd49766d1b819769dc";

    public static TheoryData<string> Writings =>
    [
        BackupMaker.Digits,
        BackupMaker.Digits.ToUpperInvariant() + "\r\n",
        string.Join(' ', BackupMaker.Digits.Chunk(4).Select(group => new string(group))),
        string.Join('-', BackupMaker.Digits.Chunk(8).Select(group => new string(group))),
        "\uFEFF" + BackupMaker.Digits.Insert(32, "\n"),
    ];

    [Theory]
    [MemberData(nameof(Writings))]
    public void The_digits_are_read_however_they_were_written_down(string digits) => Assert.Equal(Derived, WorkingKey(Encoding.UTF8.GetBytes(digits)));

    [Fact]
    public void The_key_file_of_the_phone_is_the_same_key() => Assert.Equal(Derived, WorkingKey(BackupMaker.KeyFile));

    [Fact]
    public void What_is_no_key_gives_none()
    {
        byte[] unlikeItsHash = BackupMaker.AppKeyFile;
        unlikeItsHash[27 + 60] ^= 1;
        byte[][] files =
        [
            [], "0123"u8.ToArray(), Encoding.ASCII.GetBytes(BackupMaker.Digits[1..]), Encoding.ASCII.GetBytes(BackupMaker.Digits + "0"), Encoding.ASCII.GetBytes(new string('z', 64)),
            BackupMaker.KeyFile[..^1], [.. BackupMaker.KeyFile, 0], unlikeItsHash, [.. new byte[5000]], Encoding.ASCII.GetBytes(BackupMaker.Digits + new string('\n', 5000)),
        ];

        Assert.All(files, file => Assert.Null(BackupKey.Read(new MemoryStream(file))));
    }

    [Fact]
    public void A_disposed_key_is_gone()
    {
        BackupKey key = BackupKey.Read(new MemoryStream(BackupMaker.KeyFile))!;
        byte[] before = new byte[32];
        byte[] after = new byte[32];

        key.Derive(Header, before);
        key.Dispose();
        key.Derive(Header, after);

        Assert.NotEqual(before, after);
        Assert.Equal(nameof(BackupKey), key.ToString());
    }

    private static string WorkingKey(byte[] file)
    {
        byte[] working = new byte[32];
        using BackupKey key = BackupKey.Read(new MemoryStream(file))!;
        Assert.Null(key.Derive(Header, working));
        return Convert.ToHexStringLower(working);
    }
}
