using Munshi.CommandLine;

namespace Munshi.Database;

/// <summary>Whether <c>secrets/</c> is its owner's alone: directories 0700, files 0600 or less.</summary>
internal static class SecretsAccess
{
    private const UnixFileMode OfOthers =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <exception cref="RefusalException">Naming the first that is not.</exception>
    public static void RequirePrivate(DataDirectory data)
    {
        if (!Directory.Exists(data.Secrets))
        {
            return;
        }

        Require(data.Secrets, "700");
        foreach (string directory in Directory.EnumerateDirectories(data.Secrets, "*", SearchOption.AllDirectories))
        {
            Require(directory, "700");
        }

        foreach (string file in Directory.EnumerateFiles(data.Secrets, "*", SearchOption.AllDirectories))
        {
            Require(file, "600");
        }
    }

    private static void Require(string path, string wanted)
    {
        UnixFileMode mode = File.GetUnixFileMode(path);
        if ((mode & OfOthers) != 0)
        {
            throw new RefusalException(
                $"{path} has mode 0{Convert.ToString((int)mode, 8)}, so that others than its owner may use it: it must have 0{wanted} (chmod {wanted}).");
        }
    }
}
