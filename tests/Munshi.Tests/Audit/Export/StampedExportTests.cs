using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Munshi.Audit.Export;
using Munshi.Audit.TimeStamping;
using Munshi.Sandbox;
using Munshi.Tests.Audit.Checkpoints;
using Munshi.Tests.Postgres;
using Munshi.Tests.Running;

namespace Munshi.Tests.Audit.Export;

/// <summary>An export with a time stamp of the sandbox's authority.</summary>
public sealed class StampedExportTests(PostgresTemplate postgres)
{
    private const string Stamped = "instance/stamped";
    private const string Token = "instance/stamped.tst";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_verifiers_hold_the_imprint_against_the_checkpoint_and_the_documented_command_the_signature()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        using ExportedLedger exported = new(signed);
        Guid log = await signed.FillAsync(2);
        await using WebApplication sandbox = SandboxHost.Build(["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default", "None"]);
        await sandbox.StartAsync(Cancellation);
        using HttpClient http = new();
        string certificate = await http.GetStringAsync(new Uri($"{sandbox.Urls.Single()}/tsa/certificate"), Cancellation);
        TimeStampingOptions options = new(new Uri($"{sandbox.Urls.Single()}/tsa"), [X509Certificate2.CreateFromPem(certificate)], TimeSpan.FromDays(1));
        TimeStamps stamps = new(signed.Databases, new TimeStampAuthority(options, http), options, TimeProvider.System);
        Assert.IsType<TimeStampOutcome.Stamped>(await stamps.StampAsync(Cancellation));
        Assert.Empty(Assert.IsType<ExportOutcome.Written>(await exported.WriteAsync(log, "stamped")).Findings);
        string export = exported.PathOf("stamped");
        byte[] token = await File.ReadAllBytesAsync(Path.Combine(export, Token), Cancellation);
        byte[] note = await File.ReadAllBytesAsync(Path.Combine(export, Stamped), Cancellation);
        await File.WriteAllTextAsync(exported.PathOf("tsa.pem"), certificate, Cancellation);

        ProgramResult openssl = await OfflineVerifier.RunAsync("bash", ["-c", $"cd {export} && {Command(exported.PathOf("tsa.pem"))}"]);

        Assert.Equal(0, openssl.ExitCode);
        Assert.All(await OfflineVerifier.BothAsync(export), verdict => Assert.Empty(verdict.Findings));
        await ChangedAsync(export, Token, Other(token, token.AsSpan().IndexOf(System.Security.Cryptography.SHA256.HashData(note)) + 5), Token);
        await ChangedAsync(export, Token, Other(token, 0), Token);
        await ChangedAsync(export, Token, token[..40], Token);
        await ChangedAsync(export, Token, [], Token);
        await ChangedAsync(export, Token, [0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF], Token);
        await ChangedAsync(export, Stamped, Other(note, 3), Stamped, Token);
        await ChangedAsync(export, Stamped, [.. note, .. note], Stamped, Token);
        await ChangedAsync(export, Stamped, null, Stamped);
        await ChangedAsync(export, Token, null, Token);
    }

    private static async Task ChangedAsync(string export, string file, byte[]? content, params string[] named)
    {
        string path = Path.Combine(export, file);
        byte[] before = await File.ReadAllBytesAsync(path, Cancellation);
        File.Delete(path);
        if (content is not null)
        {
            await File.WriteAllBytesAsync(path, content, Cancellation);
        }

        Assert.All(await OfflineVerifier.BothAsync(export), verdict =>
        {
            Assert.Equal(1, verdict.ExitCode);
            Assert.Equal(named.Select(one => (one, (long?)null, content is null ? "file-missing" : "time-stamp")), verdict.Findings.OrderBy(finding => finding.File));
        });
        await File.WriteAllBytesAsync(path, before, Cancellation);
    }

    /// <summary>The line of <c>docs/data-format.md</c>, with the certificate's place in it.</summary>
    private static string Command(string certificate) => Assert.Single(
        File.ReadAllLines(RepositoryFiles.Path("docs/data-format.md")), line => line.StartsWith("    openssl ts -verify ", StringComparison.Ordinal))
        .Replace("AUTHORITY.pem", certificate, StringComparison.Ordinal);

    private static byte[] Other(byte[] bytes, int at) => [.. bytes[..at], (byte)(bytes[at] ^ 1), .. bytes[(at + 1)..]];
}
