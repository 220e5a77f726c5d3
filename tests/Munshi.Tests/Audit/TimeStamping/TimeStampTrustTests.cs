using System.Diagnostics;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Munshi.Audit.TimeStamping;

namespace Munshi.Tests.Audit.TimeStamping;

/// <summary>An authority as they are: its certificate is not its own work. Everything is made by stock openssl.</summary>
public sealed class TimeStampTrustTests : IAsyncLifetime
{
    private const string Make =
        """
        set -e
        new="-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30"
        openssl req -x509 $new -keyout root.key -out root.pem -subj "/CN=Sample root"
        openssl req -x509 $new -keyout another.key -out another.pem -subj "/CN=Another root"
        openssl req -x509 $new -keyout impostor.key -out impostor.pem -subj "/CN=Sample root"
        openssl req $new -keyout middle.key -out middle.csr -subj "/CN=Sample certifier"
        openssl req $new -keyout authority.key -out authority.csr -subj "/CN=Sample authority"
        printf 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n' > middle.ext
        printf 'basicConstraints=CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping\n' > authority.ext
        openssl x509 -req -in middle.csr -CA root.pem -CAkey root.key -days 30 -extfile middle.ext -out middle.pem
        openssl x509 -req -in authority.csr -CA middle.pem -CAkey middle.key -days 30 -extfile authority.ext -out authority.pem
        printf '[tsa]\nserial = serial\ndefault_policy = 1.2.3.4.1\ndigests = sha256\nsigner_digest = sha256\ness_cert_id_alg = sha256\n' > tsa.conf
        printf 'note' > note
        openssl ts -query -data note -sha256 -cert -out query
        openssl ts -reply -config tsa.conf -section tsa -queryfile query -signer authority.pem -inkey authority.key -chain middle.pem -token_out -out token
        """;

    private readonly string _directory = Directory.CreateTempSubdirectory("munshi-test-trust-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        ProcessStartInfo start = new("bash", ["-c", Make]) { WorkingDirectory = _directory, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        string errors = await process.StandardError.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        Assert.True(process.ExitCode == 0, errors);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_directory, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("authority")]
    [InlineData("middle")]
    [InlineData("root")]
    public async Task The_authoritys_own_certificate_is_enough_and_so_is_that_of_whoever_certifies_it(string trusted) => Assert.Null(await DistrustAsync(trusted));

    [Theory]
    [InlineData("another")]
    [InlineData("impostor")]
    public async Task A_certificate_that_did_not_certify_the_authority_is_not_enough_whatever_its_name(string trusted) => Assert.NotNull(await DistrustAsync(trusted));

    private async Task<string?> DistrustAsync(string trusted)
    {
        X509Certificate2Collection certificates = [];
        certificates.ImportFromPemFile(Path.Combine(_directory, $"{trusted}.pem"));
        Assert.True(Rfc3161TimestampToken.TryDecode(await File.ReadAllBytesAsync(Path.Combine(_directory, "token"), Cancellation), out Rfc3161TimestampToken? token, out _));
        return TimeStamp.DistrustIn(token!, "note"u8, certificates);
    }
}
