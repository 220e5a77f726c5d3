using System.Buffers.Binary;
using System.Text;

namespace Munshi.Ledger.Notes;

/// <summary>One signature line of a note: <c>U+2014 SP name SP base64(key id || signature) LF</c>. Compared by that line.</summary>
public sealed class NoteSignature : IEquatable<NoteSignature>
{
    private const int IdLength = 4;

    private readonly byte[] _signature;

    /// <param name="name">A key's name.</param>
    /// <param name="keyId">The key's id.</param>
    /// <param name="signature">At least one byte; of what form is a matter of the key's type.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is no key's name, or <paramref name="signature"/> is empty.</exception>
    public NoteSignature(string name, uint keyId, ReadOnlySpan<byte> signature)
    {
        if (!KeyName.IsValid(name))
        {
            throw new ArgumentException("Not a key's name.", nameof(name));
        }

        if (signature.IsEmpty)
        {
            throw new ArgumentException("A signature is not empty.", nameof(signature));
        }

        Name = name;
        KeyId = keyId;
        _signature = signature.ToArray();
    }

    public string Name { get; }

    public uint KeyId { get; }

    /// <summary>The bytes after the key id.</summary>
    public ReadOnlyMemory<byte> Signature => _signature;

    /// <summary>U+2014 and a space.</summary>
    internal static ReadOnlySpan<byte> Prefix => "— "u8;

    public bool Equals(NoteSignature? other) =>
        other is not null && Name == other.Name && KeyId == other.KeyId && _signature.AsSpan().SequenceEqual(other._signature);

    public override bool Equals(object? obj) => Equals(obj as NoteSignature);

    public override int GetHashCode() => HashCode.Combine(Name, KeyId, _signature.Length);

    /// <summary>The line, its line feed left out.</summary>
    public override string ToString()
    {
        byte[] blob = new byte[IdLength + _signature.Length];
        BinaryPrimitives.WriteUInt32BigEndian(blob, KeyId);
        _signature.CopyTo(blob.AsSpan(IdLength));
        return $"— {Name} {Convert.ToBase64String(blob)}";
    }

    internal bool IsBy(VerifierKey key) => KeyId == key.KeyId && Name == key.Name;

    /// <summary>Reads signature lines until the end.</summary>
    /// <param name="lines">Valid UTF-8 without control characters but line feeds, ended by one.</param>
    /// <param name="signatures">Gets what was read.</param>
    /// <returns>The first rule that a line breaks, or null.</returns>
    internal static string? Read(ReadOnlySpan<byte> lines, List<NoteSignature> signatures)
    {
        while (NoteText.TryTakeLine(ref lines, out ReadOnlySpan<byte> line))
        {
            if (signatures.Count == SignedNote.MaxSignatures)
            {
                return $"more than {SignedNote.MaxSignatures} signatures";
            }

            if (!line.StartsWith(Prefix))
            {
                return "a line after the text is not a signature line";
            }

            line = line[Prefix.Length..];
            int space = line.IndexOf((byte)' ');
            if (space < 0)
            {
                return "a signature line is not a name and a signature";
            }

            string name = Encoding.UTF8.GetString(line[..space]);
            if (!KeyName.IsValid(name))
            {
                return "a signature line's name is empty or holds a space or a plus";
            }

            if (!CanonicalBase64.TryDecode(line[(space + 1)..], out byte[]? blob))
            {
                return "a signature is not canonical base64";
            }

            if (blob.Length <= IdLength)
            {
                return "a signature is shorter than 5 bytes";
            }

            signatures.Add(new NoteSignature(name, BinaryPrimitives.ReadUInt32BigEndian(blob), blob.AsSpan(IdLength)));
        }

        return signatures.Count == 0 ? "no signature line" : null;
    }
}
