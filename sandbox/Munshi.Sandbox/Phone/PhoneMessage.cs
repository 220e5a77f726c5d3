using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Munshi.Sandbox.Phone.Kinds;

namespace Munshi.Sandbox.Phone;

/// <summary>One message of a phone, either side.</summary>
internal sealed record PhoneMessage
{
    private const string IdPrefix = "m";

    /// <summary>Rises over all phones; the order of a phone's messages.</summary>
    public required long Sequence { get; init; }

    public required string PhoneNumberId { get; init; }

    /// <summary>The customer's digits.</summary>
    public required string Customer { get; init; }

    public required string Wamid { get; init; }

    public required MessageDirection Direction { get; init; }

    /// <summary>Meta's <c>type</c>.</summary>
    public required string Kind { get; init; }

    public required string Text { get; init; }

    public IReadOnlyList<PhoneOption> Options { get; init; } = [];

    public required MessageStatus Status { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The wamid of the quoted message, or of the one reacted to.</summary>
    public string? About { get; init; }

    /// <summary>The business's <c>biz_opaque_callback_data</c>.</summary>
    public string? CallbackData { get; init; }

    /// <summary>Above the text, of a message with buttons or a list.</summary>
    public string? Header { get; init; }

    public string? Footer { get; init; }

    /// <summary>On the button that opens a list; null when <see cref="Options"/> are buttons.</summary>
    public string? ListLabel { get; init; }

    /// <summary>How a list is parted; empty for buttons.</summary>
    public IReadOnlyList<PhoneSection> Sections { get; init; } = [];

    /// <summary>Name and type of the file sent with it.</summary>
    public string? File { get; init; }

    /// <summary>What Meta was told of that file; an edit of the caption tells it again.</summary>
    public JsonObject? Media { get; init; }

    /// <summary>What the bubble shows in place of the text.</summary>
    public IReadOnlyList<MessageDetail> Details { get; init; } = [];

    /// <summary>Where it came from, such as forwarded.</summary>
    public string? Mark { get; init; }

    [JsonIgnore]
    public bool IsEdited { get; init; }

    [JsonIgnore]
    public bool IsDeleted { get; init; }

    /// <summary>The sequence of its last edit or deletion; 0 without one.</summary>
    [JsonIgnore]
    public long ChangedBy { get; init; }

    /// <summary>Whether it edits or deletes another one.</summary>
    [JsonIgnore]
    public bool IsChange => Direction == MessageDirection.Customer && (Kind is "edit" or "revoke");

    /// <summary>Something the customer did without writing.</summary>
    [JsonIgnore]
    public bool IsEvent => Kind is "system" or "request_welcome" or MarketingPreference.Kind;

    /// <summary>The customer's profile name from this message on.</summary>
    public string? ProfileName { get; init; }

    /// <summary>The id of the phone API; safe in a query without escaping, which a wamid is not.</summary>
    public string Id => IdPrefix + Sequence.ToString(CultureInfo.InvariantCulture);

    /// <summary>What is deleted stays so.</summary>
    public bool Changes(PhoneMessage other) => other.Wamid == About && other.Direction == Direction && !other.IsDeleted;

    public PhoneMessage ChangedTo(PhoneMessage by) => by.Kind == "edit"
        ? this with { Text = by.Text, IsEdited = true, ChangedBy = by.Sequence }
        : this with { IsDeleted = true, ChangedBy = by.Sequence };

    public static bool TryReadId(string id, out long sequence)
    {
        sequence = 0;
        return id.StartsWith(IdPrefix, StringComparison.Ordinal)
            && long.TryParse(id.AsSpan(IdPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out sequence);
    }
}
