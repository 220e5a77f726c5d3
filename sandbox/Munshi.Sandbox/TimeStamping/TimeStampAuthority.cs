using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Munshi.Sandbox.TimeStamping;

/// <summary>Answers with <c>openssl ts -reply</c>, under a certificate of its own that is made at each start.</summary>
internal sealed class TimeStampAuthority : IDisposable
{
    private const string Configuration =
        """
        [tsa]
        serial = serial
        default_policy = 1.2.3.4.1
        digests = sha256
        signer_digest = sha256
        ess_cert_id_alg = sha256
        accuracy = secs:1
        ordering = no
        tsa_name = no
        """;

    private readonly string _directory = Directory.CreateTempSubdirectory("munshi-sandbox-tsa-").FullName;
    private readonly SemaphoreSlim _one = new(1); // openssl keeps the serial number in a file
    private readonly Lazy<string> _certificate;

    public TimeStampAuthority(TimeProvider clock) => _certificate = new Lazy<string>(() => Make(clock.GetUtcNow()));

    /// <summary>The authority's own certificate.</summary>
    public string CertificatePem => _certificate.Value;

    public async Task<byte[]> ReplyAsync(byte[] query, CancellationToken cancellationToken)
    {
        _ = CertificatePem;
        await _one.WaitAsync(cancellationToken);
        try
        {
            await File.WriteAllBytesAsync(In("query"), query, cancellationToken);
            ProcessStartInfo start = new(
                "openssl", ["ts", "-reply", "-config", "tsa.conf", "-section", "tsa", "-queryfile", "query", "-signer", "tsa.pem", "-inkey", "tsa.key", "-out", "reply"])
            {
                WorkingDirectory = _directory,
                RedirectStandardError = true,
            };
            using Process process = Process.Start(start)!;
            await process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return await File.ReadAllBytesAsync(In("reply"), cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose()
    {
        _one.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private string Make(DateTimeOffset now)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=Sandbox time stamps, O=Not a real authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.8")], true)); // time stamping, and nothing else
        using X509Certificate2 certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(1));
        File.WriteAllText(In("tsa.conf"), Configuration);
        File.WriteAllText(In("tsa.key"), key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(In("tsa.pem"), certificate.ExportCertificatePem());
        return certificate.ExportCertificatePem();
    }

    private string In(string file) => Path.Combine(_directory, file);
}
