using System.Globalization;
using Munshi.Notices;
using Munshi.WhatsApp.Sending;
using Munshi.WhatsApp.Webhooks;
using Munshi.WhatsApp.Webhooks.Account;

namespace Munshi.Channels.Health;

/// <summary>Judges what Meta told. Pure and total: what is not known is kept as information.</summary>
internal static class ToldEventReader
{
    /// <summary>Stands for a word that is missing or of other characters.</summary>
    private const string NoWord = "-";

    public static ToldEvent Read(UpdateKind kind, byte[] json) => kind switch
    {
        UpdateKind.Error => Error(ChannelError.Read(json)),
        UpdateKind.Standby => HandedOver(Handover.Read(json)),
        UpdateKind.HistoryChunk => new ToldEvent("history", "PROGRESS", NoticeSeverity.Info),
        _ => Event(AccountEvent.Read(json)),
    };

    private static ToldEvent HandedOver(Handover? handover) => handover is null
        ? ToldEvent.Standby
        : new ToldEvent("responder", Word(handover.Type), NoticeSeverity.Warning) { Competitor = Word(handover.FormerApp ?? handover.NewRole) };

    private static ToldEvent Event(AccountEvent told) => told switch
    {
        AccountChanged changed => Changed(changed),
        AccountReviewed reviewed => new ToldEvent("review", Word(reviewed.Decision), reviewed.Decision is "REJECTED" ? NoticeSeverity.Alert : NoticeSeverity.Info),
        AccountAlert alert => new ToldEvent("alert", Word(alert.Type), alert.Status is "NONE" ? NoticeSeverity.Info : Of(alert.Severity)),
        CapabilityChanged capability => new ToldEvent("limit", Word(capability.MaxDailyConversations?.Text), NoticeSeverity.Info)
        {
            Limit = Known(capability.MaxDailyConversations?.Text),
        },
        NumberQualityChanged quality => new ToldEvent(
            "number", Word(quality.Event), quality.Event is "FLAGGED" or "DOWNGRADE" ? NoticeSeverity.Warning : NoticeSeverity.Info)
        {
            Limit = Known(quality.Limit?.Text),
        },
        NumberNameChanged name => new ToldEvent("name", Word(name.Decision), name.Decision is "REJECTED" ? NoticeSeverity.Warning : NoticeSeverity.Info),
        TemplateStatusChanged status => new ToldEvent(
            "template",
            Word(status.StatusText),
            status.Status is TemplateStatus.Rejected or TemplateStatus.Paused or TemplateStatus.Disabled or TemplateStatus.Flagged or TemplateStatus.LimitExceeded
                ? NoticeSeverity.Warning
                : NoticeSeverity.Info),
        TemplateQualityChanged quality => new ToldEvent(
            "template", $"QUALITY_{quality.Now.ToString().ToUpperInvariant()}", quality.Now is QualityScore.Red ? NoticeSeverity.Warning : NoticeSeverity.Info),
        TemplateCategoryChanged category => new ToldEvent("template", Word(category.Now), NoticeSeverity.Warning),
        _ => new ToldEvent("other", Word((told as OtherAccountEvent)?.Event is { Length: > 0 } name ? name : told.Field), NoticeSeverity.Info),
    };

    private static ToldEvent Changed(AccountChanged changed) => (changed.Event, changed.BanState) switch
    {
        (_, "REINSTATE") => new ToldEvent("account", "REINSTATE", NoticeSeverity.Info) { Account = "open" },
        ("ACCOUNT_DELETED", _) or (_, "DISABLE") => new ToldEvent("account", Word(changed.Event), NoticeSeverity.Alert) { Account = "disabled", HoldsReplies = true },
        ("ACCOUNT_RESTRICTION", _) when changed.Restrictions.Count > 0 => new ToldEvent("account", Word(changed.Event), NoticeSeverity.Alert)
        {
            Account = "restricted",
            HoldsReplies = changed.Restrictions.Any(restriction => restriction.Type is not ("RESTRICTED_BIZ_INITIATED_MESSAGING" or "RESTRICTED_ADD_PHONE_NUMBER_ACTION")),
        },
        ("ACCOUNT_RESTRICTION" or "ACCOUNT_VIOLATION" or "PARTNER_REMOVED" or "PARTNER_APP_UNINSTALLED" or "ACCOUNT_OFFBOARDED" or "DISABLED_UPDATE", _) =>
            new ToldEvent("account", Word(changed.BanState ?? changed.Event), NoticeSeverity.Alert),
        _ => new ToldEvent("account", Word(changed.Event), NoticeSeverity.Info),
    };

    private static ToldEvent Error(ChannelError error)
    {
        string word = error.Error.Code is { } code ? code.ToString(CultureInfo.InvariantCulture) : NoWord;
        return error.IsHistoryDeclined
            ? new ToldEvent("history", word, NoticeSeverity.Info)
            : new ToldEvent("error", word, GraphErrorClass.Classify(error.Error.Code ?? GraphErrorClass.NoCode, 0) is RetryClass.StopSender ? NoticeSeverity.Alert : NoticeSeverity.Warning);
    }

    private static NoticeSeverity Of(string severity) => severity switch
    {
        "CRITICAL" => NoticeSeverity.Alert,
        "WARNING" => NoticeSeverity.Warning,
        _ => NoticeSeverity.Info,
    };

    private static string Word(string? word) => Known(word) ?? NoWord;

    private static string? Known(string? word) =>
        word is { Length: > 0 and <= 64 } && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-') ? word : null;
}
