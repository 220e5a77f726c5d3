using Munshi.Ledger;

namespace Munshi.Archives.Importing;

/// <summary>What was found out of an archive's data before anything of it is written.</summary>
/// <param name="Name">The business's.</param>
/// <param name="FilesWithout">Files of messages that the archive tells of and does not have.</param>
/// <param name="Batches">The hashes of each file's batches, by its path: what is written later is held to them.</param>
/// <param name="Unseen">Imported messages of which no import tells: they came while the archive was written, and are left out.</param>
/// <param name="Circling">Conversations that would go on in themselves, as what was read at different times can say.</param>
internal sealed record CheckedData(
    string Name, long FilesWithout, IReadOnlyDictionary<string, IReadOnlyList<Digest>> Batches, IReadOnlySet<Guid> Unseen, IReadOnlySet<Guid> Circling)
{
    public override string ToString() => nameof(CheckedData);
}
