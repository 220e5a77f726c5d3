using System.Text.Json;
using Munshi.Ledger;
using Munshi.Vault;

namespace Munshi.Archives.Data;

/// <summary>Members of an archive's lines, each in its one form; what has no value is <c>null</c>.</summary>
internal static class DataMembers
{
    public static void Id(this Utf8JsonWriter json, string name, Guid? id) => json.WriteString(name, id?.ToString());

    public static void Time(this Utf8JsonWriter json, string name, DateTimeOffset? at) => json.WriteString(name, at is { } time ? LedgerTime.Format(time) : null);

    public static void Number(this Utf8JsonWriter json, string name, long? number)
    {
        if (number is { } value)
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    public static void Flag(this Utf8JsonWriter json, string name, bool? flag)
    {
        if (flag is { } value)
        {
            json.WriteBoolean(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    public static void Base64(this Utf8JsonWriter json, string name, byte[]? bytes)
    {
        if (bytes is null)
        {
            json.WriteNull(name);
        }
        else
        {
            json.WriteBase64String(name, bytes);
        }
    }

    public static void Ids(this Utf8JsonWriter json, string name, IEnumerable<Guid> ids)
    {
        json.WriteStartArray(name);
        foreach (Guid id in ids)
        {
            json.WriteStringValue(id.ToString());
        }

        json.WriteEndArray();
    }

    /// <summary>Why words that stood there are not here; nothing where they are.</summary>
    public static void Loss(this Utf8JsonWriter json, params ReadOnlySpan<WordsLoss> losses)
    {
        if (losses.Contains(WordsLoss.Erased))
        {
            json.WriteBoolean("erased", true);
        }

        if (losses.Contains(WordsLoss.Damaged))
        {
            json.WriteBoolean("damaged", true);
        }
    }
}
