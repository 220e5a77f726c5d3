using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Munshi.Channels.Egress;
using Munshi.Tests.Postgres;

namespace Munshi.Tests.Channels;

public sealed class EgressGateTests(PostgresTemplate postgres) : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private EgressCounts _counts = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.CloneAsync();
        _counts = new EgressCounts(_database.Databases, TimeProvider.System, NullLogger<EgressCounts>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        _counts.Dispose();
        await _database.DisposeAsync();
    }

    // RFC 6890 and the IANA special-purpose registries; the last address of a block and the first after it where they matter.
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("0.255.255.255")]
    [InlineData("10.0.0.1")]
    [InlineData("100.64.0.1")]
    [InlineData("100.127.255.255")]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.1")]
    [InlineData("192.0.2.1")]
    [InlineData("192.88.99.1")]
    [InlineData("192.168.255.255")]
    [InlineData("198.18.0.1")]
    [InlineData("198.19.255.255")]
    [InlineData("198.51.100.1")]
    [InlineData("203.0.113.1")]
    [InlineData("224.0.0.1")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::127.0.0.1")]
    [InlineData("64:ff9b::10.0.0.1")]
    [InlineData("64:ff9b:1::1")]
    [InlineData("100::1")]
    [InlineData("2001::1")]
    [InlineData("2001:2::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:0a00:0001::1")]
    [InlineData("3fff::1")]
    [InlineData("5f00::1")]
    [InlineData("fc00::1")]
    [InlineData("fdff::1")]
    [InlineData("fe80::1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    public void An_address_that_is_no_public_host_is_private(string address) => Assert.True(EgressGate.IsPrivate(IPAddress.Parse(address)));

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("157.240.16.35")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("192.0.1.0")]
    [InlineData("198.17.255.255")]
    [InlineData("198.20.0.0")]
    [InlineData("223.255.255.255")]
    [InlineData("::ffff:157.240.16.35")]
    [InlineData("64:ff9b::157.240.16.35")]
    [InlineData("2a03:2880:f12f:83:face:b00c:0:25de")]
    [InlineData("2606:4700:4700::1111")]
    public void A_public_host_is_not_private(string address) => Assert.False(EgressGate.IsPrivate(IPAddress.Parse(address)));

    [Fact]
    public async Task A_host_that_is_not_on_the_list_is_refused_before_anything_leaves_and_counted()
    {
        using Listener listener = new();
        using HttpClient http = Client(new Uri("https://graph.facebook.com/"));

        HttpRequestException refused = await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(listener.Address, Cancellation));

        Assert.Equal(HttpRequestError.ConnectionError, refused.HttpRequestError);
        Assert.Equal(0, listener.Connections);
        Assert.Equal((0, 1), await CountAsync("none", "127.0.0.1"));
    }

    [Fact]
    public async Task A_listed_name_that_resolves_to_a_private_address_is_refused_and_counted()
    {
        using Listener listener = new();
        using HttpClient http = Client(new Uri($"http://{Dns.GetHostName()}:{listener.Address.Port}/"));

        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync($"http://{Dns.GetHostName()}:{listener.Address.Port}/", Cancellation));

        Assert.Equal(0, listener.Connections);
        Assert.Equal((0, 1), await CountAsync("none", Dns.GetHostName()));
    }

    [Fact]
    public async Task Loopback_is_reached_only_at_the_port_it_is_configured_with()
    {
        using Listener configured = new();
        using Listener other = new();
        using HttpClient http = Client(configured.Address);

        Assert.Equal(HttpStatusCode.Found, (await http.GetAsync(configured.Address, Cancellation)).StatusCode);
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(other.Address, Cancellation));

        Assert.Equal(0, other.Connections);
        Assert.Equal((1, 0), await CountAsync("meta", "127.0.0.1"));
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        using Listener listener = new();
        using HttpClient http = Client(listener.Address);

        HttpResponseMessage answer = await http.GetAsync(listener.Address, Cancellation);

        Assert.Equal((HttpStatusCode.Found, 1), (answer.StatusCode, listener.Connections));
    }

    private HttpClient Client(Uri listed) => new(new EgressGate([new Subprocessor("meta", listed)], _counts)) { Timeout = TimeSpan.FromSeconds(10) };

    private async Task<(long Allowed, long Refused)> CountAsync(string subprocessor, string host)
    {
        await _counts.FlushAsync(Cancellation);
        long[] counts = await _database.ScalarAsync<long[]>(
            $"SELECT array[coalesce(sum(allowed), 0), coalesce(sum(refused), 0)]::bigint[] FROM channel.egress_count WHERE subprocessor = '{subprocessor}' AND host = '{host}'");
        return (counts[0], counts[1]);
    }

    /// <summary>Answers every connection with a redirect to itself and counts them.</summary>
    private sealed class Listener : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Any, 0);
        private int _connections;

        public Listener()
        {
            _listener.Start();
            Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
            _ = AnswerAsync();
        }

        public Uri Address { get; }

        public int Connections => Volatile.Read(ref _connections);

        public void Dispose() => _listener.Dispose();

        private async Task AnswerAsync()
        {
            while (true)
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync();
                Interlocked.Increment(ref _connections);
                NetworkStream stream = client.GetStream();
                await stream.ReadAtLeastAsync(new byte[4096], 1);
                await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(
                    $"HTTP/1.1 302 Found\r\nLocation: {Address}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
            }
        }
    }
}
