using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Munshi.Database;
using Munshi.Ledger;
using Munshi.Ledger.Notes;

namespace Munshi.Audit.Checkpoints;

/// <summary>Whose name the checkpoints bear, the key that signs them, and the key of the heads' salts: <c>secrets/ledger-signing.key</c> and <c>secrets/ledger-heads.key</c>.</summary>
/// <remarks>Safe for concurrent use until it is disposed of.</remarks>
internal sealed class LedgerIdentity : IDisposable
{
    private const string SigningKeyFile = "ledger-signing.key";
    private const string HeadsKeyFile = "ledger-heads.key";

    private readonly NoteSigner _signer;
    private readonly byte[] _headsKey;

    private LedgerIdentity(NoteSigner signer, byte[] headsKey) => (_signer, _headsKey) = (signer, headsKey);

    /// <summary>The instance log's.</summary>
    public string Origin => VerifierKey.Name;

    /// <summary>Verifies the instance log's checkpoints.</summary>
    public VerifierKey VerifierKey => _signer.VerifierKey;

    /// <summary>A workspace log's origin under an instance log's.</summary>
    public static string OriginOf(string instance, Guid log) => $"{instance}/w/{log:D}";

    /// <summary>A workspace log's origin.</summary>
    public string OriginOf(Guid log) => OriginOf(Origin, log);

    /// <summary>The instance log's name after its leaves were lost: the first name, <c>/2</c> and so on.</summary>
    public static string NameOf(string first, int generation) =>
        generation == 1 ? first : string.Create(CultureInfo.InvariantCulture, $"{first}/{generation}");

    /// <summary>Which of its names a name is, counted from 1; null where it is none.</summary>
    public static int? GenerationOf(string first, string name) =>
        name == first ? 1
        : name.StartsWith($"{first}/", StringComparison.Ordinal)
            && int.TryParse(name.AsSpan(first.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int generation)
            && generation > 1 && name == NameOf(first, generation) ? generation
        : null;

    /// <summary>Whether a signing key is there.</summary>
    public static bool Exists(string secretsDirectory) => File.Exists(Path.Combine(secretsDirectory, SigningKeyFile));

    /// <summary>Makes both keys, durably. The origin is derived from the public key where none is wanted.</summary>
    /// <exception cref="ArgumentException"><paramref name="wantedOrigin"/> is no key's name.</exception>
    public static LedgerIdentity Create(string secretsDirectory, string? wantedOrigin)
    {
        byte[] seed = RandomNumberGenerator.GetBytes(Ed25519.SeedLength);
        byte[] headsKey = RandomNumberGenerator.GetBytes(Digest.Length);
        string origin = wantedOrigin ?? $"ledger-{Convert.ToHexStringLower(SHA256.HashData(Ed25519.PublicKey(seed)))[..16]}.munshi.invalid";
        NoteSigner signer = new(origin, NoteKeyType.Ed25519, seed);
        CryptographicOperations.ZeroMemory(seed);
        SecretFile.Write(Path.Combine(secretsDirectory, HeadsKeyFile), headsKey);
        byte[] line = signer.ExportPrivateKey();
        SecretFile.Write(Path.Combine(secretsDirectory, SigningKeyFile), line);
        CryptographicOperations.ZeroMemory(line);
        return new LedgerIdentity(signer, headsKey);
    }

    /// <exception cref="SigningRefusedException">A file is missing or damaged.</exception>
    public static LedgerIdentity Load(string secretsDirectory)
    {
        byte[] line = Read(secretsDirectory, SigningKeyFile);
        byte[] headsKey = Read(secretsDirectory, HeadsKeyFile);
        try
        {
            return NoteSigner.Parse(line) is NoteSignerParse.Parsed { Signer: { VerifierKey.Type: NoteKeyType.Ed25519 } signer } && headsKey.Length == Digest.Length
                ? new LedgerIdentity(signer, headsKey)
                : throw new SigningRefusedException("secrets/ledger-signing.key or secrets/ledger-heads.key is damaged: restore it from a backup");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(line);
        }
    }

    /// <summary>The same keys under another name of the instance log.</summary>
    public LedgerIdentity Named(string origin) => new(_signer.As(origin), [.. _headsKey]);

    /// <summary>The public key of the signing key that lies there; null where none does, or it cannot be read.</summary>
    public static VerifierKey? KeyIn(string secretsDirectory)
    {
        if (!Exists(secretsDirectory))
        {
            return null;
        }

        try
        {
            using LedgerIdentity identity = Load(secretsDirectory);
            return identity.VerifierKey;
        }
        catch (SigningRefusedException)
        {
            return null;
        }
    }

    /// <summary>A signed checkpoint, as a note.</summary>
    /// <param name="origin">The instance log's origin, or one below it.</param>
    /// <param name="size">The number of leaves.</param>
    /// <param name="root">The tree's root.</param>
    public SignedNote Sign(string origin, long size, Digest root)
    {
        using NoteSigner signer = _signer.As(origin);
        return signer.SignNote(new Checkpoint(origin, size, root).Encode());
    }

    /// <summary>A signed text that is no checkpoint.</summary>
    /// <param name="origin">The instance log's, or one below it.</param>
    /// <param name="text">UTF-8, whose second line is no number.</param>
    public SignedNote Attest(string origin, byte[] text)
    {
        using NoteSigner signer = _signer.As(origin);
        return signer.SignNote(text);
    }

    /// <summary>The key that verifies a log's checkpoints: the same for all logs, each under its log's name.</summary>
    public static VerifierKey KeyOf(VerifierKey instance, string origin) => new(origin, NoteKeyType.Ed25519, instance.PublicKey.Span);

    /// <summary>The salt of a log's head at a tick; nobody without the key can tell two of them apart.</summary>
    public byte[] Salt(Guid log, long tick) => Derive("munshi-head-salt", log, tick);

    /// <summary>What stands at a place that no log has.</summary>
    public Digest Filler(int place, long tick)
    {
        Span<byte> id = stackalloc byte[16];
        id.Clear();
        BinaryPrimitives.WriteInt32BigEndian(id, place);
        return new Digest(Derive("munshi-head-none", new Guid(id, bigEndian: true), tick));
    }

    public void Dispose()
    {
        _signer.Dispose();
        CryptographicOperations.ZeroMemory(_headsKey);
    }

    private byte[] Derive(string purpose, Guid id, long tick)
    {
        Span<byte> message = stackalloc byte[16 + 16 + sizeof(long)];
        Encoding.ASCII.GetBytes(purpose, message);
        id.TryWriteBytes(message[16..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(message[32..], tick);
        return HMACSHA256.HashData(_headsKey, message);
    }

    private static byte[] Read(string directory, string file)
    {
        string path = Path.Combine(directory, file);
        return File.Exists(path)
            ? File.ReadAllBytes(path)
            : throw new SigningRefusedException($"secrets/{file} is missing: restore it from a backup");
    }
}
