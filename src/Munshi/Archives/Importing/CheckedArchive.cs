using Munshi.Ledger;
using Munshi.Ledger.Archives;
using Munshi.Ledger.Notes;

namespace Munshi.Archives.Importing;

/// <summary>An archive whose every file is the one that was signed.</summary>
/// <param name="Root">Its directory.</param>
/// <param name="Seal">What was signed.</param>
/// <param name="Signer">Whose key signed it.</param>
/// <param name="Data">The hashes of its files of <c>data/</c>, by their paths.</param>
internal sealed record CheckedArchive(string Root, ArchiveSeal Seal, VerifierKey Signer, IReadOnlyDictionary<string, Digest> Data)
{
    public string PathOf(string file) => Path.Combine(Root, file);

    /// <summary>A file's lines; it is held to its hash once more as it is read.</summary>
    public IEnumerable<(long Number, ReadOnlyMemory<byte> Line)> Lines(DataFile file) =>
        new LineFile(PathOf(file.Path), file.Path, DataFile.LongestLine, Data[file.Path]).Read();
}
