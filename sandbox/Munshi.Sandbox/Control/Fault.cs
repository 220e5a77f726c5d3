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

    /// <summary>The error of <see cref="FaultNumber.RefusedCode"/>; not accepted.</summary>
    Refused,

    /// <summary>Meta's own limits are kept: see <see cref="Graph.MessagingLimits"/>.</summary>
    Limits,

    /// <summary>The number's quality is <c>RED</c>.</summary>
    QualityRed,

    /// <summary>The number's throughput is <c>HIGH</c>.</summary>
    HighThroughput,

    /// <summary>The number is used in the WhatsApp Business app too.</summary>
    OnPhoneApp,

    /// <summary>The token ends in three days.</summary>
    TokenEnding,

    /// <summary>403, code 10: the token lacks a permission.</summary>
    PermissionMissing,

    /// <summary>400, code 133010; not accepted.</summary>
    NumberNotRegistered,

    /// <summary>400, code 131030: a test number sends to listed recipients only; not accepted.</summary>
    RecipientNotListed,

    /// <summary>400, code 131042; not accepted.</summary>
    PaymentProblem,

    /// <summary>An upload answers 500, code 131000; the file is not kept.</summary>
    UploadHttp500,

    /// <summary>An upload answers 400, code 131053; the file is not kept.</summary>
    UploadRefused,

    /// <summary>The download address of a file answers 404; switched on without a count, looking the file up fails too. A message that names an uploaded file is refused with 100.</summary>
    MediaExpired,

    /// <summary>The last byte of a downloaded file is another.</summary>
    MediaWrongHash,

    /// <summary>A download never ends.</summary>
    MediaEndless,

    /// <summary>A download has 101 MB, and nobody says so ahead.</summary>
    MediaTooLarge,

    /// <summary>A recipient is refused for good: 550 5.1.1.</summary>
    MailReject,

    /// <summary>A recipient is refused for now: 451 4.7.1.</summary>
    MailDefer,

    /// <summary>A mail is taken over, and that is never said.</summary>
    MailSilent,
}
