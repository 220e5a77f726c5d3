using System.Text;

namespace Munshi.Ledger.Notes;

/// <summary>A text and the signatures under it (C2SP signed-note). A note that exists can be encoded.</summary>
public sealed class SignedNote
{
    /// <summary>The longest note, in bytes. Go's implementation reads a million.</summary>
    public const int MaxLength = 1_000_000;

    /// <summary>The most signature lines, as in Go's implementation.</summary>
    public const int MaxSignatures = 100;

    private readonly byte[] _text;

    private SignedNote(byte[] text, IReadOnlyList<NoteSignature> signatures)
    {
        _text = text;
        Signatures = signatures;
    }

    /// <summary>What is signed: UTF-8, its last line feed included, the empty line after it not.</summary>
    public ReadOnlyMemory<byte> Text => _text;

    /// <summary>1 to <see cref="MaxSignatures"/>, in the note's order.</summary>
    public IReadOnlyList<NoteSignature> Signatures { get; }

    /// <summary>Any bytes: a canonical note, or the reason why they are none.</summary>
    public static SignedNoteParse Parse(ReadOnlySpan<byte> note)
    {
        if (note.Length > MaxLength)
        {
            return new SignedNoteParse.Refused($"longer than {MaxLength} bytes");
        }

        if (NoteText.Fault(note) is { } fault)
        {
            return new SignedNoteParse.Refused(fault);
        }

        int boundary = note.LastIndexOf("\n\n"u8);
        if (boundary < 0)
        {
            return new SignedNoteParse.Refused("no empty line between text and signatures");
        }

        List<NoteSignature> signatures = [];
        return NoteSignature.Read(note[(boundary + 2)..], signatures) is { } refusal
            ? new SignedNoteParse.Refused(refusal)
            : new SignedNoteParse.Parsed(new SignedNote(note[..(boundary + 1)].ToArray(), signatures));
    }

    /// <summary>A note with one signature.</summary>
    /// <param name="text">UTF-8 without control characters but line feeds, ended by one.</param>
    /// <param name="signature">Under the text.</param>
    /// <exception cref="ArgumentException"><paramref name="text"/> cannot stand in a note, or both together are too long.</exception>
    public static SignedNote Create(ReadOnlySpan<byte> text, NoteSignature signature) =>
        NoteText.Fault(text) is { } fault
            ? throw new ArgumentException($"The text cannot be signed: {fault}.", nameof(text))
            : new SignedNote(text.ToArray(), [signature]).RequireLength(nameof(text));

    /// <summary>A note with a signature more, at the end; a line of the same name and key id is taken out.</summary>
    /// <exception cref="ArgumentException">The note would have more than <see cref="MaxSignatures"/> signatures or <see cref="MaxLength"/> bytes.</exception>
    public SignedNote With(NoteSignature signature)
    {
        NoteSignature[] signatures =
        [
            .. Signatures.Where(line => line.KeyId != signature.KeyId || line.Name != signature.Name),
            signature,
        ];
        return signatures.Length <= MaxSignatures
            ? new SignedNote(_text, signatures).RequireLength(nameof(signature))
            : throw new ArgumentException($"A note has at most {MaxSignatures} signatures.", nameof(signature));
    }

    /// <summary>
    /// Judges each line whose name and key id are those of a known key: if one does not hold, the whole note is refused; at least one must hold.
    /// Lines of other keys are passed over, and of a key's second line nothing is said.
    /// </summary>
    public NoteVerification Verify(IEnumerable<VerifierKey> keys)
    {
        VerifierKey[] known = [.. keys.Distinct()];
        List<VerifiedSignature> verified = [];
        foreach (NoteSignature line in Signatures)
        {
            VerifierKey[] makers = [.. known.Where(line.IsBy)];
            if (makers.Length == 0)
            {
                continue;
            }

            if (makers.Length > 1)
            {
                return new NoteVerification.Refused("two of the keys share name and key id");
            }

            VerifierKey maker = makers[0];
            if (verified.Exists(signature => signature.Key.Equals(maker)))
            {
                continue;
            }

            if (Judge(maker, line) is not { } signature)
            {
                return new NoteVerification.Refused("a signature by a known key does not hold");
            }

            verified.Add(signature);
        }

        return verified.Count > 0 ? new NoteVerification.Verified(verified) : new NoteVerification.Refused("no signature by a known key");
    }

    public byte[] Encode()
    {
        using MemoryStream bytes = new();
        bytes.Write(_text);
        bytes.WriteByte((byte)'\n');
        foreach (NoteSignature signature in Signatures)
        {
            bytes.Write(Encoding.UTF8.GetBytes($"{signature}\n"));
        }

        return bytes.ToArray();
    }

    /// <summary>The encoded note.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Encode());

    private VerifiedSignature? Judge(VerifierKey key, NoteSignature line)
    {
        if (key.Type == NoteKeyType.Ed25519)
        {
            return Ed25519.Verify(key.PublicKey.Span, _text, line.Signature.Span) ? new VerifiedSignature(key, null) : null;
        }

        return Cosignature.Parse(line) is CosignatureParse.Parsed { Cosignature: { } cosignature } && cosignature.IsValid(key, _text)
            ? new VerifiedSignature(key, cosignature.Timestamp)
            : null;
    }

    private SignedNote RequireLength(string parameter) =>
        Encode().Length <= MaxLength ? this : throw new ArgumentException($"A note has at most {MaxLength} bytes.", parameter);
}
