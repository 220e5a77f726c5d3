using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Munshi.Database;

/// <summary>One numbered, embedded, forward-only change of the schema.</summary>
/// <param name="Number">From the file name, 1 upwards without gaps.</param>
/// <param name="Name">The file name.</param>
/// <param name="Text">Its statements, run as one transaction.</param>
internal sealed record Migration(int Number, string Name, string Text)
{
    private const string Folder = "Database/Migrations/";

    public static IReadOnlyList<Migration> All { get; } =
    [
        .. Sql.Paths.Where(path => path.StartsWith(Folder, StringComparison.Ordinal)).Select(path =>
        {
            string name = path[Folder.Length..];
            return new Migration(int.Parse(name[..4], NumberStyles.None, CultureInfo.InvariantCulture), name, Sql.Read(path));
        }),
    ];

    /// <summary>SHA-256 of the file.</summary>
    public byte[] Checksum { get; } = SHA256.HashData(Encoding.UTF8.GetBytes(Text));
}
