using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Munshi.Keyring;
using Munshi.Media.Files;

namespace Munshi.Tests.Media;

/// <summary>The format against an implementation of its own, made from <c>docs/data-format.md</c> with the framework's HKDF and AES-GCM alone.</summary>
public sealed class MediaFormatTests
{
    private const int Chunk = 65_536;
    private const int Header = 31;

    private static readonly byte[] DataKey = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private static readonly Guid Workspace = Guid.Parse("aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee");
    private static readonly Guid Media = Guid.Parse("11112222-3333-4444-8555-666677778888");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<int> Lengths => [0, 1, Chunk - 1, Chunk, Chunk + 1, (2 * Chunk) - 1, 2 * Chunk, (3 * Chunk) + 77];

    [Theory]
    [MemberData(nameof(Lengths))]
    public async Task What_is_written_opens_by_the_published_format(int length)
    {
        byte[] plain = RandomNumberGenerator.GetBytes(length);

        (byte[] file, SealedMedia told) = await WriteAsync(plain);

        Assert.Equal(plain, Peer.Open(file, DataKey, Workspace, Media));
        Assert.Equal(SHA256.HashData(file), told.CiphertextHash);
        Assert.Equal(SHA256.HashData(plain), told.PlaintextHash);
        Assert.Equal(length, told.Bytes);
        Assert.Equal(file.Length, MediaFormat.SealedLength(length));
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public async Task A_file_of_the_published_format_is_read_whole_and_at_any_place(int length)
    {
        byte[] plain = RandomNumberGenerator.GetBytes(length);
        byte[] file = Peer.Seal(plain, DataKey, Workspace, Media, new byte[16]);
        await using MediaReader reader = await OpenAsync(file);

        Assert.Equal(length, reader.Length);
        Assert.Equal(plain, await ReadAsync(reader, 0, length));
        foreach (int from in new[] { 0, 1, Chunk - 1, Chunk, Chunk + 1, length - 1 }.Where(from => from >= 0 && from < length))
        {
            int count = Math.Min(Chunk + 3, length - from);
            Assert.Equal(plain[from..(from + count)], await ReadAsync(reader, from, count));
        }
    }

    [Fact]
    public async Task The_same_file_twice_is_not_seen_to_be_the_same()
    {
        byte[] plain = "the same words"u8.ToArray();

        (byte[] one, _) = await WriteAsync(plain);
        (byte[] other, _) = await WriteAsync(plain);

        Assert.NotEqual(one[15..31], other[15..31]);
        Assert.NotEqual(one[31..], other[31..]);
    }

    [Theory]
    [InlineData("cut off by a byte")]
    [InlineData("cut off by a chunk")]
    [InlineData("cut off after the header")]
    [InlineData("prolonged by a byte")]
    [InlineData("prolonged by a chunk")]
    [InlineData("last chunk altered")]
    [InlineData("salt altered")]
    [InlineData("magic altered")]
    [InlineData("of another workspace")]
    [InlineData("of another row")]
    [InlineData("under another key")]
    [InlineData("empty")]
    public async Task A_file_that_is_not_what_was_written_is_refused_at_once(string change)
    {
        (byte[] file, _) = await WriteAsync(RandomNumberGenerator.GetBytes((2 * Chunk) + 100));
        KeyMaterial key = new(change == "under another key" ? new byte[32] : DataKey);
        byte[] changed = change switch
        {
            "cut off by a byte" => file[..^1],
            "cut off by a chunk" => file[..(Header + (2 * (Chunk + 16)))],
            "cut off after the header" => file[..Header],
            "prolonged by a byte" => [.. file, 0],
            "prolonged by a chunk" => [.. file, .. file[^116..]],
            "last chunk altered" => Flipped(file, file.Length - 20),
            "salt altered" => Flipped(file, 20),
            "magic altered" => Flipped(file, 3),
            "empty" => [],
            _ => file,
        };

        await Assert.ThrowsAsync<MediaDamagedException>(() => MediaReader.OpenAsync(
            new MemoryStream(changed), key, change == "of another workspace" ? Media : Workspace, change == "of another row" ? Workspace : Media, Cancellation));
    }

    [Fact]
    public async Task Chunks_that_changed_places_or_came_from_another_file_are_refused_where_they_are_read()
    {
        (byte[] file, _) = await WriteAsync(RandomNumberGenerator.GetBytes((3 * Chunk) + 100));
        (byte[] other, _) = await WriteAsync(RandomNumberGenerator.GetBytes((3 * Chunk) + 100));
        int sealedChunk = Chunk + 16;
        byte[] first = file[Header..(Header + sealedChunk)];
        byte[] second = file[(Header + sealedChunk)..(Header + (2 * sealedChunk))];
        byte[] reordered = [.. file[..Header], .. second, .. first, .. file[(Header + (2 * sealedChunk))..]];
        byte[] swapped = [.. file[..Header], .. other[Header..(Header + sealedChunk)], .. file[(Header + sealedChunk)..]];

        foreach (byte[] changed in new[] { reordered, swapped, Flipped(file, Header + 5) })
        {
            await using MediaReader reader = await OpenAsync(changed);
            await Assert.ThrowsAsync<MediaDamagedException>(() => ReadAsync(reader, 10, 1));
        }
    }

    private static byte[] Flipped(byte[] file, int at)
    {
        byte[] changed = [.. file];
        changed[at] ^= 1;
        return changed;
    }

    private static async Task<(byte[] File, SealedMedia Told)> WriteAsync(byte[] plain)
    {
        using MemoryStream target = new();
        using MediaWriter writer = new(target, new KeyMaterial(DataKey), Workspace, Media);
        for (int from = 0; from < plain.Length; from += 10_007)
        {
            await writer.WriteAsync(plain.AsMemory(from, Math.Min(10_007, plain.Length - from)), Cancellation);
        }

        SealedMedia told = await writer.FinishAsync(Cancellation);
        return (target.ToArray(), told);
    }

    private static Task<MediaReader> OpenAsync(byte[] file) =>
        MediaReader.OpenAsync(new MemoryStream(file), new KeyMaterial(DataKey), Workspace, Media, Cancellation);

    private static async Task<byte[]> ReadAsync(MediaReader reader, long from, int count)
    {
        byte[] read = new byte[count];
        reader.Position = from;
        await reader.ReadExactlyAsync(read, Cancellation);
        return read;
    }

    /// <summary>Knows nothing of the product.</summary>
    private static class Peer
    {
        public static byte[] Seal(byte[] plain, byte[] dataKey, Guid workspace, Guid media, byte[] salt)
        {
            using AesGcm cipher = Cipher(dataKey, media, salt);
            List<byte> file = [.. "munshi-media/1\n"u8, .. salt];
            int chunks = Math.Max(1, (plain.Length + Chunk - 1) / Chunk);
            for (int index = 0; index < chunks; index++)
            {
                byte[] part = plain[(index * Chunk)..Math.Min(plain.Length, (index + 1) * Chunk)];
                byte[] ciphertext = new byte[part.Length];
                byte[] tag = new byte[16];
                cipher.Encrypt(Nonce(index, index == chunks - 1), part, ciphertext, tag, (byte[])[.. Bytes(workspace), .. Bytes(media)]);
                file.AddRange(ciphertext);
                file.AddRange(tag);
            }

            return [.. file];
        }

        public static byte[] Open(byte[] file, byte[] dataKey, Guid workspace, Guid media)
        {
            Assert.Equal("munshi-media/1\n", Encoding.ASCII.GetString(file[..15]));
            using AesGcm cipher = Cipher(dataKey, media, file[15..31]);
            List<byte> plain = [];
            byte[] body = file[31..];
            int chunks = (body.Length + Chunk + 15) / (Chunk + 16);
            for (int index = 0; index < chunks; index++)
            {
                byte[] part = body[(index * (Chunk + 16))..Math.Min(body.Length, (index + 1) * (Chunk + 16))];
                byte[] opened = new byte[part.Length - 16];
                cipher.Decrypt(Nonce(index, index == chunks - 1), part[..^16], part[^16..], opened, (byte[])[.. Bytes(workspace), .. Bytes(media)]);
                plain.AddRange(opened);
            }

            return [.. plain];
        }

        private static AesGcm Cipher(byte[] dataKey, Guid media, byte[] salt)
        {
            byte[] row = HKDF.DeriveKey(HashAlgorithmName.SHA256, dataKey, 32, salt: [], info: [.. Bytes(media), .. "media"u8]);
            return new AesGcm(HKDF.DeriveKey(HashAlgorithmName.SHA256, row, 32, salt, "munshi-media/1"u8.ToArray()), 16);
        }

        private static byte[] Nonce(int index, bool isLast)
        {
            byte[] nonce = new byte[12];
            BinaryPrimitives.WriteUInt64BigEndian(nonce, (ulong)index);
            nonce[11] = isLast ? (byte)1 : (byte)0;
            return nonce;
        }

        private static byte[] Bytes(Guid id) => Convert.FromHexString(id.ToString("N"));
    }
}
