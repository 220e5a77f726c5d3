using System.Globalization;
using System.Security.Cryptography;
using Munshi.CommandLine;
using Munshi.Ledger;

namespace Munshi.Archives.Importing;

/// <summary>A file of lines, each ended by a line feed, read as a stream: memory holds one line.</summary>
/// <param name="path">Where it lies.</param>
/// <param name="name">As it is told of.</param>
/// <param name="longest">The longest line, in bytes.</param>
/// <param name="expected">What the whole file is held to once it was read.</param>
internal sealed class LineFile(string path, string name, int longest, Digest? expected)
{
    private const int Smallest = 64 * 1024;

    /// <summary>The file's own, once it was read to its end.</summary>
    public Digest? Hash { get; private set; }

    /// <summary>Each line without its line feed, counted from 1; a line stands until the next is asked for.</summary>
    /// <exception cref="RefusalException">The file cannot be read, is not of lines, or is not what is expected.</exception>
    public IEnumerable<(long Number, ReadOnlyMemory<byte> Line)> Read()
    {
        using FileStream file = Open();
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[Math.Min(Smallest, longest + 1)];
        int start = 0;
        int searched = 0;
        int end = 0;
        long number = 0;
        while (true)
        {
            int found = Array.IndexOf(buffer, (byte)'\n', searched, end - searched);
            if (found >= 0)
            {
                number++;
                yield return (number, buffer.AsMemory(start, found - start));
                start = searched = found + 1;
                continue;
            }

            Buffer.BlockCopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
            searched = end;
            if (end == buffer.Length)
            {
                buffer = end > longest
                    ? throw new RefusalException(string.Create(CultureInfo.InvariantCulture, $"{name}, line {number + 1}, is longer than {longest} bytes, which is more than an archive holds."))
                    : Grown(buffer);
            }

            int read = Fill(file, buffer, end);
            if (read == 0)
            {
                break;
            }

            hash.AppendData(buffer, end, read);
            end += read;
        }

        if (end > 0)
        {
            throw new RefusalException(string.Create(CultureInfo.InvariantCulture, $"{name}, line {number + 1}, does not end with a line feed: every line of an archive does."));
        }

        Hash = new Digest(hash.GetHashAndReset());
        if (expected is not null && Hash != expected)
        {
            throw new RefusalException($"{name} changed while it was read: leave the archive as it is until it is read in.");
        }
    }

    private byte[] Grown(byte[] buffer)
    {
        Array.Resize(ref buffer, (int)Math.Min(2L * buffer.Length, longest + 1L));
        return buffer;
    }

    private FileStream Open()
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new RefusalException($"{name} cannot be read: an archive has this file, readable by whoever reads it in.");
        }
    }

    private int Fill(FileStream file, byte[] buffer, int at)
    {
        try
        {
            return file.Read(buffer, at, buffer.Length - at);
        }
        catch (IOException)
        {
            throw new RefusalException($"{name} cannot be read to its end.");
        }
    }
}
