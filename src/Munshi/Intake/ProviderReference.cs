using System.Text;
using System.Text.Json;
using Munshi.Keyring;

namespace Munshi.Intake;

/// <summary>The provider's id of what an update is about, and the HMAC by which it is found again.</summary>
/// <remarks>Under the hour's intake key, as the body is: where that key is gone, neither says anything.</remarks>
internal static class ProviderReference
{
    /// <summary>The longest id that is found again, in UTF-16 code units; Meta's have about 60.</summary>
    public const int MaxLength = 256;

    private const string Purpose = "intake-provider-id";

    /// <summary>Null where the update names no id, or none of a usable length.</summary>
    /// <param name="key">The intake key of the update's delivery.</param>
    /// <param name="json">The update whole, UTF-8.</param>
    public static byte[]? Of(KeyMaterial key, ReadOnlySpan<byte> json) => IdIn(json) is { } id ? Of(key, id) : null;

    public static byte[] Of(KeyMaterial key, string providerId) => key.Lookup(Purpose, Encoding.UTF8.GetBytes(providerId));

    /// <summary>The <c>id</c> of the message or status in an update; null where there is none.</summary>
    public static string? IdIn(ReadOnlySpan<byte> json)
    {
        try
        {
            Utf8JsonReader reader = new(json);
            string? id = null;
            if (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                while (id is null && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    bool holds = reader.ValueTextEquals("message"u8) || reader.ValueTextEquals("status"u8)
                        || reader.ValueTextEquals("echo"u8) || reader.ValueTextEquals("history"u8);
                    reader.Read();
                    id = holds && reader.TokenType == JsonTokenType.StartObject ? IdOf(ref reader) : Passed(ref reader);
                }
            }

            return id;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return null; // an escaped half of a surrogate pair, or nested too deep: no id of Meta's
        }
    }

    private static string? Passed(ref Utf8JsonReader reader)
    {
        reader.Skip();
        return null;
    }

    private static string? IdOf(ref Utf8JsonReader reader)
    {
        string? id = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isId = reader.ValueTextEquals("id"u8);
            reader.Read();
            if (isId && reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length is > 0 and <= MaxLength * 6)
            {
                id = reader.GetString();
            }

            reader.Skip();
        }

        return id is { Length: > 0 and <= MaxLength } ? id : null;
    }
}
