using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Munshi.Import.Backups;

/// <summary>A message's row as it is kept, sealed, with what was imported of it: UTF-8 JSON, what is not there left out.</summary>
internal static class BackupRaw
{
    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static byte[] Of(BackupRow row) => JsonSerializer.SerializeToUtf8Bytes(
        new
        {
            key_id = row.KeyId,
            from_me = row.FromMe,
            timestamp = row.Timestamp,
            message_type = row.Type,
            text_data = row.Text,
            file_path = row.FilePath,
            media_name = row.FileName,
            mime_type = row.FileType,
            media_caption = row.Caption,
            latitude = row.Latitude,
            longitude = row.Longitude,
            place_name = row.PlaceName,
            url = row.PlaceLink,
            action_type = row.Action,
            edited = row.IsEdited,
            revoked = row.IsRevoked,
            video_call = row.IsVideoCall,
            duration = row.CallSeconds,
            options = row.Options.Count == 0 ? null : row.Options.Select(option => new { option_name = option.Name, vote_total = option.Votes }),
            cards = row.Cards.Count == 0 ? null : row.Cards,
        },
        Options);
}
