using Munshi.Access;
using Munshi.Database;
using Munshi.Keyring;
using Munshi.Vault;
using Munshi.Vault.Pages.Details;
using Npgsql;

namespace Munshi.Media.Serving;

/// <summary>What a page shows of the files of messages, with links for its viewer.</summary>
internal sealed class MediaViews(WorkspaceDatabase database, MediaLinks links, WordOpener opener)
{
    private const string Select =
        """
        SELECT message_id, id, state, reason, type, length, hash_was_told, preview_sealed IS NOT NULL, duration_ms, key_id, levels_sealed, from_export
        FROM vault.shown_media WHERE client_id = $1 AND message_id = ANY ($2)
        """;

    public async Task<IReadOnlyDictionary<Guid, MediaView>> OfAsync(SignedIn person, Guid[] messageIds, CancellationToken cancellationToken)
    {
        if (messageIds.Length == 0)
        {
            return new Dictionary<Guid, MediaView>();
        }

        IReadOnlyList<(Guid MessageId, MediaView View)> views = await database.RowsAsync(
            person.ClientId, new Statement(Select).Uuid(person.ClientId).Uuids(messageIds), reader => Read(person, reader), cancellationToken);
        return views.ToDictionary(one => one.MessageId, one => one.View);
    }

    private (Guid MessageId, MediaView View) Read(SignedIn person, NpgsqlDataReader reader)
    {
        Guid id = reader.GetGuid(1);
        MediaType type = MediaType.Named(reader.OrNull<string>(4) ?? "");
        byte[]? levels = opener.OpenBytes(reader.GetGuid(9), new SealContext(person.ClientId, id, MediaRecord.LevelsColumn), reader.OrNull<byte[]>(10)).Value;
        return (reader.GetGuid(0), new MediaView
        {
            State = reader.GetString(2) switch
            {
                "stored" => MediaState.Stored,
                "expired" => MediaState.Expired,
                "refused" => MediaState.Refused,
                _ => MediaState.Wanted,
            },
            Reason = reader.OrNull<string>(3),
            Shape = type.IsImage ? MediaShape.Picture
                : type.IsAudio ? MediaShape.Sound
                : type.IsVideo && type.Shown ? MediaShape.Film
                : type == MediaType.Other ? MediaShape.Unknown
                : MediaShape.Document,
            Length = reader.ValueOrNull<long>(5),
            HashWasTold = reader.ValueOrNull<bool>(6) ?? false,
            FromExport = reader.GetBoolean(11),
            Link = links.Of(person, id, isPreview: false),
            OpenLink = $"/media/{id}/open",
            PreviewLink = reader.GetBoolean(7) ? links.Of(person, id, isPreview: true) : null,
            Duration = reader.ValueOrNull<int>(8) is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null,
            Levels = levels ?? [],
        });
    }
}
