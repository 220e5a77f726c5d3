using Munshi.Database;
using Munshi.Keyring;
using Munshi.WhatsApp.Exports;
using Munshi.WhatsApp.Exports.Alignment;
using Npgsql;

namespace Munshi.Vault.Importing;

/// <summary>What is kept of a chat, received or imported, as an export is compared with it. Words are opened one by one, and only their hashes are held.</summary>
internal sealed class KeptChat(WorkspaceDatabase database, WordOpener opener)
{
    /// <summary>The side of the customer, as both sides of an alignment name it.</summary>
    public const string Customer = "in";

    /// <summary>The business's side.</summary>
    public const string Business = "out";

    /// <summary>An imported message stands at most so far behind its own time, so that clocks that differ by quarters of an hour can be told from it.</summary>
    public static readonly TimeSpan MostMoved = TimeSpan.FromMinutes(7);

    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    /// <summary>Messages whose changes are asked for at once.</summary>
    private const int AtOnce = 10_000;

    private static readonly string Select = Sql.Read("Vault/Importing/kept_messages.sql");
    private static readonly string SelectChanges = Sql.Read("Vault/Importing/kept_changes.sql");
    private static readonly string SelectLast = Sql.Read("Vault/Importing/last_records.sql");

    /// <param name="clientId">The workspace.</param>
    /// <param name="contactId">Whose chats.</param>
    /// <param name="from">The oldest time that matters, UTC.</param>
    /// <param name="until">After the newest.</param>
    /// <param name="cut">What is left of the export's last message where it ends in it; null where it ends behind it.</param>
    /// <param name="cancellationToken">Honoured.</param>
    public async Task<IReadOnlyList<KeptMessage>> ReadAsync(
        Guid clientId, Guid contactId, DateTimeOffset from, DateTimeOffset until, string? cut, CancellationToken cancellationToken)
    {
        IReadOnlyList<Guid?> last = await database.RowsAsync<Guid?>(
            clientId, new Statement(SelectLast).Uuid(clientId).Uuid(contactId), reader => IsCut(clientId, reader) ? reader.GetGuid(0) : null, cancellationToken);
        HashSet<Guid> cuts = [.. last.OfType<Guid>()];
        List<KeptMessage> kept = [.. await database.RowsAsync(
            clientId,
            new Statement(Select).Uuid(clientId).Uuid(contactId).Time(from).Time(until),
            reader => Read(clientId, reader, cuts, cut),
            cancellationToken)];
        for (int start = 0; start < kept.Count; start += AtOnce)
        {
            int end = Math.Min(start + AtOnce, kept.Count);
            ILookup<Guid, KeptChange> known = (await database.RowsAsync(
                clientId,
                new Statement(SelectChanges).Uuid(clientId).Uuids([.. kept[start..end].Select(message => message.Id)]),
                reader => ReadChange(clientId, reader),
                cancellationToken)).ToLookup(change => change.MessageId);
            for (int place = start; place < end; place++)
            {
                kept[place] = With(kept[place], known[kept[place].Id]);
            }
        }

        return kept;
    }

    /// <summary>An export's lines end in LF, all but the last of a file that ends in it; what a backup told is an object.</summary>
    private bool IsCut(Guid clientId, NpgsqlDataReader reader) =>
        opener.OpenBytes(reader.GetGuid(1), new SealContext(clientId, reader.GetGuid(0), MessageRecord.RawColumn), reader.OrNull<byte[]>(2)).Value is [not (byte)'{', .., not (byte)'\n'];

    private KeptMessage Read(Guid clientId, NpgsqlDataReader reader, HashSet<Guid> cuts, string? cut)
    {
        Guid id = reader.GetGuid(0);
        string source = reader.GetString(5);
        Words words = opener.Open(reader.GetGuid(6), new SealContext(clientId, id, MessageRecord.TextColumn), reader.OrNull<byte[]>(7));
        DateTimeOffset at = reader.GetFieldValue<DateTimeOffset>(8);
        DateTimeOffset said = reader.GetFieldValue<DateTimeOffset>(9);
        DateTime told = (source == "import" ? said - (Quarter * Math.Round((said - at) / Quarter)) : said).UtcDateTime;
        bool hasSeconds = source != "import" || told.Second != 0;
        bool isLost = words.Loss is not WordsLoss.None || reader.GetBoolean(10); // of an archive that was read in, what was erased or deleted has neither words nor update
        ExportKind kind = isLost ? ExportKind.Deleted : KindOf(reader.GetString(2));
        string? from = kind is ExportKind.System || IsOfTheApp(reader) ? null : reader.GetString(3) == "out" ? Business : Customer;
        ChatItem item = ChatItem.Of(kind, words.Text ?? "", told, hasSeconds, from);
        bool isCut = !isLost && cuts.Contains(id);
        bool completes = cut is not null && words.Text is { } text && CutText.IsBeginningOf(text, cut);
        return new KeptMessage(id, reader.GetGuid(1), at, item with { IsCut = isCut, CompletesCut = completes }, item.Body) { IsLost = isLost, Cut = isCut ? words.Text ?? "" : null, Words = item.Class is BodyClass.Unknown ? words.Text : null };
    }

    private KeptChange ReadChange(Guid clientId, NpgsqlDataReader reader)
    {
        Guid id = reader.GetGuid(1);
        string? text = opener.Open(reader.GetGuid(3), new SealContext(clientId, id, MessageRecord.TextColumn), reader.OrNull<byte[]>(4)).Text;
        return new KeptChange(reader.GetGuid(0), id, reader.GetString(2) == "revoke", text is null ? null : BodyKey.Of(text));
    }

    private static bool IsOfTheApp(NpgsqlDataReader reader) => reader.GetString(3) == "in" && reader.GetString(4) == Audit.Actor.Import.Pseudonym;

    private static KeptMessage With(KeptMessage message, IEnumerable<KeptChange> changes)
    {
        List<(Guid Id, UInt128 Body)> edits = [];
        Guid? revocation = null;
        foreach (KeptChange change in changes)
        {
            if (change.IsRevocation)
            {
                revocation ??= change.Id;
            }
            else if (change.Body is { } body)
            {
                edits.Add((change.Id, body));
            }
        }

        return edits.Count == 0 && revocation is null
            ? message
            : message with
            {
                Edits = edits,
                Revocation = revocation,
                Item = edits.Count == 0 ? message.Item : message.Item with { Body = edits[^1].Body, Edited = true, IsCut = false },
                Cut = null,
            };
    }

    /// <summary>What an export shows of a kind; one that is not known here is shown by its words.</summary>
    private static ExportKind KindOf(string kind) => kind switch
    {
        "image" or "video" or "audio" or "voice" or "document" or "sticker" or "media" or "media_placeholder" => ExportKind.Media,
        "contacts" => ExportKind.Contact,
        "call" => ExportKind.Call,
        "system" => ExportKind.System,
        "deleted" => ExportKind.Deleted,
        "poll" => ExportKind.Poll,
        "location" => ExportKind.Location,
        _ => ExportKind.Text,
    };

    /// <param name="MessageId">What it was done to.</param>
    /// <param name="Id">The event.</param>
    /// <param name="IsRevocation">Deleted for everyone; else edited.</param>
    /// <param name="Body">Of an edit's words; null where there are none to open.</param>
    private sealed record KeptChange(Guid MessageId, Guid Id, bool IsRevocation, UInt128? Body);
}
