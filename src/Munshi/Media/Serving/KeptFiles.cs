using System.Security.Cryptography;
using Munshi.Database;
using Munshi.Keyring;
using Munshi.Media.Files;
using Munshi.Vault;
using Munshi.Vault.Pages.Details;
using Npgsql;

namespace Munshi.Media.Serving;

/// <summary>Lists the files of messages, and gives small pictures of them to what is made to be kept.</summary>
internal sealed class KeptFiles(WorkspaceDatabase database, KeyCustodian custodian, IMediaStore store, WordOpener opener)
{
    private const string Select =
        "SELECT message_id, id, state, type, length, key_id, hash_sealed, from_export FROM vault.shown_media WHERE client_id = $1 AND message_id = ANY ($2)";

    private const string SelectPreview = "SELECT key_id, preview_sealed FROM vault.media WHERE client_id = $1 AND id = $2 AND preview_sealed IS NOT NULL";

    /// <summary>By message.</summary>
    public async Task<IReadOnlyDictionary<Guid, KeptFile>> OfAsync(Guid clientId, Guid[] messageIds, CancellationToken cancellationToken)
    {
        if (messageIds.Length == 0)
        {
            return new Dictionary<Guid, KeptFile>();
        }

        IReadOnlyList<(Guid MessageId, KeptFile File)> files = await database.RowsAsync(
            clientId, new Statement(Select).Uuid(clientId).Uuids(messageIds), reader => (reader.GetGuid(0), Read(clientId, reader)), cancellationToken);
        return files.ToDictionary(one => one.MessageId, one => one.File);
    }

    /// <summary>The picture itself where it is no larger than asked for, otherwise a small one of it.</summary>
    /// <param name="clientId">The workspace.</param>
    /// <param name="file">One of its files.</param>
    /// <param name="most">In bytes.</param>
    /// <param name="cancellationToken">Honoured throughout.</param>
    /// <returns>Null where it is no picture, or there is none that is small enough, or it does not open.</returns>
    public async Task<KeptPicture?> PictureAsync(Guid clientId, KeptFile file, int most, CancellationToken cancellationToken)
    {
        if (file is not { State: MediaState.Stored, Type: { IsImage: true } type })
        {
            return null;
        }

        if (file.Length <= most && await ReadAsync(clientId, file.Id, (int)file.Length, cancellationToken) is { } whole)
        {
            return new KeptPicture(type, whole, IsWhole: true);
        }

        (Guid Key, byte[]? Sealed) preview = await database.RowAsync(
            clientId, new Statement(SelectPreview).Uuid(clientId).Uuid(file.Id), reader => (reader.GetGuid(0), reader.OrNull<byte[]>(1)), cancellationToken);
        return opener.OpenBytes(preview.Key, new SealContext(clientId, file.Id, MediaRecord.PreviewColumn), preview.Sealed).Value is { } small && small.Length <= most
            ? new KeptPicture(MediaType.Jpeg, small, IsWhole: false)
            : null;
    }

    /// <summary>The file as its sender made it, and the name that the sender gave it; null where it is not here, its key is gone, or it is damaged.</summary>
    /// <param name="clientId">The workspace.</param>
    /// <param name="id">One of its files.</param>
    /// <param name="cancellationToken">Honoured throughout.</param>
    /// <returns>To be disposed. What of it was altered is refused when it is read.</returns>
    public async Task<(MediaReader Content, string? Name)?> OpenAsync(Guid clientId, Guid id, CancellationToken cancellationToken)
    {
        if (await ServedMedia.FindAsync(database, clientId, id, opener, cancellationToken) is not { } media
            || custodian.Find(media.KeyId) is not { } key
            || await store.OpenAsync(media.FileHash, cancellationToken) is not { } content)
        {
            return null;
        }

        try
        {
            return (await MediaReader.OpenAsync(content, key, clientId, id, cancellationToken), media.Name);
        }
        catch (MediaDamagedException)
        {
            return null;
        }
    }

    private async Task<byte[]?> ReadAsync(Guid clientId, Guid id, int length, CancellationToken cancellationToken)
    {
        try
        {
            if (await OpenAsync(clientId, id, cancellationToken) is not (var reader, _))
            {
                return null;
            }

            await using MediaReader disposed = reader;
            byte[] bytes = new byte[length];
            await reader.ReadExactlyAsync(bytes, cancellationToken);
            return reader.Length == length ? bytes : null;
        }
        catch (Exception damaged) when (damaged is MediaDamagedException or EndOfStreamException or CryptographicException)
        {
            return null;
        }
    }

    private KeptFile Read(Guid clientId, NpgsqlDataReader reader)
    {
        Guid id = reader.GetGuid(1);
        byte[]? hash = opener.OpenBytes(reader.GetGuid(5), new SealContext(clientId, id, MediaRecord.HashColumn), reader.OrNull<byte[]>(6)).Value;
        MediaState state = reader.GetString(2) switch
        {
            MediaRecord.Stored => MediaState.Stored,
            MediaRecord.Expired => MediaState.Expired,
            MediaRecord.Refused => MediaState.Refused,
            _ => MediaState.Wanted,
        };
        return new KeptFile(
            id,
            state,
            reader.OrNull<string>(3) is { } type ? MediaType.Named(type) : null,
            reader.ValueOrNull<long>(4),
            reader.GetBoolean(7),
            hash is null ? null : Convert.ToHexStringLower(hash));
    }
}
