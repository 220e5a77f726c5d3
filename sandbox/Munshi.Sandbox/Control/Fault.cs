namespace Munshi.Sandbox.Control;

/// <summary>What the imitation can be told to do wrong; the JSON names are these in camel case.</summary>
internal enum Fault
{
    /// <summary>An update is sent twice.</summary>
    Duplicate,

    /// <summary>A delivery waits until the next one of its conversation has gone, at most a second; the updates of a batch go last first.</summary>
    Reorder,

    /// <summary>A status is never delivered.</summary>
    StatusLoss,

    /// <summary>Accepted, never on the phone, then the status <c>failed</c> with the code of <see cref="FaultNumber.FailedCode"/>.</summary>
    Failed,

    /// <summary>Accepted, then neither a message on the phone nor a status.</summary>
    SilentDrop,

    /// <summary>500, code 131000; not accepted.</summary>
    Http500,

    /// <summary>503, code 131016; not accepted.</summary>
    Http503,

    /// <summary>Accepted and on the phone, then 500 without a body.</summary>
    Http500AfterAccept,

    /// <summary>Accepted and on the phone, then no answer.</summary>
    HangAfterAccept,

    /// <summary>401, code 190.</summary>
    TokenRevoked,

    /// <summary>429, code 130429; not accepted.</summary>
    Http429,

    /// <summary>400, code 130429; not accepted.</summary>
    Throughput,

    /// <summary>400, code 131056; not accepted.</summary>
    PairRate,

    /// <summary>400, code 80007, with the usage header; not accepted.</summary>
    ApiCallLimit,

    /// <summary>Meta's own limits are kept: see <see cref="Graph.MessagingLimits"/>.</summary>
    Limits,

    /// <summary>403, code 10: the token lacks a permission.</summary>
    PermissionMissing,

    /// <summary>400, code 133010; not accepted.</summary>
    NumberNotRegistered,

    /// <summary>400, code 131030: a test number sends to listed recipients only; not accepted.</summary>
    RecipientNotListed,

    /// <summary>400, code 131042; not accepted.</summary>
    PaymentProblem,

    /// <summary>A recipient is refused for good: 550 5.1.1.</summary>
    MailReject,

    /// <summary>A recipient is refused for now: 451 4.7.1.</summary>
    MailDefer,

    /// <summary>A mail is taken over, and that is never said.</summary>
    MailSilent,
}
