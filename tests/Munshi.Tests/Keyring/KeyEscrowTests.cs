using System.Security.Cryptography;
using Munshi.Keyring;

namespace Munshi.Tests.Keyring;

public sealed class KeyEscrowTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("munshi-escrow-").FullName;
    private readonly byte[] _epochKey = RandomNumberGenerator.GetBytes(32);

    private readonly EscrowedKey[] _keys =
    [
        new(Guid.NewGuid(), RandomNumberGenerator.GetBytes(32), null),
        new(Guid.NewGuid(), RandomNumberGenerator.GetBytes(32), "installation-lookup"),
    ];

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void What_was_escrowed_is_read_again()
    {
        Escrow().Add(_keys);
        Escrow().Add([new EscrowedKey(Guid.NewGuid(), new byte[32], null)]);

        IReadOnlyList<EscrowedKey> read = Escrow().ReadAll();

        Assert.Equal(3, read.Count);
        Assert.All(_keys, key =>
        {
            EscrowedKey found = Assert.Single(read, other => other.Id == key.Id);
            Assert.Equal(key.Material, found.Material);
            Assert.Equal(key.Name, found.Name);
        });
    }

    [Fact]
    public void A_file_with_any_one_byte_changed_is_refused()
    {
        Escrow().Add(_keys);
        string file = Directory.GetFiles(_directory, "*.escrow", SearchOption.AllDirectories).Single();
        byte[] content = File.ReadAllBytes(file);

        for (int position = 0; position < content.Length; position++)
        {
            byte[] altered = [.. content];
            altered[position] ^= 1;
            File.WriteAllBytes(file, altered);
            Assert.ThrowsAny<CryptographicException>(() => Escrow().ReadAll());
        }
    }

    [Fact]
    public void A_file_under_another_name_is_refused()
    {
        Escrow().Add(_keys);
        string file = Directory.GetFiles(_directory, "*.escrow", SearchOption.AllDirectories).Single();
        File.Move(file, Path.Combine(Path.GetDirectoryName(file)!, "0.escrow"));

        Assert.ThrowsAny<CryptographicException>(() => Escrow().ReadAll());
    }

    [Fact]
    public void A_file_of_another_epoch_is_refused()
    {
        Escrow().Add(_keys);

        Assert.ThrowsAny<CryptographicException>(() => new KeyEscrow(_directory, RandomNumberGenerator.GetBytes(32)).ReadAll());
    }

    [Fact]
    public void No_key_and_no_id_stands_in_the_file()
    {
        Escrow().Add(_keys);

        byte[] content = File.ReadAllBytes(Directory.GetFiles(_directory, "*.escrow", SearchOption.AllDirectories).Single());

        Assert.All(_keys, key =>
        {
            Assert.Equal(-1, content.AsSpan().IndexOf(key.Material));
            Assert.Equal(-1, content.AsSpan().IndexOf(key.Id.ToByteArray(bigEndian: true)));
        });
    }

    private KeyEscrow Escrow() => new(_directory, _epochKey);
}
