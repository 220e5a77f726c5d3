using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Munshi.Ledger.Notes;

/// <summary>A public key with its name and type: <c>name+keyid+base64(type || key)</c>, the vkey of C2SP signed-note. Compared by that text.</summary>
public sealed class VerifierKey : IEquatable<VerifierKey>
{
    private readonly byte[] _publicKey;
    private readonly string _text;

    /// <param name="name">Not empty; no Unicode space, no plus, no control character.</param>
    /// <param name="type">What the key signs.</param>
    /// <param name="publicKey">32 bytes, canonical and not of small order.</param>
    /// <exception cref="ArgumentException">One of them is not of its form.</exception>
    public VerifierKey(string name, NoteKeyType type, ReadOnlySpan<byte> publicKey)
    {
        if (!KeyName.IsValid(name))
        {
            throw new ArgumentException("Not a key's name.", nameof(name));
        }

        if (!Enum.IsDefined(type))
        {
            throw new ArgumentException("Not a key's type.", nameof(type));
        }

        if (!Ed25519.IsPublicKey(publicKey))
        {
            throw new ArgumentException("Not an Ed25519 public key.", nameof(publicKey));
        }

        Name = name;
        Type = type;
        _publicKey = publicKey.ToArray();
        KeyId = IdOf(name, type, publicKey);
        _text = $"{name}+{KeyId:x8}+{Convert.ToBase64String([(byte)type, .. publicKey])}";
    }

    public string Name { get; }

    public NoteKeyType Type { get; }

    /// <summary>The first four bytes, big-endian, of <c>SHA-256(name || LF || type || key)</c>: tells keys of one name apart and proves nothing.</summary>
    public uint KeyId { get; }

    /// <summary>32 bytes.</summary>
    public ReadOnlyMemory<byte> PublicKey => _publicKey;

    /// <summary>Any text: a canonical verifier key of a type that is verified here, or the reason why it is none.</summary>
    public static VerifierKeyParse Parse(string text)
    {
        // The key itself may hold a plus: only the first two part the fields.
        int first = text.IndexOf('+', StringComparison.Ordinal);
        int second = first < 0 ? -1 : text.IndexOf('+', first + 1);
        if (second < 0)
        {
            return Refuse("fewer than two plus signs");
        }

        string name = text[..first];
        ReadOnlySpan<char> id = text.AsSpan(first + 1, second - first - 1);
        if (!KeyName.IsValid(name))
        {
            return Refuse("the key's name is empty or holds a space or a control character");
        }

        if (!TryParseId(id, out uint keyId))
        {
            return Refuse("the key id is not 8 lower-case hexadecimal digits");
        }

        if (!CanonicalBase64.TryDecode(Encoding.UTF8.GetBytes(text[(second + 1)..]), out byte[]? payload))
        {
            return Refuse("the key is not canonical base64");
        }

        if (payload is not [(byte)NoteKeyType.Ed25519 or (byte)NoteKeyType.Cosignature, ..])
        {
            return Refuse("the key's type is neither 0x01 nor 0x04");
        }

        if (payload.Length != 1 + Ed25519.PublicKeyLength)
        {
            return Refuse("the key is not 32 bytes long");
        }

        if (!Ed25519.IsPublicKey(payload.AsSpan(1)))
        {
            return Refuse("the key is not a canonical point, or is of small order");
        }

        VerifierKey key = new(name, (NoteKeyType)payload[0], payload.AsSpan(1));
        return key.KeyId == keyId ? new VerifierKeyParse.Parsed(key) : Refuse("the key id is not that of this name and key");
    }

    public bool Equals(VerifierKey? other) => other is not null && _text == other._text;

    public override bool Equals(object? obj) => Equals(obj as VerifierKey);

    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    /// <summary>The vkey.</summary>
    public override string ToString() => _text;

    internal static bool TryParseId(ReadOnlySpan<char> text, out uint keyId)
    {
        keyId = 0;
        foreach (char digit in text)
        {
            if (!char.IsAsciiHexDigitLower(digit))
            {
                return false;
            }

            keyId = (keyId << 4) | (uint)(digit <= '9' ? digit - '0' : digit - 'a' + 10);
        }

        return text.Length == 8;
    }

    private static uint IdOf(string name, NoteKeyType type, ReadOnlySpan<byte> publicKey) =>
        BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', (byte)type, .. publicKey]));

    private static VerifierKeyParse.Refused Refuse(string reason) => new(reason);
}
