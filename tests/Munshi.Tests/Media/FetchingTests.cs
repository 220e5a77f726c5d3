using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Munshi.Audit;
using Munshi.Channels;
using Munshi.Database;
using Munshi.Database.WorkQueue;
using Munshi.Keyring;
using Munshi.Media.Fetching;
using Munshi.Media.Files;
using Munshi.Tests.Postgres;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;

namespace Munshi.Tests.Media;

public sealed class FetchingTests(PostgresTemplate postgres) : IAsyncLifetime
{
    private const string Customer = "919000007801";

    /// <summary>A JPEG by its first bytes, with words that must not be found on any disk.</summary>
    private static readonly byte[] Picture = [0xff, 0xd8, 0xff, 0xe0, .. Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("canary-of-a-customers-picture ", 5000)))];

    private RunningServer _server = null!;
    private SandboxPhone _phone = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string MediaFolder => _server.Get<DataDirectory>().Media;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync(postgres, Cancellation);
        _phone = new SandboxPhone(_server, Customer);
    }

    public async ValueTask DisposeAsync()
    {
        _phone.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_customers_file_is_fetched_at_once_kept_encrypted_under_its_hash_and_committed_to()
    {
        await SendAsync();

        await StateAsync("stored");
        string file = Assert.Single(Files());
        byte[] bytes = await File.ReadAllBytesAsync(file, Cancellation);
        string hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        Assert.Equal(Path.Combine(MediaFolder, hash[..2], hash[2..4], hash), file);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal("munshi-media/1\n", Encoding.ASCII.GetString(bytes[..15]));
        Assert.Equal(
            $"image/jpeg {Picture.Length} t {hash}",
            await _server.Database.ScalarAsync<string>("SELECT concat_ws(' ', type, length, hash_was_told, encode(file_hash, 'hex')) FROM vault.media"));
        Assert.Equal(1, await _server.Database.ScalarAsync<int>("SELECT count(*)::int FROM audit.event WHERE action = 'media.stored'"));
        await VerifiesAsync();
    }

    [Fact]
    public async Task Nothing_of_a_file_lies_readable_in_the_data_directory()
    {
        await SendAsync();
        await StateAsync("stored");

        foreach (string path in Directory.EnumerateFiles(_server.Get<DataDirectory>().Root, "*", SearchOption.AllDirectories).Where(path => new FileInfo(path).Length > 0)) // an empty one may be locked
        {
            Assert.Equal(-1, (await File.ReadAllBytesAsync(path, Cancellation)).AsSpan().IndexOf("canary-of-a-customers-picture"u8));
        }

        Assert.Empty(Directory.EnumerateFiles(Path.Combine(MediaFolder, "part")));
    }

    [Theory]
    [InlineData("mediaWrongHash", "wrong-hash", 3)]
    [InlineData("mediaEndless", "wrong-length", 3)]
    [InlineData("mediaTooLarge", "too-large", 1)]
    public async Task A_file_that_is_not_what_was_announced_is_refused_with_its_reason_and_leaves_nothing(string fault, string reason, int attempts)
    {
        await _server.FaultsAsync(new Dictionary<string, bool> { [fault] = true });
        await SendAsync();

        await StateAsync($"refused {reason} {attempts}");
        Assert.Empty(Files());
        Assert.Equal(1, await _server.Database.ScalarAsync<int>("SELECT count(*)::int FROM audit.event WHERE action = 'media.refused'"));
        Assert.Equal(0, await JobsAsync());
        await VerifiesAsync();
    }

    [Fact]
    public async Task A_file_that_came_altered_once_is_fetched_again()
    {
        await _server.FaultsAsync(new { mediaWrongHash = 1 });
        await SendAsync();

        await StateAsync("stored 2");
        Assert.Single(Files());
    }

    [Fact]
    public async Task An_address_that_ran_out_is_looked_up_again_at_once()
    {
        await _server.FaultsAsync(new { mediaExpired = 1 });
        await SendAsync();

        await StateAsync("stored 1");
    }

    [Theory]
    [InlineData("mediaExpired", "not-there")]
    [InlineData("tokenRevoked", "token")]
    [InlineData("http503", "unreachable")]
    public async Task What_may_pass_is_waited_for_with_its_reason_and_the_file_comes_afterwards(string fault, string reason)
    {
        await _server.FaultsAsync(new Dictionary<string, bool> { [fault] = true });
        await SendAsync();
        await StateAsync($"wanted {reason} 1");

        await _server.FaultsAsync(new Dictionary<string, bool> { [fault] = false });
        await _server.Database.AsSuperuserAsync("UPDATE work.job SET run_at = now() WHERE kind = 'file.fetch' AND lease IS NULL");

        await StateAsync("stored");
        Assert.Equal(0, await JobsAsync());
    }

    [Fact]
    public async Task A_file_that_Meta_has_no_longer_seven_days_after_its_message_has_expired()
    {
        using MetaClient meta = new(_server.Webhook, RunningServer.AppSecret);
        JsonObject message = MetaPayload.Message(Customer, "image", new JsonObject { ["id"] = "1020304050", ["mime_type"] = "image/jpeg" });
        message["timestamp"] = MetaPayload.Seconds(TimeProvider.System.GetUtcNow().AddDays(-8));

        await meta.DeliverAsync(MetaPayload.Messages(message), Cancellation);

        await StateAsync("expired not-there 1");
        Assert.Equal(1, await _server.Database.ScalarAsync<int>("SELECT count(*)::int FROM audit.event WHERE action = 'media.expired'"));
        await VerifiesAsync();
    }

    [Fact]
    public async Task A_kill_between_keeping_a_file_and_its_row_loses_and_doubles_nothing_and_the_orphan_goes()
    {
        await _server.FaultsAsync(new { mediaExpired = true });
        await SendAsync();
        await StateAsync("wanted not-there 1");
        Guid lease = Guid.NewGuid();
        await _server.Database.AsSuperuserAsync($"UPDATE work.job SET run_at = now() + interval '1 day', lease = '{lease}', leased_until = now() + interval '1 minute' WHERE kind = 'file.fetch'");
        Guid job = await _server.Database.ScalarAsync<Guid>("SELECT id FROM work.job WHERE kind = 'file.fetch'");
        await _server.FaultsAsync(new { mediaExpired = false });

        DyingStore dying = new(_server.Get<IMediaStore>());
        using FetchMedia fetch = new(
            _server.Get<WorkspaceDatabase>(), _server.Get<JobQueue>(), _server.Get<Numbers>(), _server.Get<KeyCustodian>(), _server.Get<MediaDownload>(),
            dying, TimeProvider.System, NullLogger<FetchMedia>.Instance);
        await fetch.HandleAsync(new JobLease(_server.ClientId, job, fetch.Kind, 1, lease), Cancellation);
        string orphan = await dying.Kept.Task.WaitAsync(TimeSpan.FromMinutes(1), Cancellation);

        await StateAsync("stored");
        Assert.Equal(2, Files().Count);
        Assert.Equal(1, await _server.Database.ScalarAsync<int>("SELECT count(*)::int FROM audit.event WHERE action = 'media.stored'"));
        Assert.Equal(0, await _server.Get<MediaSweep>().SweepAsync(Cancellation));
        foreach (string file in Files())
        {
            File.SetLastWriteTimeUtc(file, TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-25));
        }

        Assert.Equal(1, await _server.Get<MediaSweep>().SweepAsync(Cancellation));
        Assert.DoesNotContain(orphan, Path.GetFileName(Assert.Single(Files())), StringComparison.Ordinal);
        await VerifiesAsync();
    }

    [Fact]
    public async Task What_a_file_was_settled_as_cannot_be_changed_and_verification_finds_who_did()
    {
        await SendAsync();
        await StateAsync("stored");

        foreach (string statement in new[] { "UPDATE vault.media SET type = 'image/png'", "UPDATE vault.media SET state = 'wanted'", "DELETE FROM vault.media", "TRUNCATE vault.media" })
        {
            await Assert.ThrowsAsync<Npgsql.PostgresException>(() => _server.Database.AsSuperuserAsync(statement));
        }

        await VerifiesAsync();
        await _server.Database.AsSuperuserAsync("ALTER TABLE vault.media DISABLE TRIGGER settled_stays; UPDATE vault.media SET file_hash = sha256('x'); ALTER TABLE vault.media ENABLE ALWAYS TRIGGER settled_stays");

        Assert.Contains(FindingKind.Ciphertext, (await ReportAsync()).Findings.Select(finding => finding.Kind));
    }

    private Task SendAsync() => _phone.SendAsync("saree.jpg", "image/jpeg", Picture, Cancellation);

    private IReadOnlyList<string> Files() => Directory.Exists(MediaFolder) ? [.. Directory.EnumerateFiles(MediaFolder, "*", SearchOption.AllDirectories)] : [];

    private Task<int> JobsAsync() => _server.Database.ScalarAsync<int>("SELECT count(*)::int FROM work.job WHERE kind = 'file.fetch'");

    /// <param name="wanted">State, reason and attempts, as far as told.</param>
    private Task StateAsync(string wanted) => Eventually.TrueAsync(async () =>
        (await _server.Database.ScalarAsync<string>("SELECT coalesce(max(concat_ws(' ', state, reason, attempts)), '') FROM vault.media")).StartsWith(wanted, StringComparison.Ordinal));

    private Task VerifiesAsync() => Eventually.TrueAsync(async () => (await ReportAsync()).IsOk);

    private Task<LedgerReport> ReportAsync() => _server.Get<LedgerVerifier>().VerifyAsync(_server.ClientId, Cancellation);

    /// <summary>Dies right after a file was kept, before anything else is done.</summary>
    private sealed class DyingStore(IMediaStore store) : IMediaStore
    {
        public TaskCompletionSource<string> Kept { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task<StagedMedia> StageAsync(CancellationToken cancellationToken) => new Dying(await store.StageAsync(cancellationToken), Kept);

        public Task<Stream?> OpenAsync(byte[] hash, CancellationToken cancellationToken) => store.OpenAsync(hash, cancellationToken);

        public IAsyncEnumerable<IReadOnlyList<byte[]>> OlderThanAsync(DateTimeOffset at, CancellationToken cancellationToken) => store.OlderThanAsync(at, cancellationToken);

        public Task RemoveAsync(byte[] hash, CancellationToken cancellationToken) => store.RemoveAsync(hash, cancellationToken);

        private sealed class Dying(StagedMedia staged, TaskCompletionSource<string> kept) : StagedMedia
        {
            public override Stream Content => staged.Content;

            public override async Task KeepAsync(byte[] hash, CancellationToken cancellationToken)
            {
                await staged.KeepAsync(hash, cancellationToken);
                kept.SetResult(Convert.ToHexStringLower(hash));
                throw new InvalidOperationException("Killed.");
            }

            public override ValueTask DisposeAsync() => staged.DisposeAsync();
        }
    }
}
