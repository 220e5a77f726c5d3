using System.Text.Json;
using Munshi.WhatsApp.Json;

namespace Munshi.WhatsApp.Webhooks;

/// <summary>Reads typed members of one payload and notes what was wrong with them.</summary>
internal sealed class PayloadReader
{
    /// <summary>The longest provider id kept, in characters; a <c>wamid</c> has about 60.</summary>
    private const int MaxIdLength = 512;

    /// <summary>E.164 allows 15 digits; some headroom for what is no public number.</summary>
    private const int MaxPhoneDigits = 20;

    /// <summary>Country code, dot, up to 128 characters; <c>IN.ENT.</c> before a parent's.</summary>
    private const int MaxUserIdLength = 160;

    public PayloadFlaws Flaws { get; private set; }

    public void Note(PayloadFlaws flaw) => Flaws |= flaw;

    public string? ProviderId(JsonElement element)
    {
        string? id = element.Id(MaxIdLength);
        if (id is null)
        {
            Note(PayloadFlaws.NoId);
        }

        return id;
    }

    public static string? Reference(JsonElement element) => element.Id(MaxIdLength);

    public ProviderTime Time(JsonElement element)
    {
        ProviderTime time = ProviderTime.Read(element);
        if (time.Seconds is null)
        {
            Note(PayloadFlaws.NoTime);
        }

        return time;
    }

    /// <summary>Digits with country code, no plus.</summary>
    public string? Phone(JsonElement element)
    {
        if (IsAbsent(element))
        {
            return null;
        }

        ReadOnlySpan<char> digits = element.Id(MaxPhoneDigits + 1);
        if (digits.StartsWith('+'))
        {
            digits = digits[1..];
        }

        if (digits.IsEmpty || digits.Length > MaxPhoneDigits || digits.ContainsAnyExceptInRange('0', '9'))
        {
            Note(PayloadFlaws.BadIdentity);
            return null;
        }

        return digits.ToString();
    }

    /// <summary>A business-scoped user id, byte for byte.</summary>
    public string? UserId(JsonElement element)
    {
        string? id = element.Id(MaxUserIdLength);
        if (id is null && !IsAbsent(element))
        {
            Note(PayloadFlaws.BadIdentity);
        }

        return id;
    }

    public string? Text(JsonElement element, int maxLength)
    {
        string? text = element.Text(maxLength, out bool repaired, out bool cut);
        Note((repaired ? PayloadFlaws.TextRepaired : 0) | (cut ? PayloadFlaws.TextCut : 0));
        return text;
    }

    private static bool IsAbsent(JsonElement element) => element.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;
}
