using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Munshi.Audit;
using Munshi.Audit.Checkpoints;
using Munshi.Audit.TimeStamping;
using Munshi.CommandLine;
using Munshi.Sandbox;
using Munshi.Tests.Audit.Checkpoints;
using Munshi.Tests.Keyring;
using Munshi.Tests.Postgres;

namespace Munshi.Tests.Audit.TimeStamping;

public sealed class TimeStampingTests(PostgresTemplate postgres) : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("munshi-test-tsa-").FullName;
    private readonly WebApplication _sandbox = SandboxHost.Build(["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default", "None"]);
    private readonly HttpClient _http = new();
    private SignedDatabase _signed = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string CertificatePath => Path.Combine(_directory, "tsa.pem");

    public async ValueTask InitializeAsync()
    {
        await _sandbox.StartAsync(Cancellation);
        await File.WriteAllTextAsync(CertificatePath, await _http.GetStringAsync(new Uri($"{_sandbox.Urls.Single()}/tsa/certificate"), Cancellation), Cancellation);
        _signed = await SignedDatabase.CreateAsync(postgres);
        await _signed.FillAsync(2);
    }

    public async ValueTask DisposeAsync()
    {
        await _signed.DisposeAsync();
        await _sandbox.DisposeAsync();
        _http.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task The_newest_checkpoint_is_stamped_and_stock_openssl_verifies_the_token()
    {
        TimeStamps stamps = Stamps();

        Assert.IsType<TimeStampOutcome.Stamped>(await stamps.StampAsync(Cancellation));

        (long size, string note, byte[] token) = await StoredAsync();
        Assert.Equal(await _signed.Audited.Database.ScalarAsync<long>("SELECT max(size) FROM ledger.instance_checkpoint"), size);
        Assert.Equal((0, "Verification: OK"), await OpensslAsync(note, token));
        Assert.NotEqual(0, (await OpensslAsync(note.Replace("shop", "stop", StringComparison.Ordinal), token)).Code);
        Assert.Equal(size, (await stamps.LastAsync(Cancellation))?.Size);
        Assert.Empty((await _signed.VerifyAsync()).Findings);
    }

    [Fact]
    public async Task Nothing_is_asked_for_before_it_is_time_again()
    {
        SettableClock clock = new(TimeProvider.System.GetUtcNow());
        TimeStamps stamps = Stamps(clock: clock);
        await stamps.StampAsync(Cancellation);
        await _signed.SignAsync();

        Assert.Null(await stamps.StampAsync(Cancellation));
        clock.Now += TimeSpan.FromDays(1) + TimeSpan.FromMinutes(1);
        Assert.IsType<TimeStampOutcome.Stamped>(await stamps.StampAsync(Cancellation));
    }

    [Fact]
    public async Task An_authority_that_is_away_is_told_and_stops_no_signature()
    {
        TimeStamps stamps = Stamps(new Uri("http://127.0.0.1:9/tsa"));

        Assert.IsType<TimeStampOutcome.Failed>(await stamps.StampAsync(Cancellation));

        Assert.Equal("the authority cannot be reached", stamps.Trouble);
        Assert.IsType<TickOutcome.Published>(await _signed.SignAsync());
        await Stamps().StampAsync(Cancellation);
        Assert.NotNull(await stamps.LastAsync(Cancellation));
    }

    [Fact]
    public async Task A_token_by_another_than_the_trusted_certificate_is_not_kept()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 other = new CertificateRequest("CN=another", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        TimeStamps stamps = Stamps(trusted: [other]);

        Assert.IsType<TimeStampOutcome.Failed>(await stamps.StampAsync(Cancellation));

        Assert.Null(await stamps.LastAsync(Cancellation));
    }

    [Fact]
    public async Task Bytes_that_are_no_reply_are_a_failure_and_no_exception()
    {
        Assert.IsType<TimeStampOutcome.Failed>(await Stamps(new Uri($"{_sandbox.Urls.Single()}/tsa/certificate")).StampAsync(Cancellation)); // 405
        Assert.Equal("no time-stamp token", TimeStamp.Fault(new byte[40], "note"u8));
        Assert.Equal("no time-stamp token", TimeStamp.Fault(default, "note"u8));
    }

    [Fact]
    public async Task A_token_moved_to_another_checkpoint_or_changed_is_found_by_verification()
    {
        await Stamps().StampAsync(Cancellation);
        long size = (await StoredAsync()).Size;

        await _signed.TamperAsync("time_stamp", "UPDATE ledger.time_stamp SET size = 1");
        LedgerReport moved = await _signed.VerifyAsync();
        await _signed.TamperAsync("time_stamp", $"UPDATE ledger.time_stamp SET size = {size}, token = overlay(token placing '\\x00' from octet_length(token))");
        LedgerReport changed = await _signed.VerifyAsync();

        Assert.Equal([(0L, FindingKind.TimeStamp)], moved.Findings.Select(finding => (finding.Seq!.Value, finding.Kind)));
        Assert.Equal([(size - 1, FindingKind.TimeStamp)], changed.Findings.Select(finding => (finding.Seq!.Value, finding.Kind)));
    }

    [Theory]
    [InlineData("ftp://timestamp.example/", null, "Ledger:TimeStamping:Url")]
    [InlineData("https://user@timestamp.example/", null, "Ledger:TimeStamping:Url")]
    [InlineData("https://timestamp.example/", "00:01:00", "Ledger:TimeStamping:Every")]
    [InlineData("https://timestamp.example/", null, "Ledger:TimeStamping:Certificates")]
    public void A_setting_that_cannot_be_meant_stops_the_start_and_is_named(string url, string? every, string named)
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(
            [new("Ledger:TimeStamping:Url", url), new("Ledger:TimeStamping:Every", every), new("Ledger:TimeStamping:Certificates", "/no/such/file.pem")]).Build();

        Assert.StartsWith(named, Assert.Throws<RefusalException>(() => TimeStampingOptions.Read(configuration)).Message, StringComparison.Ordinal);
    }

    private TimeStamps Stamps(Uri? address = null, X509Certificate2Collection? trusted = null, TimeProvider? clock = null)
    {
        X509Certificate2Collection own = [];
        own.ImportFromPemFile(CertificatePath);
        TimeStampingOptions options = new(address ?? new Uri($"{_sandbox.Urls.Single()}/tsa"), trusted ?? own, TimeSpan.FromDays(1));
        return new TimeStamps(_signed.Databases, new TimeStampAuthority(options, _http), options, clock ?? TimeProvider.System);
    }

    private async Task<(long Size, string Note, byte[] Token)> StoredAsync() => Assert.Single(await _signed.RowsAsync(
        "SELECT t.size, c.note, t.token FROM ledger.time_stamp t JOIN ledger.instance_checkpoint c USING (size)",
        reader => (reader.GetInt64(0), reader.GetString(1), reader.GetFieldValue<byte[]>(2))));

    private async Task<(int Code, string Output)> OpensslAsync(string note, byte[] token)
    {
        await File.WriteAllBytesAsync(Path.Combine(_directory, "note"), Encoding.UTF8.GetBytes(note), Cancellation);
        await File.WriteAllBytesAsync(Path.Combine(_directory, "token"), token, Cancellation);
        ProcessStartInfo start = new("openssl", ["ts", "-verify", "-data", "note", "-token_in", "-in", "token", "-CAfile", "tsa.pem"])
        {
            WorkingDirectory = _directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(Cancellation);
        string output = await process.StandardOutput.ReadToEndAsync(Cancellation);
        await errors;
        await process.WaitForExitAsync(Cancellation);
        return (process.ExitCode, output.Trim());
    }
}
