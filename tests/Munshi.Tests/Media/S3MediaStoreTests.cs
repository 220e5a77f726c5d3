using System.Security.Cryptography;
using System.Text;
using Munshi.Database;
using Munshi.Keyring;
using Munshi.Media.Fetching;
using Munshi.Media.Files;
using Munshi.Tests.Postgres;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;

namespace Munshi.Tests.Media;

public sealed class S3MediaStoreTests(PostgresTemplate postgres) : IAsyncLifetime
{
    private const string Customer = "919000007901";

    private static readonly byte[] Picture = [0xff, 0xd8, 0xff, 0xe0, .. Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("canary-of-a-customers-picture ", 90_000)))];

    private S3Peer _peer = null!;
    private RunningServer _server = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(S3Peer.IsThere, "npm's s3rver is not in artifacts/peers: ./test installs it");
        _peer = await S3Peer.StartAsync();
        _server = await RunningServer.StartAsync(postgres, Cancellation, _peer.Settings);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        if (_peer is not null)
        {
            await _peer.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_customers_file_goes_into_the_store_encrypted_and_is_read_from_it_at_any_place()
    {
        using SandboxPhone phone = new(_server, Customer);
        await phone.SendAsync("saree.jpg", "image/jpeg", Picture, Cancellation);
        await Eventually.TrueAsync(async () => await _server.Database.ScalarAsync<int>("SELECT count(*)::int FROM vault.media WHERE state = 'stored'") == 1);

        byte[] stored = await File.ReadAllBytesAsync(Assert.Single(_peer.Objects), Cancellation);
        byte[] hash = await _server.Database.ScalarAsync<byte[]>("SELECT file_hash FROM vault.media");
        Assert.Equal(hash, SHA256.HashData(stored));
        Assert.Equal(-1, stored.AsSpan().IndexOf("canary"u8));
        Assert.Empty(Directory.EnumerateFiles(_server.Get<DataDirectory>().Media, "*", SearchOption.AllDirectories));

        Stream content = (await _server.Get<IMediaStore>().OpenAsync(hash, Cancellation))!;
        KeyMaterial key = _server.Get<KeyCustodian>().Get(await _server.Database.ScalarAsync<Guid>("SELECT key_id FROM vault.media"));
        await using MediaReader reader = await MediaReader.OpenAsync(content, key, _server.ClientId, await _server.Database.ScalarAsync<Guid>("SELECT id FROM vault.media"), Cancellation);
        byte[] part = new byte[1_200_000];
        reader.Position = 1_000_001;
        await reader.ReadExactlyAsync(part, Cancellation);
        Assert.Equal(Picture[1_000_001..2_200_001], part);
    }

    [Fact]
    public async Task What_no_row_names_is_swept_out_of_the_store_too()
    {
        IMediaStore store = _server.Get<IMediaStore>();
        byte[] orphan = RandomNumberGenerator.GetBytes(100);
        byte[] hash = SHA256.HashData(orphan);
        await using (StagedMedia staged = await store.StageAsync(Cancellation))
        {
            await staged.Content.WriteAsync(orphan, Cancellation);
            await staged.KeepAsync(hash, Cancellation);
        }

        Assert.Null(await store.OpenAsync(RandomNumberGenerator.GetBytes(32), Cancellation));
        Assert.Equal(0, await _server.Get<MediaSweep>().SweepAsync(Cancellation));
        List<byte[]> found = [];
        await foreach (IReadOnlyList<byte[]> batch in store.OlderThanAsync(TimeProvider.System.GetUtcNow().AddHours(1), Cancellation))
        {
            found.AddRange(batch);
        }

        Assert.Equal(hash, Assert.Single(found));
        await store.RemoveAsync(hash, Cancellation);
        Assert.Null(await store.OpenAsync(hash, Cancellation));
    }

    [Fact]
    public async Task While_the_store_is_away_a_file_waits_and_says_so()
    {
        await _peer.DisposeAsync();
        _peer = null!;
        using SandboxPhone phone = new(_server, Customer);

        await phone.SendAsync("saree.jpg", "image/jpeg", Picture, Cancellation);

        await Eventually.TrueAsync(async () => await _server.Database.ScalarAsync<int>(
            "SELECT count(*)::int FROM vault.media WHERE state = 'wanted' AND reason = 'not-kept'") == 1);
        Assert.Empty(Directory.EnumerateFiles(_server.Get<DataDirectory>().Media, "*", SearchOption.AllDirectories));
    }
}
