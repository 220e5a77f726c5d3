using Microsoft.Extensions.Localization;
using Munshi.Channels.Costs;
using Munshi.Channels.Sending;
using Munshi.Web.Resources;

namespace Munshi.Vault;

/// <summary>Says in the reader's language why a message was not sent or not delivered, and what to do.</summary>
/// <remarks>Meta's codes: "Error codes" of the Cloud API, 2025-12-12.</remarks>
internal sealed class SendProblems(IStringLocalizer<Text> text)
{
    /// <param name="reason">Our own reason word, if it was our decision.</param>
    /// <param name="code">Meta's code, if it was Meta's.</param>
    public string Explain(string? reason, int? code) => (reason, code) switch
    {
        ("owner-changed", _) => text["Withdrawn.OwnerChanged"],
        ("newer-message", _) => text["Withdrawn.NewerMessage"],
        ("opted-out", _) => text["Withdrawn.OptedOut"],
        ("window-closed", _) or (_, 131047) => text["Failure.WindowClosed"],
        ("not-sent", _) => text["Failure.NotSent"],
        ("no-recipient", _) => text["Failure.NoRecipient"],
        ("given-up", _) => text["Failure.GivenUp"],
        ("template-not-approved", _) => text["Failure.TemplateNotApproved"],
        ("opted-out-marketing", _) => text["Failure.OptedOutMarketing"],
        (MessageCosts.CapReached, _) => text["Failure.CostCap"],
        ("waited-too-long", _) => text["Failure.WaitedTooLong"],
        ("file-gone", _) => text["Failure.FileGone"],
        (_, 131052 or 131053) => text["Failure.File"],
        (_, 131026) => text["Failure.Undeliverable"],
        (_, 0 or 190 or 3 or 10 or 131005 or (>= 200 and <= 299)) => text["Failure.Token"],
        (_, 131056) => text["Failure.Pair"],
        (_, 4 or 80007 or 130429 or 131048) => text["Failure.Rate"],
        (_, 131042) => text["Failure.Payment"],
        (_, 368 or 131031) => text["Failure.Restricted"],
        (_, 33 or 131037 or 131045) => text["Failure.Number"],
        (_, 130472 or 131049 or 131050) => text["Failure.Chosen"],
        (_, 1 or 2 or 131000 or 131016 or 131057 or 133004) => text["Failure.Meta"],
        (_, > 0) => text["Failure.Code", code],
        _ => text["Delivery.FailedNoReason"],
    };

    /// <summary>Why it waits, and what ends that.</summary>
    public string Explain(SendDelay delay) => (delay.Word, delay.Code) switch
    {
        (SendDelay.Behind, _) => text["Delay.Behind"],
        (SendDelay.Unreachable, _) => text["Delay.Unreachable"],
        (SendDelay.Paced, _) => text["Delay.Paced"],
        (SendDelay.Stopped, NumberStops.ToldByMeta) => text["Delay.AccountTold"],
        (_, 0 or 190 or 3 or 10 or 131005 or (>= 200 and <= 299)) => text["Delay.Token", delay.Code],
        (_, 131042) => text["Delay.Payment", delay.Code],
        (_, 368 or 131031) => text["Delay.Restricted", delay.Code],
        (_, 33 or 131037 or 131045 or (>= 133000 and <= 133016)) => text["Delay.Number", delay.Code],
        (_, 4 or 80007 or 130429 or 131048 or 131056) => text["Delay.Rate", delay.Code],
        (SendDelay.Stopped, { } code) => text["Delay.Stopped", code],
        (_, > 0) => text["Delay.Meta", delay.Code],
        _ => text["Delay.Unreachable"],
    };

    /// <summary>Whether Meta's code tells of something that an owner mends on the page of the number.</summary>
    public static bool MendsInSettings(int? code) => code is 0 or 190 or 3 or 10 or 33 or 131005 or (>= 200 and <= 299) or 131037 or 131045 or (>= 133000 and <= 133016);
}
