using System.Security.Cryptography;
using System.Text;
using Munshi.Audit.Export;
using Munshi.Ledger;
using Munshi.Ledger.Archives;

namespace Munshi.Archives;

/// <summary>Writes what an archive's files are held to, once all others are there.</summary>
internal static class ArchiveManifest
{
    /// <param name="folder">With everything else in it.</param>
    /// <param name="progress">Told how far it has come.</param>
    /// <param name="cancellationToken">Honoured between files.</param>
    /// <returns>How many files it names, and its SHA-256.</returns>
    public static async Task<(long Files, Digest Hash)> WriteAsync(ExportFolder folder, ExportProgress progress, CancellationToken cancellationToken)
    {
        long files = 0;
        using IncrementalHash all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using FileStream manifest = folder.Open(ArchiveFiles.Manifest);
        foreach (string path in ArchiveFiles.Sorted(folder.PathOf("")))
        {
            await using FileStream file = File.OpenRead(folder.PathOf(path));
            byte[] line = Encoding.UTF8.GetBytes(ArchiveFiles.Line(new Digest(await SHA256.HashDataAsync(file, cancellationToken)), path));
            all.AppendData(line);
            await manifest.WriteAsync(line, cancellationToken);
            progress.Tell($"MANIFEST: {++files} files ...");
        }

        return (files, new Digest(all.GetHashAndReset()));
    }
}
