using System.Globalization;
using System.Text;

namespace Munshi.Ledger.Notes;

/// <summary>The bodies a witness answers <c>add-checkpoint</c> with (C2SP tlog-witness).</summary>
public static class AddCheckpointResponse
{
    /// <summary>The content type of status 409, whose body is <see cref="EncodeSize"/>'s.</summary>
    public const string SizeContentType = "text/x.tlog.size";

    /// <summary>The body of status 200: signature lines.</summary>
    /// <exception cref="ArgumentException">There are none, or more than <see cref="SignedNote.MaxSignatures"/>.</exception>
    public static byte[] Encode(IReadOnlyCollection<NoteSignature> lines) =>
        lines.Count is > 0 and <= SignedNote.MaxSignatures
            ? Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => $"{line}\n")))
            : throw new ArgumentException($"An answer has 1 to {SignedNote.MaxSignatures} lines.", nameof(lines));

    /// <summary>Any bytes: canonical signature lines, or the reason why they are none.</summary>
    public static CosignatureLinesParse Parse(ReadOnlySpan<byte> body)
    {
        if (body.Length > SignedNote.MaxLength)
        {
            return new CosignatureLinesParse.Refused($"longer than {SignedNote.MaxLength} bytes");
        }

        List<NoteSignature> lines = [];
        string? refusal = NoteText.Fault(body) ?? NoteSignature.Read(body, lines);
        return refusal is null ? new CosignatureLinesParse.Parsed(lines) : new CosignatureLinesParse.Refused(refusal);
    }

    /// <summary>The body of status 409: the size the witness cosigned last, in decimal, and a line feed.</summary>
    public static byte[] EncodeSize(long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        return Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{size}\n"));
    }

    /// <summary>Exactly what <see cref="EncodeSize"/> writes; anything else is refused.</summary>
    public static bool TryParseSize(ReadOnlySpan<byte> body, out long size)
    {
        size = 0;
        return body is [.., (byte)'\n'] && CanonicalDecimal.TryParse(body[..^1], out size);
    }
}
