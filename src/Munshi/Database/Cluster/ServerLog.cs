using System.Text;

namespace Munshi.Database.Cluster;

/// <summary>PostgreSQL's own log files.</summary>
/// <param name="directory">Belongs to the server's user.</param>
internal sealed class ServerLog(string directory)
{
    /// <summary>Sorts by time.</summary>
    public const string FileNameFormat = "postgresql-%Y%m%d-%H%M%S.log";

    /// <summary>Of about 10 MB at most each.</summary>
    public const int KeptFiles = 14;

    private const int LongestRead = 64 * 1024;
    private const string Pattern = "postgresql-*.log";

    /// <summary>What the server says before its own logging begins; made anew at each start.</summary>
    public string StartFile => Path.Combine(directory, "start.log");

    /// <summary>Removes the oldest files beyond <see cref="KeptFiles"/>.</summary>
    public void Prune()
    {
        foreach (string old in Files().SkipLast(KeptFiles))
        {
            File.Delete(old);
        }
    }

    /// <summary>The state before an attempt, for <see cref="Since"/>.</summary>
    public IReadOnlyDictionary<string, long> Mark() => Files().ToDictionary(file => file, file => new FileInfo(file).Length);

    /// <summary>What was logged after the mark, at most 64 KiB a file.</summary>
    public string Since(IReadOnlyDictionary<string, long> mark)
    {
        StringBuilder text = new();
        if (File.Exists(StartFile))
        {
            Append(text, StartFile, from: 0);
        }

        foreach (string file in Files())
        {
            Append(text, file, mark.GetValueOrDefault(file));
        }

        return text.ToString();
    }

    private string[] Files() =>
        Directory.Exists(directory) ? [.. Directory.GetFiles(directory, Pattern).Order(StringComparer.Ordinal)] : [];

    private static void Append(StringBuilder text, string path, long from)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        file.Position = Math.Max(from, file.Length - LongestRead);
        using StreamReader reader = new(file, Encoding.UTF8);
        text.Append(reader.ReadToEnd()).Append('\n');
    }
}
