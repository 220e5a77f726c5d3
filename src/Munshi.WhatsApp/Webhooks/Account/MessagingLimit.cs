using System.Globalization;
using System.Text.Json;
using Munshi.WhatsApp.Json;

namespace Munshi.WhatsApp.Webhooks.Account;

/// <summary>To how many customers a business may write first within 24 hours.</summary>
/// <param name="Text">As sent: <c>TIER_2K</c>, <c>TIER_UNLIMITED</c>, <c>2000</c>, <c>-1</c>; at most 64 characters.</param>
public sealed record MessagingLimit(string Text) : PayloadPart
{
    private const string TierPrefix = "TIER_";

    public bool IsUnlimited => Text is "-1" or "TIER_UNLIMITED";

    /// <summary>0 to 2^31−1; null where it is unlimited, not set or not known.</summary>
    public int? Customers
    {
        get
        {
            ReadOnlySpan<char> count = Text.StartsWith(TierPrefix, StringComparison.Ordinal) ? Text.AsSpan(TierPrefix.Length) : Text;
            bool isThousands = count.EndsWith('K');
            return int.TryParse(isThousands ? count[..^1] : count, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                && (!isThousands || number <= int.MaxValue / 1000)
                ? number * (isThousands ? 1000 : 1)
                : null;
        }
    }

    internal static MessagingLimit? Read(JsonElement element) => element.Id(64) is { } text ? new MessagingLimit(text) : null;
}
