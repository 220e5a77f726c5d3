using Munshi.Ledger.Archives;
using Munshi.Ledger.Notes;

namespace Munshi.Archives.Importing;

/// <summary>What came of reading an archive in.</summary>
/// <param name="ClientId">The workspace that was made.</param>
/// <param name="Seal">Of the archive.</param>
/// <param name="Signer">Whose key signed it.</param>
/// <param name="WasThere">Whether all of it was there before.</param>
/// <param name="Lines">The lines of each file that was taken over, by its name; empty where all was there.</param>
/// <param name="FilesWithout">Files of messages that the archive tells of and does not have.</param>
/// <param name="Unseen">Imported messages that were left out, as no import of the archive tells of them.</param>
internal sealed record ImportedArchive(
    Guid ClientId, ArchiveSeal Seal, VerifierKey Signer, bool WasThere, IReadOnlyDictionary<string, long> Lines, long FilesWithout, long Unseen);
