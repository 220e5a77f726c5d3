using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Munshi.Verifier;

/// <summary>Whether a time stamp (RFC 3161) that an export brings is one of its <c>instance/checkpoint</c>. Who signed it is for <c>openssl ts -verify</c>.</summary>
internal sealed class StampCheck(ExportDirectory export, Findings findings)
{
    private const string SignedData = "1.2.840.113549.1.7.2";
    private const string TimeStampInfo = "1.2.840.113549.1.9.16.1.4";
    private const string Sha256 = "2.16.840.1.101.3.4.2.1";

    /// <summary>A checkpoint without further lines, an empty one, and the log's signature.</summary>
    private const int StampedLines = 5;

    public void Run()
    {
        if (!export.Has(ExportDirectory.Stamped) && !export.Has(ExportDirectory.Stamp))
        {
            return;
        }

        if (export.Read(ExportDirectory.Stamped) is not { } stamped || export.Read(ExportDirectory.Stamp) is not { } token)
        {
            return;
        }

        if (export.Read(ExportDirectory.InstanceCheckpoint) is { } note && !stamped.AsSpan().SequenceEqual(Beginning(note)))
        {
            findings.Add(ExportDirectory.Stamped, null, FindingKind.TimeStamp, "the first five lines of instance/checkpoint", "others");
        }

        byte[] expected = SHA256.HashData(stamped);
        byte[]? found = ImprintIn(token);
        if (!expected.AsSpan().SequenceEqual(found))
        {
            findings.Add(
                ExportDirectory.Stamp, null, FindingKind.TimeStamp, $"a token over the SHA-256 {Convert.ToHexStringLower(expected)}",
                found is null ? "no token over a SHA-256" : Convert.ToHexStringLower(found));
        }
    }

    private static ReadOnlySpan<byte> Beginning(ReadOnlySpan<byte> note)
    {
        int end = 0;
        for (int line = 0; line < StampedLines; line++)
        {
            int feed = note[end..].IndexOf((byte)'\n');
            end = feed < 0 ? note.Length : end + feed + 1;
        }

        return note[..end];
    }

    /// <summary>The message imprint, or null where the bytes are no token over a SHA-256: RFC 5652, section 5.1, and RFC 3161, section 2.4.2, in DER.</summary>
    private static byte[]? ImprintIn(byte[] token)
    {
        try
        {
            AsnReader whole = new(token, AsnEncodingRules.DER);
            AsnReader content = whole.ReadSequence();
            whole.ThrowIfNotEmpty();
            if (content.ReadObjectIdentifier() != SignedData)
            {
                return null;
            }

            AsnReader signed = content.ReadSequence(Explicit).ReadSequence();
            signed.ReadIntegerBytes(); // the version
            signed.ReadEncodedValue(); // the digests' algorithms
            AsnReader encapsulated = signed.ReadSequence();
            if (encapsulated.ReadObjectIdentifier() != TimeStampInfo)
            {
                return null;
            }

            AsnReader info = new AsnReader(encapsulated.ReadSequence(Explicit).ReadOctetString(), AsnEncodingRules.DER).ReadSequence();
            bool isFirst = info.TryReadInt32(out int version) && version == 1;
            info.ReadObjectIdentifier(); // the policy
            AsnReader imprint = info.ReadSequence();
            return isFirst && imprint.ReadSequence().ReadObjectIdentifier() == Sha256 ? imprint.ReadOctetString() : null;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    private static Asn1Tag Explicit => new(TagClass.ContextSpecific, 0);
}
