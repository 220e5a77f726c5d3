using Munshi.Channels;

namespace Munshi.Setup;

/// <summary>How far a workspace's set-up has come, read from what is there.</summary>
public sealed record SetupState
{
    /// <summary>The workspace's own Meta app; null before the first step.</summary>
    public Guid? AppId { get; init; }

    /// <summary>Null where it was given on the command line of an earlier version.</summary>
    public string? VerifyToken { get; init; }

    /// <summary>Scheme and host, such as <c>https://inbox.example</c>.</summary>
    public string? PublicAddress { get; init; }

    /// <summary>What was seen at the app's webhook address; all null or 0 before there is an app.</summary>
    public CallbackState Callback { get; init; } = new();

    /// <summary>The number connected last.</summary>
    public Guid? NumberId { get; init; }

    /// <summary>Digits with country code.</summary>
    public string? DisplayNumber { get; init; }

    /// <summary>Whether Meta's id of the business account was given, whose webhooks are then subscribed.</summary>
    public bool KnowsAccount { get; init; }

    /// <summary>When a customer's message last came in, UTC.</summary>
    public DateTimeOffset? ArrivedAt { get; init; }

    /// <summary>The last test message; null before the first.</summary>
    public TestResult? Test { get; init; }

    /// <summary>Entries of the FAQ that are in use.</summary>
    public int Entries { get; init; }

    /// <summary>For Meta's page; null until app and public address are there.</summary>
    public string? CallbackAddress => AppId is { } app && PublicAddress is { } address ? $"{address}/webhooks/whatsapp/{app}" : null;

    public bool IsDone(SetupStep step) => step switch
    {
        SetupStep.App => AppId is not null,
        SetupStep.Webhook => Callback.HandshakeAt is not null || Callback.DeliveryAt is not null,
        SetupStep.Number => NumberId is not null,
        SetupStep.Test => ArrivedAt is not null,
        _ => Entries > 0,
    };

    /// <summary>Whether the step may be taken: what it builds on is there.</summary>
    public bool IsOpen(SetupStep step) => step is SetupStep.App or SetupStep.Knowledge
        || (AppId is not null && (step is not SetupStep.Test || NumberId is not null));

    /// <summary>The first step not done; null when all are.</summary>
    public SetupStep? Next => Enum.GetValues<SetupStep>().Cast<SetupStep?>().FirstOrDefault(step => !IsDone(step!.Value));
}
