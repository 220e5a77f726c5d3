using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;

namespace Munshi.Ledger.Notes;

/// <summary>A private key with its name and type, wiped when disposed of. Signs from any thread.</summary>
public sealed class NoteSigner : IDisposable
{
    private readonly byte[] _seed;
    private bool _disposed;

    /// <param name="name">A key's name.</param>
    /// <param name="type">What it signs.</param>
    /// <param name="seed">32 bytes; copied.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is no key's name, or <paramref name="seed"/> is not 32 bytes long.</exception>
    public NoteSigner(string name, NoteKeyType type, ReadOnlySpan<byte> seed)
    {
        VerifierKey = new VerifierKey(name, type, Ed25519.PublicKey(seed));
        _seed = GC.AllocateUninitializedArray<byte>(Ed25519.SeedLength, pinned: true);
        seed.CopyTo(_seed);
    }

    public VerifierKey VerifierKey { get; }

    /// <summary>A new key.</summary>
    /// <exception cref="ArgumentException"><paramref name="name"/> is no key's name.</exception>
    public static NoteSigner Generate(string name, NoteKeyType type)
    {
        Span<byte> seed = stackalloc byte[Ed25519.SeedLength];
        RandomNumberGenerator.Fill(seed);
        try
        {
            return new NoteSigner(name, type, seed);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    /// <summary>Reads <c>PRIVATE+KEY+name+keyid+base64(type || seed)</c>, as Go's <c>sumdb/note</c> writes it. Any bytes are an answer.</summary>
    /// <param name="privateKey">UTF-8, no line feed.</param>
    public static NoteSignerParse Parse(ReadOnlySpan<byte> privateKey)
    {
        byte[] payload = [];
        try
        {
            ReadOnlySpan<byte> rest = privateKey;
            if (!TryTakeField(ref rest, out ReadOnlySpan<byte> first) || !first.SequenceEqual("PRIVATE"u8)
                || !TryTakeField(ref rest, out ReadOnlySpan<byte> second) || !second.SequenceEqual("KEY"u8)
                || !TryTakeField(ref rest, out ReadOnlySpan<byte> nameField)
                || !TryTakeField(ref rest, out ReadOnlySpan<byte> id))
            {
                return Refuse("not of the form PRIVATE+KEY+name+keyid+key");
            }

            string name = Encoding.UTF8.GetString(nameField);
            if (!Utf8.IsValid(nameField) || !KeyName.IsValid(name))
            {
                return Refuse("the key's name is empty or holds a space or a control character");
            }

            if (!VerifierKey.TryParseId(Encoding.UTF8.GetString(id), out uint keyId))
            {
                return Refuse("the key id is not 8 lower-case hexadecimal digits");
            }

            if (!CanonicalBase64.TryDecode(rest, out byte[]? decoded))
            {
                return Refuse("the key is not canonical base64");
            }

            payload = decoded;
            if (payload is not [(byte)NoteKeyType.Ed25519 or (byte)NoteKeyType.Cosignature, ..])
            {
                return Refuse("the key's type is neither 0x01 nor 0x04");
            }

            if (payload.Length != 1 + Ed25519.SeedLength)
            {
                return Refuse("the seed is not 32 bytes long");
            }

            NoteSigner signer = new(name, (NoteKeyType)payload[0], payload.AsSpan(1));
            if (signer.VerifierKey.KeyId == keyId)
            {
                return new NoteSignerParse.Parsed(signer);
            }

            signer.Dispose();
            return Refuse("the key id is not that of this name and key");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(payload);
        }
    }

    /// <summary>The same key under another name: another log's of the same owner.</summary>
    /// <exception cref="ArgumentException"><paramref name="name"/> is no key's name.</exception>
    public NoteSigner As(string name) => new(name, VerifierKey.Type, Seed());

    /// <summary>A line under a text.</summary>
    /// <param name="text">A note's text, its last line feed included.</param>
    /// <exception cref="InvalidOperationException">The key is not of type <see cref="NoteKeyType.Ed25519"/>.</exception>
    public NoteSignature Sign(ReadOnlySpan<byte> text)
    {
        RequireType(NoteKeyType.Ed25519);
        return Line(Ed25519.Sign(Seed(), text));
    }

    /// <summary>A note with this signature alone.</summary>
    /// <exception cref="ArgumentException"><paramref name="text"/> cannot stand in a note.</exception>
    /// <exception cref="InvalidOperationException">The key is not of type <see cref="NoteKeyType.Ed25519"/>.</exception>
    public SignedNote SignNote(ReadOnlySpan<byte> text) => SignedNote.Create(text, Sign(text));

    /// <summary>A witness's line under a checkpoint. That the log only grew is the caller's to have checked and stored before.</summary>
    /// <param name="checkpoint">What is cosigned, extension lines included.</param>
    /// <param name="timestamp">POSIX seconds, not negative.</param>
    /// <exception cref="InvalidOperationException">The key is not of type <see cref="NoteKeyType.Cosignature"/>.</exception>
    public NoteSignature Cosign(Checkpoint checkpoint, long timestamp)
    {
        RequireType(NoteKeyType.Cosignature);
        ArgumentOutOfRangeException.ThrowIfNegative(timestamp);
        return Line(Cosignature.Blob(timestamp, Ed25519.Sign(Seed(), Cosignature.Message(timestamp, checkpoint.Encode()))));
    }

    /// <summary>What <see cref="Parse"/> reads, in UTF-8: the caller's to wipe.</summary>
    public byte[] ExportPrivateKey()
    {
        string head = $"PRIVATE+KEY+{VerifierKey.Name}+{VerifierKey.KeyId:x8}+";
        byte[] payload = [(byte)VerifierKey.Type, .. Seed()];
        try
        {
            byte[] line = new byte[Encoding.UTF8.GetByteCount(head) + 44];
            int length = Encoding.UTF8.GetBytes(head, line);
            System.Buffers.Text.Base64.EncodeToUtf8(payload, line.AsSpan(length), out _, out _);
            return line;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(payload);
        }
    }

    public void Dispose()
    {
        _disposed = true;
        CryptographicOperations.ZeroMemory(_seed);
    }

    private NoteSignature Line(ReadOnlySpan<byte> signature) => new(VerifierKey.Name, VerifierKey.KeyId, signature);

    private ReadOnlySpan<byte> Seed()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _seed;
    }

    private void RequireType(NoteKeyType type)
    {
        if (VerifierKey.Type != type)
        {
            throw new InvalidOperationException($"The key is of type {VerifierKey.Type}, not {type}.");
        }
    }

    private static bool TryTakeField(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> field)
    {
        int plus = rest.IndexOf((byte)'+');
        field = plus < 0 ? default : rest[..plus];
        rest = rest[(plus + 1)..];
        return plus >= 0;
    }

    private static NoteSignerParse.Refused Refuse(string reason) => new(reason);
}
