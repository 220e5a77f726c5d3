using Munshi.Archives.Importing.Lines;
using Munshi.Audit.Export;
using Munshi.CommandLine;
using Munshi.Ledger;
using Munshi.Media;

namespace Munshi.Archives.Importing;

/// <summary>Reads all data of an archive once, so that nothing is written of one that cannot be taken over to its end: each line's form, what it names, and names that must be told apart.</summary>
/// <remarks>Memory: a batch, some hundred thousand names of lines, some 16 bytes for each customer and for each number of one, and a bit for each imported message.</remarks>
internal sealed class DataCheck(CheckedArchive archive, ExportProgress progress, CancellationToken cancellationToken)
{
    private readonly Dictionary<string, IReadOnlyList<Digest>> _batches = [];
    private readonly Dictionary<Guid, Guid> _goesOnIn = [];
    private readonly HashSet<Guid> _known = [];
    private long _ofNobody;
    private long _without;

    /// <exception cref="RefusalException">A line is not of its form, or names what is not there.</exception>
    public CheckedData Run()
    {
        using DataReferences references = new();
        using ImportedSeen seen = new();
        TakenNames names = new();
        string name = "";
        Check(references, DataFiles.Workspace, (line, number) => name = RequireOwn(line, number));
        Check(references, DataFiles.People);
        Check(references, DataFiles.Numbers);
        Check(references, DataFiles.Contacts);
        Check(references, DataFiles.Identifiers, (line, number) =>
        {
            names.Take(line, number);
            _known.Add(line.ContactId);
        });
        Check(references, DataFiles.ContactEvents, names.Take);
        Check(references, DataFiles.Choices);
        Check(references, DataFiles.Labels, names.TakeLabel);
        Check(references, DataFiles.Fields, names.TakeField);
        Check(references, DataFiles.Conversations, Note);
        RequireKnown();
        Check(references, DataFiles.ConversationEvents);
        Check(references, DataFiles.Notes);
        Check(references, DataFiles.SavedViews, names.Take);
        Check(references, DataFiles.FieldValues);
        Check(references, DataFiles.Messages, (line, _) => seen.Add(line));
        Check(references, DataFiles.Statuses);
        Check(references, DataFiles.Media, Look);
        Check(references, DataFiles.Chats);
        Check(references, DataFiles.Observations, (line, _) => seen.See(line.MessageId));
        Check(references, DataFiles.Knowledge, names.Take);
        Check(references, DataFiles.Templates);
        return name.Length == 0
            ? throw new RefusalException($"{DataFiles.Workspace.Path} must be one line, of the workspace and the time that MANIFEST.note is signed for.")
            : new CheckedData(name, _without, _batches, seen.Unseen(), Circles.In(_goesOnIn));
    }

    private void Check<T>(DataReferences references, DataFile<T> file, Action<T, long>? look = null)
    {
        List<Digest> hashes = [];
        foreach (LineBatch<T> batch in file.Batches(archive))
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int i = 0; i < batch.Lines.Count; i++)
            {
                look?.Invoke(batch.Lines[i], batch.First + i);
            }

            references.Add(file, batch);
            hashes.Add(batch.Hash);
            progress.Tell($"{file.Path}: {batch.Last} lines are of their form ...");
        }

        references.Conclude(file);
        _batches.Add(file.Path, hashes);
    }

    private string RequireOwn(WorkspaceLine line, long number) => number == 1 && line.Id == archive.Seal.Log && line.ExportedAt == archive.Seal.At
        ? line.Name
        : throw new RefusalException($"{DataFiles.Workspace.Path} must be one line, of the workspace and the time that MANIFEST.note is signed for.");

    private void Note(ConversationLine line, long number)
    {
        if (_ofNobody == 0 && !_known.Contains(line.ContactId))
        {
            _ofNobody = number;
        }

        if (line.GoesOnIn is { } next)
        {
            _goesOnIn.Add(line.Id, next);
        }
    }

    private void RequireKnown()
    {
        if (_ofNobody > 0)
        {
            throw new RefusalException(FormattableString.Invariant(
                $"{DataFiles.Conversations.Path}, line {_ofNobody}: its customer has no number or user id in {DataFiles.Identifiers.Path}. The archive was written while two customers became one: write it anew."));
        }
    }

    private void Look(MediaLine line, long number)
    {
        if (line.IsHere && !File.Exists(archive.PathOf($"media/{line.Hash}")))
        {
            throw new RefusalException(FormattableString.Invariant($"{DataFiles.Media.Path}, line {number}: the file that it says is \"here\" is not in media/."));
        }

        _without += line.IsHere || line.State is MediaRecord.Expired or MediaRecord.Refused ? 0 : 1;
    }
}
