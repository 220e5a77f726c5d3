using System.Text.Json;

namespace Munshi.Sandbox.Control;

/// <summary>The faults in the order of the control page, each with what Meta really does.</summary>
public static class FaultGuide
{
    /// <param name="Name">As in <c>PUT /control/faults</c>: a switch where <see cref="Fault"/> has it, a whole number where <see cref="FaultNumber"/> has it.</param>
    /// <param name="Title">Beside the control; names the unit of a number.</param>
    /// <param name="WhatMetaDoes">One to three sentences in English, with Meta's status and code where it answers with them.</param>
    public sealed record Entry(string Name, string Title, string WhatMetaDoes);

    /// <summary>Every fault and number once.</summary>
    public static readonly IReadOnlyList<(string Title, IReadOnlyList<Entry> Entries)> Groups =
    [
        ("Webhooks on their way",
        [
            Of(Fault.Duplicate, "Duplicates", "Meta delivers at least once: after a slow answer, or when another app of the account failed, the same update comes again."),
            Of(Fault.Reorder, "Disorder", "Meta promises no order. A delivery lets the next one pass; inside a batch the last update comes first."),
            Of(FaultNumber.DelayMs, "Delay, ms", "Deliveries can come late, after trouble up to seven days. Each waits this long."),
            Of(FaultNumber.DelayJitterMs, "Uneven delay, up to ms", "Each delivery takes its own time on the way, so one overtakes another, in a conversation too."),
            Of(FaultNumber.BatchSize, "Updates in one delivery, up to", "Under load Meta puts up to 1,000 updates into one request. Fewer go after 0.3 s."),
        ]),
        ("Statuses",
        [
            Of(Fault.StatusLoss, "Lost statuses", "A status may never come: delivered is left out when the chat was open, and there is nothing to ask afterwards."),
            Of(FaultNumber.StatusLossPercent, "Share of statuses lost, %", "The same, for an even share of all statuses."),
            Of(Fault.Failed, "Failed after acceptance", "A 200 means accepted, not sent. Some messages fail later, told only by a status with an error code."),
            Of(FaultNumber.FailedCode, "Code of the failure", "What the failed status says."),
            Of(Fault.SilentDrop, "Silently dropped", "Beyond the free allowance without a way to pay, a message is accepted, then neither delivered nor told of."),
        ]),
        ("Sending",
        [
            Of(Fault.Http500, "Error 500", "Something went wrong at Meta, code 131000. Not accepted."),
            Of(Fault.Http503, "Unavailable", "503, code 131016: a service of Meta's is down for a while. Not accepted."),
            Of(Fault.Http500AfterAccept, "Error after acceptance", "The message is on the phone, but the answer is 500 without a body. There is no key against sending twice."),
            Of(Fault.HangAfterAccept, "No answer after acceptance", "The message is on the phone, but the call is never answered. Sending again would double it."),
            Of(FaultNumber.AnswerDelayMs, "Slow answer, ms", "The answer with the message's id takes this long, so its first statuses arrive before it."),
            Of(Fault.TokenRevoked, "Token revoked", "401, code 190: the token ran out or was taken back. Every call fails until a new one is given."),
            Of(Fault.QualityRed, "Low quality", "Asked about the number, Meta says quality_rating RED: many customers blocked or reported it."),
            Of(Fault.HighThroughput, "High throughput", "Asked about the number, Meta says throughput HIGH: 1,000 messages a second instead of 80."),
            Of(Fault.OnPhoneApp, "On the phone too", "Asked about the number, Meta says is_on_biz_app: it is used in the WhatsApp Business app too, and has 20 messages a second."),
            Of(Fault.TokenEnding, "Token ends soon", "Asked about the token, Meta says that it ends in three days."),
            Of(Fault.PermissionMissing, "Permission missing", "403, code 10: the token was made without a permission. Asking for the number is refused too."),
            Of(Fault.NumberNotRegistered, "Number not registered", "400, code 133010: the number was never registered for the Cloud API."),
            Of(Fault.RecipientNotListed, "Recipient not listed", "400, code 131030: a test number may write to the recipients in its list only."),
            Of(Fault.Refused, "Any refusal", "The error whose code stands beside it. Not accepted."),
            Of(FaultNumber.RefusedCode, "Code of the refusal", "Meta's code; 131050 is a customer who stopped marketing messages."),
            Of(Fault.PaymentProblem, "Payment", "400, code 131042: the account has no valid way to pay."),
        ]),
        ("Throttling",
        [
            Of(Fault.Throughput, "Throughput reached", "400, code 130429: more than 80 messages a second for this number, as Meta's table has it."),
            Of(Fault.Http429, "Throughput reached, as 429", "The same code under status 429, which was seen too."),
            Of(FaultNumber.RetryAfterSeconds, "Retry after, s", "What a refusal for throughput asks to wait, in the header Retry-After; 0 without it."),
            Of(Fault.PairRate, "Pair rate", "400, code 131056: too many messages to the same person. Others may still be written to."),
            Of(Fault.ApiCallLimit, "Calls of the account", "400, code 80007: too many calls for the whole account; a usage header says for how long."),
            Of(Fault.Limits, "Meta's own limits", "One message in 6 s to a person, 45 of them ahead of time, and 80 a second in all. Only what exceeds them is refused."),
        ]),
        ("Files",
        [
            Of(Fault.UploadHttp500, "Upload failed", "Giving Meta a file answers 500, code 131000. Nothing is kept; it may be done again."),
            Of(Fault.UploadRefused, "Upload refused", "400, code 131053: Meta does not take the file, because of its type, size or codec."),
            Of(Fault.MediaExpired, "File gone", "A download address lives five minutes (404 after that), an id from a webhook seven days: looking it up then is 400, code 100. So is sending an uploaded file after 30 days."),
            Of(Fault.MediaWrongHash, "Another file than announced", "The bytes do not have the SHA-256 that the webhook told: something was damaged or swapped on its way."),
            Of(Fault.MediaEndless, "Endless file", "The download does not stop, whatever size was announced."),
            Of(Fault.MediaTooLarge, "File of 101 MB", "Meta takes up to 100 MB. More arrives, and the look-up names no size."),
        ]),
        ("Mail",
        [
            Of(Fault.MailReject, "No such mailbox", "Not Meta: the mail server. 550 5.1.1 at the recipient, for good."),
            Of(Fault.MailDefer, "Not now", "451 4.7.1 at the recipient, as mail servers do to strangers at first. Trying again later helps."),
            Of(Fault.MailSilent, "No answer after taking over", "The mail is in the mailbox, but the server never says so. Sending again doubles it, under the same Message-ID."),
        ]),
    ];

    private static Entry Of<T>(T fault, string title, string whatMetaDoes)
        where T : struct, Enum => new(JsonNamingPolicy.CamelCase.ConvertName(fault.ToString()), title, whatMetaDoes);
}
