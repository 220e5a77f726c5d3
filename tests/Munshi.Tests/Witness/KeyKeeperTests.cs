using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Munshi.Witness;

namespace Munshi.Tests.Witness;

/// <summary>A sealed key is kept once, and destroyed for good.</summary>
public sealed class KeyKeeperTests
{
    private static readonly byte[] Sealed = [.. Enumerable.Range(0, 60).Select(i => (byte)i)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_is_kept_and_given_back_and_may_be_put_again_only_as_it_was()
    {
        await using RunningWitness witness = await RunningWitness.StartAsync();
        string secret = KeyKeeper.MakeSecret(witness.Directory, "shop");

        Assert.Equal(HttpStatusCode.NoContent, (await AskAsync(witness, HttpMethod.Put, "shop/2", secret, Sealed)).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await AskAsync(witness, HttpMethod.Put, "shop/2", secret, Sealed)).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await AskAsync(witness, HttpMethod.Put, "shop/2", secret, [9])).Status);
        await witness.RestartAsync();
        Assert.Equal((HttpStatusCode.OK, Convert.ToHexString(Sealed)), await AskAsync(witness, HttpMethod.Get, "shop/2", secret));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(witness.Directory.Keeper, "shop", "2.key")));
    }

    [Fact]
    public async Task What_was_destroyed_is_gone_from_the_disk_and_is_never_put_again()
    {
        await using RunningWitness witness = await RunningWitness.StartAsync();
        string secret = KeyKeeper.MakeSecret(witness.Directory, "shop");
        await AskAsync(witness, HttpMethod.Put, "shop/1", secret, Sealed);
        await AskAsync(witness, HttpMethod.Put, "shop/10", secret, Sealed);

        Assert.Equal(HttpStatusCode.NoContent, (await AskAsync(witness, HttpMethod.Delete, "shop/1", secret)).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await AskAsync(witness, HttpMethod.Delete, "shop/1", secret)).Status);
        await witness.RestartAsync();

        Assert.Equal(HttpStatusCode.Gone, (await AskAsync(witness, HttpMethod.Get, "shop/1", secret)).Status);
        Assert.Equal(HttpStatusCode.Gone, (await AskAsync(witness, HttpMethod.Put, "shop/1", secret, Sealed)).Status);
        (HttpStatusCode _, string list) = await AskAsync(witness, HttpMethod.Get, "shop", secret);
        Assert.Equal("""{"epochs":[{"epoch":1,"state":"destroyed"},{"epoch":10,"state":"kept"}]}""", Encoding.UTF8.GetString(Convert.FromHexString(list)));
        File.Delete(Path.Combine(witness.Directory.Keeper, "shop", "10.key"));
        Assert.DoesNotContain(
            Directory.EnumerateFiles(witness.Directory.Keeper, "*", SearchOption.AllDirectories),
            path => File.ReadAllBytes(path).AsSpan().IndexOf(Sealed.AsSpan(0, 8)) >= 0);
    }

    [Fact]
    public async Task A_destruction_that_a_kill_broke_off_is_completed_at_the_start()
    {
        await using RunningWitness witness = await RunningWitness.StartAsync();
        string secret = KeyKeeper.MakeSecret(witness.Directory, "shop");
        await AskAsync(witness, HttpMethod.Put, "shop/1", secret, Sealed);
        string folder = Path.Combine(witness.Directory.Keeper, "shop");
        await File.WriteAllBytesAsync(Path.Combine(folder, "1.destroyed"), [], Cancellation);
        await File.WriteAllBytesAsync(Path.Combine(folder, "2.key.part"), Sealed, Cancellation);

        Assert.Equal(HttpStatusCode.Gone, (await AskAsync(witness, HttpMethod.Get, "shop/1", secret)).Status);
        await witness.RestartAsync();

        Assert.Equal(["1.destroyed", "secret.sha256"], Directory.EnumerateFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Nobody_is_let_in_without_that_installations_newest_secret()
    {
        await using RunningWitness witness = await RunningWitness.StartAsync();
        string first = KeyKeeper.MakeSecret(witness.Directory, "shop");
        string secret = KeyKeeper.MakeSecret(witness.Directory, "shop");
        string other = KeyKeeper.MakeSecret(witness.Directory, "other");
        await AskAsync(witness, HttpMethod.Put, "shop/1", secret, Sealed);

        foreach (string? wrong in (string?[])[null, "", first, other, secret[..^1], secret + "0", secret.ToUpperInvariant()])
        {
            foreach (HttpMethod method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Put, HttpMethod.Delete])
            {
                Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(witness, method, "shop/1", wrong, Sealed)).Status);
            }

            Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(witness, HttpMethod.Get, "shop", wrong)).Status);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(witness, HttpMethod.Get, "nobody/1", secret)).Status);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(witness, HttpMethod.Get, "shop/1", secret)).Status);
        Assert.Equal(32, new FileInfo(Path.Combine(witness.Directory.Keeper, "shop", "secret.sha256")).Length);
        Assert.Equal(SHA256.HashData(Encoding.ASCII.GetBytes(secret)), await File.ReadAllBytesAsync(Path.Combine(witness.Directory.Keeper, "shop", "secret.sha256"), Cancellation));
    }

    [Theory]
    [InlineData("shop/0")]
    [InlineData("shop/01")]
    [InlineData("shop/-1")]
    [InlineData("shop/secret")]
    [InlineData("shop/1%2F2")]
    [InlineData("shop/1234567890123456789")]
    public async Task What_is_no_epoch_is_not_there(string path)
    {
        await using RunningWitness witness = await RunningWitness.StartAsync();
        string secret = KeyKeeper.MakeSecret(witness.Directory, "shop");

        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(witness, HttpMethod.Put, path, secret, Sealed)).Status);
    }

    [Fact]
    public async Task An_epoch_that_was_never_put_is_not_there_and_can_still_be_put()
    {
        await using RunningWitness witness = await RunningWitness.StartAsync();
        string secret = KeyKeeper.MakeSecret(witness.Directory, "shop");

        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(witness, HttpMethod.Get, "shop/3", secret)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(witness, HttpMethod.Delete, "shop/3", secret)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await AskAsync(witness, HttpMethod.Put, "shop/3", secret, [])).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await AskAsync(witness, HttpMethod.Put, "shop/3", secret, new byte[KeyKeeper.MaxLength + 1])).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await AskAsync(witness, HttpMethod.Put, "shop/3", secret, Sealed)).Status);
    }

    private static async Task<(HttpStatusCode Status, string Hex)> AskAsync(RunningWitness witness, HttpMethod method, string path, string? secret, byte[]? body = null)
    {
        using HttpRequestMessage request = new(method, $"keeper/{path}");
        if (secret is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", new AuthenticationHeaderValue("Bearer", secret).ToString());
        }

        if (body is not null && method == HttpMethod.Put)
        {
            request.Content = new ByteArrayContent(body);
        }

        using HttpResponseMessage answer = await witness.Http.SendAsync(request, Cancellation);
        return (answer.StatusCode, Convert.ToHexString(await answer.Content.ReadAsByteArrayAsync(Cancellation)));
    }
}
