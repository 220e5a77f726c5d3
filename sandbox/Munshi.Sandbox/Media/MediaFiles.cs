using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Munshi.Sandbox.Media;

/// <summary>The files that media ids lead to, in memory; above 512 MB the oldest go, as Meta's do in time. Safe for concurrent use.</summary>
internal sealed class MediaFiles(IServer server, TimeProvider clock)
{
    /// <summary>How long a download address lives.</summary>
    public static readonly TimeSpan LinkLifetime = TimeSpan.FromMinutes(5);

    private const long MostBytes = 512L * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, KeptFile> _files = [];
    private readonly Queue<string> _ages = [];
    private readonly byte[] _linkKey = RandomNumberGenerator.GetBytes(32);
    private long _bytes;

    public static string NewId() => (RandomNumberGenerator.GetInt32(int.MaxValue) + 1_000_000_000_000L).ToString(CultureInfo.InvariantCulture);

    public KeptFile Keep(string id, string phoneNumberId, string name, string contentType, byte[] content)
    {
        KeptFile file = new(id, phoneNumberId, name, contentType, content, Convert.ToHexStringLower(SHA256.HashData(content)));
        lock (_gate)
        {
            _files[id] = file;
            _ages.Enqueue(id);
            _bytes += content.Length;
            while (_bytes > MostBytes && _ages.TryDequeue(out string? oldest))
            {
                _bytes -= _files.Remove(oldest, out KeptFile? gone) ? gone.Content.Length : 0;
            }
        }

        return file;
    }

    public KeptFile? Find(string id)
    {
        lock (_gate)
        {
            return _files.GetValueOrDefault(id);
        }
    }

    /// <summary>Where the file can be downloaded for five minutes, with the token.</summary>
    /// <param name="id">The file's.</param>
    /// <param name="origin">Scheme, host and port of the sandbox; null for its own.</param>
    public string Link(string id, string? origin)
    {
        string until = (clock.GetUtcNow() + LinkLifetime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        string own = origin ?? server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? SandboxHost.DefaultUrls;
        return $"{own}/whatsapp_business/attachments/?mid={id}&ext={until}&hash={Sign(id, until)}";
    }

    /// <summary>Whether the address is one of <see cref="Link"/> and has not run out.</summary>
    public bool Honours(string id, string until, string hash) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Sign(id, until)), Encoding.UTF8.GetBytes(hash))
        && long.TryParse(until, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
        && clock.GetUtcNow().ToUnixTimeSeconds() < seconds;

    public bool Remove(string id)
    {
        lock (_gate)
        {
            if (!_files.Remove(id, out KeptFile? gone))
            {
                return false;
            }

            _bytes -= gone.Content.Length;
            return true;
        }
    }

    private string Sign(string id, string until) => Convert.ToHexStringLower(HMACSHA256.HashData(_linkKey, Encoding.UTF8.GetBytes($"{id} {until}")));
}
