using System.Security.Cryptography;
using System.Text;
using Munshi.WhatsApp.Backups;
using Munshi.WhatsApp.Tests.Backups.Making;

namespace Munshi.WhatsApp.Tests.Backups;

/// <summary>A backup opens with its key, whole or not at all.</summary>
[Collection(nameof(Alone))]
public sealed class BackupFileTests
{
    /// <summary>Made with Python's <c>cryptography</c> 48: the key of <see cref="BackupMaker.Digits"/>, nonce 0 to 15, a short header.</summary>
    private const string Foreign =
        "2b08011a120a10000102030405060708090a0b0c0d0e0f22110a09322e32362e33342e371a023030200130037fbcfbda9df20fb4d664c96e7834c603"
        + "e652bf754652f26cca0797381ee413612b781fb19d5d5e6d844316013b055518e017581ee04605bb4d053ade663a763978759718ed09c393999764";

    private static readonly byte[] Database = [.. "SQLite format 3\0"u8, .. Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 60).Select(i => $"row {i}. ")))];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;


    [Theory]
    [InlineData(true, true, true, false)]
    [InlineData(true, true, false, false)]
    [InlineData(true, false, true, false)]
    [InlineData(false, true, true, false)]
    [InlineData(false, false, false, false)]
    [InlineData(true, true, true, true)]
    [InlineData(true, false, false, true)]
    public void Every_layout_that_phones_write_opens(bool isPacked, bool hasChecksum, bool hasFeatures, bool isCrypt14)
    {
        byte[] file = new BackupMaker { IsPacked = isPacked, HasChecksum = hasChecksum, HasFeatures = hasFeatures, IsCrypt14 = isCrypt14 }.Of(Database);
        using BackupKey key = Key(isCrypt14 ? BackupMaker.AppKeyFile : BackupMaker.KeyFile);

        using BackupFile backup = Assert.IsType<BackupOpening.Opened>(BackupFile.Open(new MemoryStream(file), key, Cancellation)).Backup;

        Assert.Equal(isCrypt14 ? BackupKind.Crypt14 : BackupKind.Crypt15, backup.Kind);
        Assert.Equal(SHA256.HashData(file), backup.Hash);
        Assert.Equal(Database, Unpacked(backup));
        Assert.Equal(Database, Unpacked(backup));
    }

    [Fact]
    public void A_backup_that_another_program_encrypted_opens()
    {
        using BackupKey key = Key(Encoding.ASCII.GetBytes(BackupMaker.Digits));
        using BackupFile backup = Assert.IsType<BackupOpening.Opened>(BackupFile.Open(new MemoryStream(Convert.FromHexString(Foreign)), key, Cancellation)).Backup;

        Assert.Equal("SQLite format 3\0" + string.Concat(Enumerable.Repeat("what a phone had", 20)), Encoding.ASCII.GetString(Unpacked(backup)));
    }

    /// <summary>With Python's <c>cryptography</c> 48: key 0 to 31, nonce 100 to 115, bytes 0 to 36.</summary>
    [Fact]
    public void Encryption_written_down_from_the_specification_is_that_of_another_program()
    {
        (byte[] encrypted, byte[] tag) = SpecifiedGcm.Encrypt(Numbers(0, 32), Numbers(100, 16), Numbers(0, 37));

        Assert.Equal("d8b24152e01121dfbaf0a7824bdae26a4a604ad388faf61cdd990e7585ea19d75be0acef44e24f8323324ea71518a51dbdf0f85c80", Convert.ToHexStringLower([.. encrypted, .. tag]));
    }

    [Fact]
    public void Every_changed_byte_is_found()
    {
        byte[] file = new BackupMaker().Of(Database);
        using BackupKey key = Key(BackupMaker.KeyFile);
        for (int at = 0; at < file.Length; at++)
        {
            byte[] changed = [.. file];
            changed[at] ^= 0x04;
            Assert.IsType<BackupOpening.Refused>(BackupFile.Open(new MemoryStream(changed), key, Cancellation));
        }
    }

    [Fact]
    public void Behind_the_header_a_changed_byte_is_found_without_a_checksum_too()
    {
        byte[] file = new BackupMaker { HasChecksum = false, IsPacked = false }.Of(Database);
        using BackupKey key = Key(BackupMaker.KeyFile);
        for (int at = file.Length - Database.Length; at < file.Length; at++)
        {
            byte[] changed = [.. file];
            changed[at] ^= 0x80;
            Assert.Equal(BackupRefusal.Damaged, Refusal(changed, key));
        }
    }

    [Fact]
    public void A_file_that_was_cut_off_anywhere_is_refused()
    {
        byte[] file = new BackupMaker().Of(Database);
        using BackupKey key = Key(BackupMaker.KeyFile);

        int withoutChecksum = file.Length - 16; // all that is encrypted is there

        Assert.All(Enumerable.Range(0, file.Length).Where(length => length != withoutChecksum), length => Assert.IsType<BackupOpening.Refused>(BackupFile.Open(new MemoryStream(file, 0, length), key, Cancellation)));
        Assert.Equal(BackupRefusal.Damaged, Refusal(file[..^40], key));
        Assert.Equal(BackupRefusal.Damaged, Refusal([.. file, 0], key));
    }

    [Fact]
    public void Another_key_is_told_from_a_damaged_file()
    {
        byte[] file = new BackupMaker().Of(Database);
        using BackupKey other = Key(Encoding.ASCII.GetBytes(new string('7', 64)));
        using BackupKey appKey = Key(BackupMaker.AppKeyFile);
        using BackupKey key = Key(BackupMaker.KeyFile);
        byte[] appKeyOfAnother = BackupMaker.AppKeyFile;
        appKeyOfAnother[27 + 3] ^= 1; // its server salt
        using BackupKey otherAppKey = Key(appKeyOfAnother);

        Assert.Equal(BackupRefusal.WrongKey, Refusal(file, other));
        Assert.Equal(BackupRefusal.WrongKeyOrDamaged, Refusal(file[..^1], other));
        Assert.Equal(BackupRefusal.KeyOfOtherKind, Refusal(file, appKey));
        Assert.Equal(BackupRefusal.KeyOfOtherKind, Refusal(new BackupMaker { IsCrypt14 = true }.Of(Database), key));
        Assert.Equal(BackupRefusal.WrongKey, Refusal(new BackupMaker { IsCrypt14 = true }.Of(Database), otherAppKey));
    }

    [Fact]
    public void What_is_no_backup_of_messages_is_refused_by_what_it_is()
    {
        using BackupKey key = Key(BackupMaker.KeyFile);

        Assert.Equal(BackupRefusal.NotABackup, Refusal([], key));
        Assert.Equal(BackupRefusal.NotABackup, Refusal("a letter"u8.ToArray(), key));
        Assert.Equal(BackupRefusal.NotABackup, Refusal([.. Enumerable.Repeat((byte)0xff, 5000)], key));
        Assert.Equal(BackupRefusal.TooOld, Refusal([0, 1, 2, .. new byte[400]], key));
        Assert.Equal(BackupRefusal.OneOfSeveral, Refusal(new BackupMaker().Of("PK\u0003\u0004 an increment"u8), key));
        Assert.Equal(BackupRefusal.OneOfSeveral, Refusal(new BackupMaker { IsPacked = false, HasChecksum = false }.Of("PK\u0003\u0004 stickers, many of them"u8), key));
        Assert.Equal(BackupRefusal.NoMessages, Refusal(new BackupMaker().Of("{\"settings\":1} and so on"u8), key));
    }

    [Fact]
    public void A_bomb_is_refused_before_it_fills_the_disk()
    {
        using BackupKey key = Key(BackupMaker.KeyFile);
        using BackupFile backup = Assert.IsType<BackupOpening.Opened>(BackupFile.Open(
            new MemoryStream(new BackupMaker().Of([.. "SQLite format 3\0"u8, .. new byte[70 * 1024 * 1024]])), key, Cancellation)).Backup;
        using CountingStream disk = new();

        Assert.Equal(BackupRefusal.TooLarge, backup.Unpack(disk, Cancellation));
        Assert.InRange(disk.Written, 0, 64 * 1024 * 1024);
    }

    [Fact]
    public void Memory_does_not_grow_with_the_file()
    {
        byte[] file = new BackupMaker().Of([.. "SQLite format 3\0"u8, .. RandomNumberGenerator.GetBytes(8 * 1024 * 1024)]);
        using BackupKey key = Key(BackupMaker.KeyFile);
        using CountingStream disk = new();
        long before = GC.GetAllocatedBytesForCurrentThread();

        using BackupFile backup = Assert.IsType<BackupOpening.Opened>(BackupFile.Open(new MemoryStream(file), key, Cancellation)).Backup;
        Assert.Null(backup.Unpack(disk, Cancellation));

        Assert.Equal((8 * 1024 * 1024) + 16, disk.Written);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2 * 1024 * 1024);
    }

    [Fact]
    public void Random_bytes_behind_a_right_beginning_never_throw()
    {
        byte[] file = new BackupMaker().Of(Database);
        using BackupKey key = Key(BackupMaker.KeyFile);
        for (ulong seed = 0; seed < 500; seed++)
        {
            SeededNumbers numbers = new(seed);
            byte[] changed = [.. file[..numbers.Below(file.Length)], .. Enumerable.Range(0, numbers.Below(300)).Select(_ => (byte)numbers.Below(256))];
            Assert.IsType<BackupOpening.Refused>(BackupFile.Open(new MemoryStream(changed), key, Cancellation));
        }
    }

    [Fact]
    public void A_file_that_changes_between_the_walks_gives_no_database()
    {
        byte[] file = new BackupMaker { IsPacked = false }.Of(Database);
        using BackupKey key = Key(BackupMaker.KeyFile);
        using BackupFile backup = Assert.IsType<BackupOpening.Opened>(BackupFile.Open(new MemoryStream(file), key, Cancellation)).Backup;
        file[^100] ^= 1;

        Assert.Equal(BackupRefusal.Damaged, backup.Unpack(new CountingStream(), Cancellation));
    }

    private static byte[] Numbers(int from, int count) => [.. Enumerable.Range(from, count).Select(i => (byte)i)];

    private static BackupKey Key(byte[] file) => BackupKey.Read(new MemoryStream(file))!;

    private static BackupRefusal Refusal(byte[] file, BackupKey key) =>
        Assert.IsType<BackupOpening.Refused>(BackupFile.Open(new MemoryStream(file), key, Cancellation)).Reason;

    private static byte[] Unpacked(BackupFile backup)
    {
        using MemoryStream database = new();
        Assert.Null(backup.Unpack(database, Cancellation));
        return database.ToArray();
    }
}
