namespace Munshi.Sandbox.Control;

/// <summary>The faults that are numbers; the JSON names are these in camel case.</summary>
internal enum FaultNumber
{
    /// <summary>How long each delivery is held back.</summary>
    DelayMs,

    /// <summary>How much longer at most, drawn anew for each delivery; none waits for the one before it then.</summary>
    DelayJitterMs,

    /// <summary>How long the Graph API takes to answer an accepted message; its statuses go out meanwhile.</summary>
    AnswerDelayMs,

    /// <summary>The share of statuses that is never delivered, evenly spread.</summary>
    StatusLossPercent,

    /// <summary>How many updates are gathered into one delivery, for at most <see cref="Webhooks.WebhookBatches.Patience"/>.</summary>
    BatchSize,

    /// <summary>The code of <see cref="Fault.Refused"/>; one of <see cref="Graph.GraphError.Codes"/>.</summary>
    RefusedCode,

    /// <summary>What a 429 and a refusal for throughput ask to wait, as the header <c>Retry-After</c>; 0 without it.</summary>
    RetryAfterSeconds,

    /// <summary>The code of <see cref="Fault.Failed"/>; one of <see cref="Webhooks.FailedStatus.Codes"/>.</summary>
    FailedCode,
}
