using Munshi.Database;
using Munshi.Keyring;
using Munshi.Vault;
using Munshi.WhatsApp.Sending;
using Munshi.WhatsApp.Webhooks;
using Npgsql;

namespace Munshi.Media.Serving;

/// <summary>A stored file, as far as showing it needs.</summary>
internal sealed record ServedMedia
{
    private const string Select =
        """
        SELECT d.id, d.type, d.length, d.file_hash, d.key_id, d.preview_sealed, d.message_id, m.key_id, m.raw_sealed, m.direction, m.source, m.text_sealed
        FROM vault.shown_media d JOIN vault.message m ON m.client_id = d.client_id AND m.id = d.message_id
        WHERE d.client_id = $1 AND d.id = $2 AND d.state = 'stored'
        """;

    public required Guid Id { get; init; }

    public required MediaType Type { get; init; }

    public required long Length { get; init; }

    public required byte[] FileHash { get; init; }

    public required Guid KeyId { get; init; }

    public required byte[]? Preview { get; init; }

    /// <summary>The sender's words; null where there are none, or they do not open.</summary>
    public required string? Name { get; init; }

    /// <summary>Null where this workspace has no such file, or it is not stored.</summary>
    public static Task<ServedMedia?> FindAsync(WorkspaceDatabase database, Guid clientId, Guid id, WordOpener opener, CancellationToken cancellationToken) =>
        database.RowAsync<ServedMedia>(clientId, new Statement(Select).Uuid(clientId).Uuid(id), reader => Read(clientId, reader, opener), cancellationToken);

    public override string ToString() => $"{nameof(ServedMedia)} {Id}";

    private static ServedMedia Read(Guid clientId, NpgsqlDataReader reader, WordOpener opener)
    {
        if (reader.GetString(10) == "import")
        {
            string? words = opener.Open(reader.GetGuid(7), new SealContext(clientId, reader.GetGuid(6), MessageRecord.TextColumn), reader.OrNull<byte[]>(11)).Text;
            return Of(reader, IsFileName(words) ? words : null);
        }

        byte[]? raw = opener.OpenBytes(reader.GetGuid(7), new SealContext(clientId, reader.GetGuid(6), MessageRecord.RawColumn), reader.OrNull<byte[]>(8)).Value;
        return Of(
            reader,
            raw is null ? null
            : reader.GetString(9) == "in" ? NameIn(InboundMessage.Read(raw).Content)
            : (OutboundJson.Read(raw, out _) as OutboundMedia)?.FileName);
    }

    private static ServedMedia Of(NpgsqlDataReader reader, string? name) => new()
    {
        Id = reader.GetGuid(0),
        Type = MediaType.Named(reader.GetString(1)),
        Length = reader.GetInt64(2),
        FileHash = reader.GetFieldValue<byte[]>(3),
        KeyId = reader.GetGuid(4),
        Preview = reader.OrNull<byte[]>(5),
        Name = name,
    };

    /// <summary>An export's file without a caption is called by its name.</summary>
    private static bool IsFileName(string? words) =>
        words is not null && !words.Contains('\n', StringComparison.Ordinal) && Path.GetExtension(words) is { Length: > 1 and <= 6 } ending && !ending.Contains(' ', StringComparison.Ordinal);

    private static string? NameIn(MessageContent content) => content switch
    {
        DocumentContent document => document.FileName,
        EditContent { Content: DocumentContent document } => document.FileName,
        _ => null,
    };
}
