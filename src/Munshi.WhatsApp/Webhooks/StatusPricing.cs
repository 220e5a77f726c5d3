namespace Munshi.WhatsApp.Webhooks;

/// <summary>What a message costs. It comes with <c>sent</c> or with one of <c>delivered</c> and <c>read</c>, not with both; new words appear in all of it.</summary>
public sealed record StatusPricing : PayloadPart
{
    /// <summary>To be retired by Meta: <see cref="Type"/> and <see cref="Category"/> say it too.</summary>
    public bool? Billable { get; init; }

    /// <summary><c>PMP</c>, per message, or before July 2025 <c>CBP</c>, per conversation; at most 64 characters.</summary>
    public string? Model { get; init; }

    /// <summary><c>regular</c>, <c>free_customer_service</c> or <c>free_entry_point</c>; at most 64 characters.</summary>
    public string? Type { get; init; }

    /// <summary>Such as <c>service</c>, <c>utility</c>, <c>marketing</c>, <c>authentication</c>; at most 64 characters.</summary>
    public string? Category { get; init; }
}
