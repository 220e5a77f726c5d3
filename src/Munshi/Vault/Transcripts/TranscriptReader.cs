using System.Runtime.CompilerServices;
using Microsoft.Extensions.Localization;
using Munshi.Access;
using Munshi.Audit;
using Munshi.Audit.Proving;
using Munshi.Database;
using Munshi.Media.Serving;
using Munshi.Vault.Pages;
using Munshi.Web.Resources;
using Npgsql;

namespace Munshi.Vault.Transcripts;

/// <summary>Reads a conversation from its first message to its last, with proofs, 200 messages at a time. No transaction stays open between them.</summary>
internal sealed class TranscriptReader(
    WorkspaceDatabase database, WordOpener opener, MessageChanges changes, KeptFiles files, SignedEntries entries, IEnumerable<IEvidenceSource> sources,
    IStringLocalizer<Text> text)
{
    /// <summary>A larger picture is shown as a small one.</summary>
    private const int LargestPictureBytes = 256 * 1024;

    private const int AtOnce = 200;

    private static readonly string Messages = Sql.Read("Vault/Transcripts/transcript_messages.sql");

    private readonly IEvidenceSource _records = sources.Single(source => source.ObjectKind == "message");

    /// <param name="clientId">The workspace.</param>
    /// <param name="plan">What to read.</param>
    /// <param name="people">The workspace's people.</param>
    /// <param name="cancellationToken">Honoured throughout.</param>
    public async IAsyncEnumerable<TranscriptEntry> ReadAsync(
        Guid clientId, TranscriptPlan plan, IReadOnlyDictionary<Guid, Member> people, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long number = 0;
        PageCursor? before = null;
        int taken = plan.Last is null ? 0 : AtOnce;
        while (taken == AtOnce)
        {
            IReadOnlyList<Placed> page = await PageAsync(clientId, plan, before, cancellationToken);
            Guid[] ids = [.. page.Select(one => one.Row.Id)];
            Guid[] changed = [.. ids, .. page.Where(one => one is { Row.Kind: "edit", Target: not null }).Select(one => one.Target!.Value.Id)];
            ILookup<Guid, MessageChange> done = await changes.OfAsync(clientId, [.. changed.Distinct()], cancellationToken);
            IReadOnlyDictionary<Guid, KeptFile> kept = await files.OfAsync(clientId, ids, cancellationToken);
            IReadOnlyDictionary<Guid, SignedEntry> signed = await entries.OfMessagesAsync(clientId, plan.Checkpoint, ids, cancellationToken);
            Dictionary<Guid, OpenedRecord> opened = await RecordsAsync(clientId, ids, cancellationToken);
            foreach (Placed one in page)
            {
                MessageRow row = one.Row;
                DateTimeOffset? revoked = RevokedAt(done, row.Id) ?? (row.Kind == "edit" && one.Target is { } original ? RevokedAt(done, original.Id) : null);
                KeptFile? file = revoked is null ? kept.GetValueOrDefault(row.Id) : null;
                yield return new TranscriptEntry
                {
                    Number = ++number,
                    Row = row,
                    Author = AuthorOf(row, plan, people),
                    Target = one.Target,
                    EditedAt = done[row.Id].LastOrDefault(change => !change.IsRevocation)?.At,
                    RevokedAt = revoked,
                    File = file,
                    Picture = file is null ? null : await files.PictureAsync(clientId, file, LargestPictureBytes, cancellationToken),
                    Entry = signed.GetValueOrDefault(row.Id),
                    Opened = opened.GetValueOrDefault(row.Id),
                };
            }

            taken = page.Count;
            before = taken == 0 ? before : new PageCursor(page[^1].Row.At, page[^1].Row.Id);
        }
    }

    private Task<IReadOnlyList<Placed>> PageAsync(Guid clientId, TranscriptPlan plan, PageCursor? before, CancellationToken cancellationToken) => database.RowsAsync(
        clientId,
        new Statement(Messages).Uuid(clientId).Uuid(plan.ConversationId).Time(before?.At).Uuid(before?.Id).Time(plan.Last?.At).Uuid(plan.Last?.Id).Int(AtOnce),
        reader => new Placed(MessageRow.Read(clientId, reader, opener), TargetOf(reader)),
        cancellationToken);

    private async Task<Dictionary<Guid, OpenedRecord>> RecordsAsync(Guid clientId, Guid[] ids, CancellationToken cancellationToken)
    {
        Dictionary<Guid, OpenedRecord> opened = [];
        await foreach (Audit.Evidence evidence in _records.ReadAsync(clientId, ids, cancellationToken))
        {
            if (evidence.Opened is { } record)
            {
                opened.Add(evidence.ObjectId, record);
            }
        }

        return opened;
    }

    private string AuthorOf(MessageRow row, TranscriptPlan plan, IReadOnlyDictionary<Guid, Member> people)
    {
        (MessageAuthor author, string? name) = MessageAuthors.Of(row.Author, people);
        return author is MessageAuthor.Customer ? plan.Contact.DisplayName : name ?? text[$"Author.{author}"].Value;
    }

    private static MessagePoint? TargetOf(NpgsqlDataReader reader) => reader.ValueOrNull<Guid>(MessageRow.Columns) is { } id
        ? new MessagePoint(id, reader.GetFieldValue<DateTimeOffset>(MessageRow.Columns + 1))
        : null;

    private static DateTimeOffset? RevokedAt(ILookup<Guid, MessageChange> changes, Guid message) =>
        changes[message].FirstOrDefault(change => change.IsRevocation)?.At;

    private readonly record struct Placed(MessageRow Row, MessagePoint? Target);
}
