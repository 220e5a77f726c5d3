using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;

namespace Munshi.Sandbox.Journal;

/// <summary>The data file, JSON Lines, held by one process; nothing without <c>Sandbox:DataFile</c>. Safe for concurrent use.</summary>
/// <remarks>A line is with the operating system once appended (it survives a kill, not a power cut). An unfinished last line is cut off.</remarks>
internal sealed class JournalFile : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly FileStream? _file;

    public JournalFile(IOptions<SandboxOptions> options)
    {
        _path = options.Value.DataFile is { } path ? Path.GetFullPath(path) : "";
        if (_path.Length > 0)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            FileStreamOptions open = new() { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
            if (!OperatingSystem.IsWindows())
            {
                open.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            _file = new FileStream(_path, open);
        }
    }

    /// <summary>What the file holds, oldest first; to be read once, before the first <see cref="Append"/>.</summary>
    /// <exception cref="JournalUnreadableException">A finished line is malformed.</exception>
    public IReadOnlyList<JournalLine> Read()
    {
        List<JournalLine> lines = [];
        if (_file is null)
        {
            return lines;
        }

        byte[] bytes = new byte[_file.Length];
        _file.ReadExactly(bytes);
        ReadOnlySpan<byte> rest = bytes;
        for (int end = rest.IndexOf((byte)'\n'); end >= 0; end = rest.IndexOf((byte)'\n'))
        {
            lines.Add(Parse(rest[..end], lines.Count + 1));
            rest = rest[(end + 1)..];
        }

        _file.SetLength(bytes.Length - rest.Length);
        _file.Seek(0, SeekOrigin.End);
        return lines;
    }

    public void Append(JournalLine line)
    {
        if (_file is null)
        {
            return;
        }

        byte[] bytes = [.. JsonSerializer.SerializeToUtf8Bytes(line, Json), (byte)'\n'];
        lock (_gate)
        {
            _file.Write(bytes);
        }
    }

    public void Dispose() => _file?.Dispose();

    private JournalLine Parse(ReadOnlySpan<byte> line, int number)
    {
        try
        {
            return JsonSerializer.Deserialize<JournalLine>(line, Json) ?? throw new JournalUnreadableException(_path, number);
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            throw new JournalUnreadableException(_path, number);
        }
    }
}
