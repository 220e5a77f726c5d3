using System.Buffers.Binary;
using System.Globalization;
using Munshi.Database;

namespace Munshi.Audit.Checkpoints;

/// <summary>The leaves of all logs outside the database, so that a restore can put back what a backup is too old for. Leaves hold no payload.</summary>
/// <remarks>
/// Segments <c>{time}.leaves</c> in the order of their names: each leaf as its length in two bytes, big-endian, and its bytes. Every
/// process begins a segment of its own; a record torn by a crash, or the zeros that it left, are the last of their segment. A leaf may stand twice. Not safe for concurrent use.
/// </remarks>
internal sealed class LeafJournal(LeafJournalLocation location, TimeProvider clock) : IDisposable
{
    private const long SegmentBytes = 64 * 1024 * 1024;
    private const int LengthBytes = 2;

    private FileStream? _segment;

    /// <summary>Durable only once <see cref="Flush"/> returns.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    public void Append(ReadOnlySpan<byte> leaf)
    {
        _segment ??= Begin();
        Span<byte> length = stackalloc byte[LengthBytes];
        BinaryPrimitives.WriteUInt16BigEndian(length, checked((ushort)leaf.Length));
        _segment.Write(length);
        _segment.Write(leaf);
    }

    /// <exception cref="IOException">The disk refused.</exception>
    public void Flush()
    {
        if (_segment is not { } segment)
        {
            return;
        }

        segment.Flush(flushToDisk: true);
        if (segment.Length > SegmentBytes)
        {
            Dispose();
        }
    }

    /// <summary>Every record in the order in which it was kept.</summary>
    public IEnumerable<KeptRecord> Read()
    {
        if (!Directory.Exists(location.Directory))
        {
            yield break;
        }

        bool isFirst = true;
        foreach (string path in Directory.EnumerateFiles(location.Directory, "*.leaves").Order(StringComparer.Ordinal))
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 64 * 1024);
            string segment = Path.GetFileName(path);
            byte[] length = new byte[LengthBytes];
            long content = -1; // where the zeros end that were read on through last
            for (long offset = 0; stream.ReadAtLeast(length, LengthBytes, throwOnEndOfStream: false) == LengthBytes; offset = stream.Position)
            {
                byte[] leaf = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
                if (stream.ReadAtLeast(leaf, leaf.Length, throwOnEndOfStream: false) < leaf.Length)
                {
                    break;
                }

                if (leaf.Length == 0 && stream.Position > content)
                {
                    if (NextContent(stream) is not { } next)
                    {
                        break;
                    }

                    content = next;
                }

                yield return new KeptRecord(segment, offset, isFirst, leaf);
                isFirst = false;
            }

            isFirst = stream.Length <= SegmentBytes; // else the next one is its continuation
        }
    }

    public void Dispose()
    {
        _segment?.Dispose();
        _segment = null;
    }

    /// <summary>Where something else than zeros follows; null where nothing does. Reading goes on from where it is.</summary>
    private static long? NextContent(FileStream stream)
    {
        long position = stream.Position;
        byte[] rest = new byte[64 * 1024];
        for (int read = stream.Read(rest); read > 0; read = stream.Read(rest))
        {
            if (rest.AsSpan(0, read).IndexOfAnyExcept((byte)0) is >= 0 and int at)
            {
                long content = stream.Position - read + at;
                stream.Position = position;
                return content;
            }
        }

        return null;
    }

    private FileStream Begin()
    {
        Directory.CreateDirectory(location.Directory);
        string name = clock.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmss.fffffff", CultureInfo.InvariantCulture);
        FileStream segment = new(Path.Combine(location.Directory, $"{name}.leaves"), new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.Read,
            BufferSize = 64 * 1024,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        DirectorySync.Flush(location.Directory);
        return segment;
    }
}
