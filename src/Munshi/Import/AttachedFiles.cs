using Munshi.Audit;
using Munshi.Media.Fetching;
using Munshi.Media.Importing;
using Munshi.Vault.Importing;
using Munshi.WhatsApp.Exports;
using Munshi.WhatsApp.Exports.Alignment;

namespace Munshi.Import;

/// <summary>Brings the files of an archive along with the messages that name them, after these were written; none to what was deleted or erased. What was broken off, the next import of the export goes on with.</summary>
/// <param name="files">Where they are kept.</param>
/// <param name="clientId">The workspace.</param>
/// <param name="export">The archive; null where there is none.</param>
/// <param name="actor">Who imports.</param>
internal sealed class AttachedFiles(ImportedFiles files, Guid clientId, ChatExport? export, Actor actor)
{
    /// <summary>The most names that are told of files that are not there, or could not be kept.</summary>
    private const int MostNames = 10_000;

    /// <summary>All files together are at most so many times what the archive has: photos and films hardly shrink when they are packed.</summary>
    private const int MostRatio = 4;

    /// <summary>Up to here no ratio is judged.</summary>
    private const long SmallBytes = 64L * 1024 * 1024;

    private readonly HashSet<string> _named = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _missing = [];
    private readonly List<RefusedFile> _refused = [];
    private long _left = export is null ? 0 : Math.Max(SmallBytes, export.Bytes * MostRatio);

    /// <summary>Named files that the archive has.</summary>
    public long Held { get; private set; }

    /// <summary>Those whose bytes were kept now.</summary>
    public long Kept { get; private set; }

    /// <summary>Names of files that the archive does not have, at most 10,000.</summary>
    public IReadOnlyList<string> Missing => _missing;

    /// <summary>Files that it has and that could not be kept, at most 10,000.</summary>
    public IReadOnlyList<RefusedFile> Refused => _refused;

    /// <param name="batch">As it was written.</param>
    /// <param name="records">The same, in the same order.</param>
    /// <param name="messages">As read.</param>
    /// <param name="goOn">Asked after each file.</param>
    /// <param name="cancellationToken">Honoured between files.</param>
    /// <returns>Whether it was to go on.</returns>
    public async Task<bool> AddAsync(
        ImportedBatch batch, IReadOnlyList<ImportedRecord> records, IReadOnlyList<ExportMessage> messages, Func<Task<bool>> goOn, CancellationToken cancellationToken)
    {
        Dictionary<Guid, (string Name, bool IsNamedBefore)> names = [];
        for (int i = 0; i < messages.Count; i++)
        {
            if (messages[i].Attachment is not { } name)
            {
                continue;
            }

            if (export?.Holds(name) != true)
            {
                if (_missing.Count < MostNames)
                {
                    _missing.Add(name);
                }

                continue;
            }

            Held++;
            bool isNamedBefore = !_named.Add(name);
            if (records[i].Kept is null or { IsLost: false, Revocation: null, Item.Class: not BodyClass.Deleted })
            {
                names.TryAdd(batch.MessageIds[i], (name, isNamedBefore));
            }
        }

        if (names.Count == 0)
        {
            return true;
        }

        await files.NoteAsync(clientId, batch.ImportId, [.. names.Keys], cancellationToken);
        IReadOnlyDictionary<Guid, FileWanted> wanted = await files.WithoutAsync(clientId, [.. names.Keys], cancellationToken);
        foreach ((Guid messageId, (string name, bool isNamedBefore)) in names)
        {
            if (wanted.TryGetValue(messageId, out FileWanted? file))
            {
                await KeepAsync(file, batch.ImportId, name, isNamedBefore, cancellationToken);
                if (!await goOn())
                {
                    return false;
                }
            }
        }

        return true;
    }

    private async Task KeepAsync(FileWanted file, Guid importId, string name, bool isNamedBefore, CancellationToken cancellationToken)
    {
        FileRefusal? refusal;
        try
        {
            refusal = isNamedBefore ? FileRefusal.NamedBefore : await TryKeepAsync(file, importId, name, cancellationToken);
        }
        catch (InvalidDataException)
        {
            refusal = FileRefusal.Damaged;
        }

        if (refusal is { } reason && _refused.Count < MostNames)
        {
            _refused.Add(new RefusedFile(name, reason));
        }
    }

    private async Task<FileRefusal?> TryKeepAsync(FileWanted file, Guid importId, string name, CancellationToken cancellationToken)
    {
        await using Stream? content = export!.OpenFile(name, Math.Min(_left, MediaDownload.MaxBytes), out long length);
        if (content is null)
        {
            return FileRefusal.NotTaken;
        }

        _left -= length;
        KeepOutcome outcome = await files.KeepAsync(clientId, file, importId, content, name, actor, cancellationToken);
        Kept += outcome is KeepOutcome.Kept ? 1 : 0;
        return outcome is KeepOutcome.Empty ? FileRefusal.Empty : null;
    }
}
