using System.Globalization;
using System.Text;
using Munshi.Database;
using Munshi.Ledger;

namespace Munshi.Audit;

/// <summary><c>checkpoints/heads.log</c>: the heads of the logs outside the database, so that a log cut short is found.</summary>
/// <remarks>
/// Only ever added to, one <see cref="RecordedHead"/> a line. A line without its line feed was torn by a crash; before the next line
/// it is closed with <c>~</c>, and readers pass over it. Format in <c>docs/data-format.md</c>. Safe for several processes.
/// </remarks>
internal sealed class HeadsFile(HeadsLocation location)
{
    private const int LongestLine = RecordedHead.MaxLength + 2;
    private const string BeginLine = "~"; // readers pass over it
    private const string LostLine = "heads lost";

    private readonly string _path = Path.Combine(location.Directory, "heads.log");
    private readonly string _lockPath = Path.Combine(location.Directory, "heads.lock"); // a lock on heads.log itself would shut out readers

    /// <summary>Whether nothing was ever written to it, or all of it is gone.</summary>
    public bool IsBlank => new FileInfo(_path) is { Exists: false } or { Length: 0 };

    /// <summary>Whether it begins with the mark that the heads before it were gone.</summary>
    public bool BeginsLost => Read().FirstOrDefault() is HeadsLine.Lost;

    /// <summary>Makes the file before the first row of the ledger, so that a blank one beside rows is a loss. Durable once it returns.</summary>
    /// <exception cref="IOException">As <see cref="Append"/>.</exception>
    public void Begin() => Write([BeginLine]);

    /// <summary>Durable, lines and file name, once it returns.</summary>
    /// <param name="heads">In the order of the lines.</param>
    /// <param name="afterLoss">Whether to mark first, in the same write, that the heads so far are gone.</param>
    /// <exception cref="IOException">Nothing, or a part that readers pass over, was written; or another process is writing.</exception>
    public void Append(IReadOnlyCollection<RecordedHead> heads, bool afterLoss = false) =>
        Write([.. afterLoss ? [LostLine] : Array.Empty<string>(), .. heads.Select(head => head.Encode())]);

    /// <summary>Puts the file aside as <c>heads-{number}.log</c> and begins another with these heads: what was recorded before was lost in a restore. Durable once it returns; may be repeated.</summary>
    /// <exception cref="IOException">Another process is writing, or the disk refused.</exception>
    public void BeginAnew(IReadOnlyCollection<RecordedHead> heads, int number)
    {
        Directory.CreateDirectory(location.Directory);
        using FileStream writing = new(_lockPath, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
        string aside = Path.Combine(location.Directory, string.Create(CultureInfo.InvariantCulture, $"heads-{number}.log"));
        if (File.Exists(_path) && !File.Exists(aside))
        {
            SecretFile.Write(aside, File.ReadAllBytes(_path));
        }

        SecretFile.Write(_path, Encoding.ASCII.GetBytes(string.Concat(heads.Select(head => $"{head.Encode()}\n").Prepend($"{BeginLine}\n"))));
    }

    private void Write(IReadOnlyCollection<string> lines)
    {
        Directory.CreateDirectory(location.Directory);
        using FileStream writing = new(_lockPath, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
        bool isNew = !File.Exists(_path);
        using (FileStream stream = new(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            StringBuilder text = new(EndsTorn(stream) ? "~\n" : "");
            foreach (string line in lines)
            {
                text.Append(line).Append('\n');
            }

            stream.Seek(0, SeekOrigin.End);
            stream.Write(Encoding.ASCII.GetBytes(text.ToString()));
            stream.Flush(flushToDisk: true);
        }

        if (isNew)
        {
            DirectorySync.Flush(location.Directory);
        }
    }

    /// <summary>The lines from the first on; none where there is no file. Torn lines are left out.</summary>
    public IEnumerable<HeadsLine> Read()
    {
        if (!File.Exists(_path))
        {
            yield break;
        }

        using FileStream stream = new(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 64 * 1024);
        byte[] line = new byte[LongestLine];
        int length = 0;
        long number = 1;
        for (int value = stream.ReadByte(); value >= 0; value = stream.ReadByte())
        {
            if (value != '\n')
            {
                line[Math.Min(length, LongestLine - 1)] = (byte)value;
                length++;
                continue;
            }

            if (RecordedHead.Parse(line.AsSpan(0, Math.Min(length, LongestLine))) is { } head)
            {
                yield return new HeadsLine.Recorded(head);
            }
            else if (line.AsSpan(0, Math.Min(length, LongestLine)).SequenceEqual(Encoding.ASCII.GetBytes(LostLine)))
            {
                yield return new HeadsLine.Lost(number);
            }
            else if (length == 0 || line[Math.Min(length, LongestLine) - 1] != '~')
            {
                yield return new HeadsLine.Unreadable(number);
            }

            length = 0;
            number++;
        }
    }

    private static bool EndsTorn(FileStream stream)
    {
        if (stream.Length == 0)
        {
            return false;
        }

        stream.Seek(-1, SeekOrigin.End);
        return stream.ReadByte() != '\n';
    }
}
