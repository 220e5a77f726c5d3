namespace Munshi.Sandbox.Webhooks;

/// <summary>One webhook POST on its way to a callback.</summary>
internal sealed record WebhookDelivery
{
    /// <summary>Selects callback and secret anew at every attempt, as registered then.</summary>
    public required string PhoneNumberId { get; init; }

    /// <summary>First attempts of one lane of a number go in order; lanes are independent.</summary>
    public required string Lane { get; init; }

    public required byte[] Body { get; init; }

    /// <summary>How many messages and statuses <see cref="Body"/> holds.</summary>
    public int Updates { get; init; } = 1;

    /// <summary>Called once the callback answered 200.</summary>
    public Action Delivered { get; init; } = () => { };
}
