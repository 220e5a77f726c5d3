using System.Buffers.Text;
using System.Text.Json;
using Munshi.WhatsApp.Json;

namespace Munshi.WhatsApp.Webhooks;

/// <summary>A time as Meta gave it, in Unix seconds; any number at all, so it is believed only within bounds.</summary>
/// <param name="Seconds">Null where it is missing or no whole number.</param>
public readonly record struct ProviderTime(long? Seconds)
{
    /// <summary>2009-01-01T00:00:00Z, the year WhatsApp began.</summary>
    private const long Earliest = 1_230_768_000;

    /// <summary>How far ahead of our clock Meta's may be.</summary>
    private static readonly TimeSpan MaxLead = TimeSpan.FromDays(1);

    /// <summary>The instant, in UTC; null unless it lies from 2009-01-01 to one day after <paramref name="now"/>.</summary>
    public DateTimeOffset? AsOf(DateTimeOffset now) =>
        Seconds is { } seconds && seconds >= Earliest && seconds <= now.Add(MaxLead).ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    /// <summary>Reads a string of digits (messages, statuses) or a number (management fields).</summary>
    internal static ProviderTime Read(JsonElement element)
    {
        ReadOnlySpan<byte> digits = element.ValueKind switch
        {
            JsonValueKind.String => element.Raw()[1..^1],
            JsonValueKind.Number => element.Raw(),
            _ => default,
        };
        return Utf8Parser.TryParse(digits, out long seconds, out int consumed) && consumed == digits.Length
            ? new ProviderTime(seconds)
            : default;
    }
}
