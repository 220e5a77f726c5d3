namespace Munshi.WhatsApp.Webhooks;

/// <summary>What was wrong with a payload that was read all the same. The values are stable and may be stored.</summary>
[Flags]
public enum PayloadFlaws
{
    None = 0,

    /// <summary>Not the JSON object expected: every member is empty.</summary>
    Unreadable = 1,

    /// <summary>The provider's id is missing, empty, damaged or too long.</summary>
    NoId = 2,

    /// <summary>The time is missing or no whole number of seconds. Whether it is <em>plausible</em> is <see cref="ProviderTime.AsOf"/>'s question.</summary>
    NoTime = 4,

    /// <summary>The text held half of a surrogate pair, shown as U+FFFD.</summary>
    TextRepaired = 8,

    /// <summary>A text was longer than is kept and was cut.</summary>
    TextCut = 16,

    /// <summary>A phone number or user id was given but is none.</summary>
    BadIdentity = 32,

    /// <summary>A list had more items than are kept and was cut.</summary>
    ListCut = 64,
}
