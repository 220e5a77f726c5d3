using System.Buffers;
using System.IO.Pipelines;
using Munshi.CommandLine;
using Munshi.Ledger;
using Munshi.Ledger.Merkle;

namespace Munshi.Proofs;

/// <summary>A file whose lines are the leaves of a tree: each without its line feed; what follows the last line feed is a leaf unless it is empty.</summary>
internal static class LeafFile
{
    private const int LongestLine = 16 * 1024 * 1024;

    /// <summary>The leaves' hashes, streamed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isHex">Whether a line is its leaf in hexadecimal digits.</param>
    /// <param name="cancellationToken">Honoured between reads.</param>
    /// <exception cref="RefusalException">The file cannot be read, or has a line that is too long or no hexadecimal.</exception>
    public static async IAsyncEnumerable<Digest> ReadAsync(
        string path, bool isHex, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using Stream stream = Open(path);
        PipeReader reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 64 * 1024));
        long line = 1;
        while (true)
        {
            ReadResult read = await reader.ReadAsync(cancellationToken);
            ReadOnlySequence<byte> rest = read.Buffer;
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                yield return Hash(rest.Slice(0, end), isHex, line++);
                rest = rest.Slice(rest.GetPosition(1, end));
            }

            if (rest.Length > LongestLine)
            {
                throw new RefusalException($"Line {line} is longer than 16 MiB.");
            }

            if (read.IsCompleted)
            {
                if (!rest.IsEmpty)
                {
                    yield return Hash(rest, isHex, line);
                }

                yield break;
            }

            reader.AdvanceTo(rest.Start, rest.End);
        }
    }

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RefusalException($"The file {path} could not be read.");
        }
    }

    private static Digest Hash(ReadOnlySequence<byte> line, bool isHex, long number)
    {
        byte[] bytes = line.ToArray();
        if (!isHex)
        {
            return TreeHash.OfLeaf(bytes);
        }

        byte[] leaf = new byte[bytes.Length / 2];
        return bytes.Length % 2 == 0 && Convert.FromHexString(bytes, leaf, out _, out _) == OperationStatus.Done
            ? TreeHash.OfLeaf(leaf)
            : throw new RefusalException($"Line {number} is not an even number of hexadecimal digits.");
    }
}
