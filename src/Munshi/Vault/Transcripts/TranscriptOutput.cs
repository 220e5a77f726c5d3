using System.Security.Cryptography;
using System.Text;
using Munshi.Ledger;

namespace Munshi.Vault.Transcripts;

/// <summary>Where a transcript's lines go: counted and hashed as they leave. Memory: the lines since the last flush. Not safe for concurrent use.</summary>
internal sealed class TranscriptOutput(Stream target) : IDisposable
{
    private const int LinesAtOnce = 64 * 1024; // characters

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly StringBuilder _lines = new();

    /// <summary>The bytes that left.</summary>
    public long Length { get; private set; }

    public void Line(Markup line) => _lines.Append(line.ToString()).Append('\n');

    /// <summary>What is of our own making and holds nothing of anybody's.</summary>
    public void Raw(string line) => _lines.Append(line).Append('\n');

    /// <summary>Lets the lines go, where there are many.</summary>
    public Task FlushSomeAsync(CancellationToken cancellationToken) => _lines.Length < LinesAtOnce ? Task.CompletedTask : FlushAsync(cancellationToken);

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(_lines.ToString());
        _lines.Clear();
        _hash.AppendData(bytes);
        Length += bytes.Length;
        await target.WriteAsync(bytes, cancellationToken);
    }

    /// <summary>SHA-256 of what left.</summary>
    public Digest Hash() => new(_hash.GetCurrentHash());

    public void Dispose() => _hash.Dispose();
}
