using System.Security.Cryptography;
using System.Text;

namespace Munshi.Database.Cluster;

/// <summary>The installation's random id, 32 lower-case hexadecimal digits in <c>instance-id</c>. It names paths outside the data directory.</summary>
internal static class InstanceId
{
    private const string FileName = "instance-id";
    private const int Length = 32;
    private const UnixFileMode ReadableByAll =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Reads the id, or makes one; <see langword="null"/> when the file holds anything else.</summary>
    /// <remarks>Durable before it is used: a link or a socket must not be named by an id that a power cut takes back.</remarks>
    public static string? ReadOrCreate(string dataDirectory)
    {
        string path = Path.Combine(dataDirectory, FileName);
        if (!File.Exists(path))
        {
            string fresh = path + ".new";
            File.Delete(fresh);
            using (FileStream file = NativeFile.CreateExclusively(fresh, ReadableByAll))
            {
                file.Write(Encoding.ASCII.GetBytes(RandomNumberGenerator.GetHexString(Length, lowercase: true) + "\n"));
                file.Flush(flushToDisk: true);
            }

            File.Move(fresh, path);
            NativeFile.FlushDirectory(dataDirectory);
        }

        string id = File.ReadAllText(path).Trim();
        return id.Length == Length && id.All(char.IsAsciiHexDigitLower) ? id : null;
    }
}
