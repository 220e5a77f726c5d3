using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Munshi.WhatsApp.Json;

namespace Munshi.WhatsApp.Webhooks;

/// <summary>Reads typed members of one payload and notes what was wrong with them.</summary>
internal sealed class PayloadReader
{
    /// <summary>The longest provider id kept, in characters; a <c>wamid</c> has about 60.</summary>
    private const int MaxIdLength = 512;

    /// <summary>E.164 allows 15 digits; some headroom for what is no public number.</summary>
    public const int MaxPhoneDigits = 20;

    /// <summary>Country code, dot, up to 128 characters; <c>IN.ENT.</c> before a parent's.</summary>
    private const int MaxUserIdLength = 160;

    /// <summary>The most items kept of one list; a message can hold 257 contacts and an order 30 products.</summary>
    private const int MaxItems = 1000;

    /// <summary>The longest of Meta's own words kept, such as a type or a category, in characters.</summary>
    private const int MaxWordLength = 64;

    /// <summary>The longest name or line kept, in UTF-16 units.</summary>
    private const int MaxLineLength = 512;

    private const int MaxLinkLength = 4096;

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

    /// <summary>Digits with country code, no plus. An empty string is how Meta keeps a number back, and no flaw.</summary>
    public string? Phone(JsonElement element)
    {
        string? phone = OtherPhone(element);
        if (phone is null && !IsAbsent(element) && !IsEmpty(element))
        {
            Note(PayloadFlaws.BadIdentity);
        }

        return phone;
    }

    /// <summary>As <see cref="Phone"/>, of one whom the payload is not about: a wrong one is no flaw.</summary>
    public static string? OtherPhone(JsonElement element)
    {
        ReadOnlySpan<char> digits = element.Id(MaxPhoneDigits + 1);
        if (digits.StartsWith('+'))
        {
            digits = digits[1..];
        }

        return digits.IsEmpty || digits.Length > MaxPhoneDigits || digits.ContainsAnyExceptInRange('0', '9') ? null : digits.ToString();
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

    /// <summary>As <see cref="UserId"/>, of one whom the payload is not about: a wrong one is no flaw.</summary>
    public static string? OtherUserId(JsonElement element) => element.ValueKind == JsonValueKind.String ? element.Id(MaxUserIdLength) : null;

    public string? Text(JsonElement element, int maxLength)
    {
        string? text = element.Text(maxLength, out bool repaired, out bool cut);
        return Noted(text, repaired, cut);
    }

    /// <summary>At most 512 UTF-16 units.</summary>
    public string? Line(JsonElement element) => Text(element, MaxLineLength);

    /// <summary>At most <see cref="InboundMessage.MaxTextLength"/> UTF-16 units.</summary>
    public string? Words(JsonElement element) => Text(element, InboundMessage.MaxTextLength);

    /// <summary>At most 64 characters.</summary>
    public string? Word(JsonElement element) => Text(element, MaxWordLength);

    /// <summary>A string of at most 4,096 characters, whole or not at all: half a link leads elsewhere.</summary>
    public static string? Link(JsonElement element) => element.ValueKind == JsonValueKind.String ? element.Id(MaxLinkLength) : null;

    /// <summary>The objects of an array, at most 1,000; what is no object is left out.</summary>
    public IReadOnlyList<T> Objects<T>(JsonElement array, Func<PayloadReader, JsonElement, T> read)
    {
        if (array.ValueKind != JsonValueKind.Array)
        {
            return [];
        }

        List<T> items = [];
        foreach (JsonElement item in array.EnumerateArray())
        {
            if (items.Count == MaxItems)
            {
                Note(PayloadFlaws.ListCut);
                break;
            }

            if (item.ValueKind == JsonValueKind.Object)
            {
                items.Add(read(this, item));
            }
        }

        return items;
    }

    /// <summary>The members of an object in their order, at most 1,000, with names of at most 512 UTF-16 units.</summary>
    public IReadOnlyList<T> Members<T>(JsonElement element, Func<PayloadReader, string, JsonElement, T> read)
    {
        List<T> members = [];
        foreach (JsonProperty member in element.EnumerateObject())
        {
            if (members.Count == MaxItems)
            {
                Note(PayloadFlaws.ListCut);
                break;
            }

            members.Add(read(this, Noted(member.Name(MaxLineLength, out bool repaired, out bool cut), repaired, cut), member.Value));
        }

        return members;
    }

    /// <summary>Any value as its JSON, at most <see cref="InboundMessage.MaxTextLength"/> UTF-16 units.</summary>
    public string RawWords(JsonElement element)
    {
        string json = Encoding.UTF8.GetString(element.Raw());
        int length = InboundMessage.MaxTextLength;
        return json.Length <= length ? json : Noted(json[..(char.IsHighSurrogate(json[length - 1]) ? length - 1 : length)], repaired: false, cut: true);
    }

    [return: NotNullIfNotNull(nameof(text))]
    private string? Noted(string? text, bool repaired, bool cut)
    {
        Note((repaired ? PayloadFlaws.TextRepaired : 0) | (cut ? PayloadFlaws.TextCut : 0));
        return text;
    }

    private static bool IsEmpty(JsonElement element) => element.ValueKind == JsonValueKind.String && element.Raw().Length == 2;

    private static bool IsAbsent(JsonElement element) => element.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;
}
