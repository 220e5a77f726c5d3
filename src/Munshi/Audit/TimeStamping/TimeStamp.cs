using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace Munshi.Audit.TimeStamping;

/// <summary>A time-stamp token (RFC 3161) over a checkpoint's note.</summary>
/// <param name="At">When the authority had it, by the authority's clock.</param>
/// <param name="Token">DER, as <c>openssl ts -verify -token_in</c> reads it.</param>
internal sealed record TimeStamp(DateTimeOffset At, byte[] Token)
{
    private const string ForTimeStamping = "1.3.6.1.5.5.7.3.8";

    /// <summary>Why a token is not one over this note; null where it is, whoever made it.</summary>
    public static string? Fault(ReadOnlyMemory<byte> token, ReadOnlySpan<byte> note)
    {
        try
        {
            return !Rfc3161TimestampToken.TryDecode(token, out Rfc3161TimestampToken? read, out int length) || length != token.Length
                ? "no time-stamp token"
                : read.VerifySignatureForData(note, out _) ? null : "a token of something else, or a signature that does not hold";
        }
        catch (CryptographicException)
        {
            return "a token that cannot be read";
        }
    }

    /// <summary>Why who made a token is not trusted for it; null where they are.</summary>
    public static string? DistrustIn(Rfc3161TimestampToken token, ReadOnlySpan<byte> note, X509Certificate2Collection trusted)
    {
        if (!token.VerifySignatureForData(note, out X509Certificate2? signer, trusted))
        {
            return "a token of something else, or a signature that does not hold";
        }

        using X509Chain chain = new();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(trusted);
        chain.ChainPolicy.ExtraStore.AddRange(token.AsSignedCms().Certificates);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority; // who is trusted need not be a root: it must be on the way
        chain.ChainPolicy.VerificationTimeIgnored = false;
        chain.ChainPolicy.VerificationTime = token.TokenInfo.Timestamp.UtcDateTime;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ForTimeStamping));
        return chain.Build(signer) && chain.ChainElements.Any(element => trusted.Any(one => one.RawDataMemory.Span.SequenceEqual(element.Certificate.RawDataMemory.Span)))
            ? null
            : "a certificate that Ledger:TimeStamping:Certificates does not lead to";
    }
}
