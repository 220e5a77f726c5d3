namespace Munshi.WhatsApp.Webhooks;

/// <summary>The words of <see cref="UpdateKind"/>, as they stand in <see cref="WebhookUpdate.Json"/>: 1 to 48 of <c>a</c>–<c>z</c> and <c>_</c>. They are stable and may be stored.</summary>
public static class UpdateKindWords
{
    public static string Word(this UpdateKind kind) => kind switch
    {
        UpdateKind.Account => "account",
        UpdateKind.Message => "message",
        UpdateKind.Status => "status",
        UpdateKind.Error => "error",
        UpdateKind.Echo => "echo",
        UpdateKind.HistoryItem => "history",
        UpdateKind.AppState => "app_state",
        UpdateKind.UserPreference => "user_preference",
        UpdateKind.Template => "template",
        UpdateKind.Number => "number",
        UpdateKind.HistoryChunk => "history_chunk",
        UpdateKind.Standby => "standby",
        _ => "unknown",
    };

    /// <summary><see cref="UpdateKind.Unknown"/> for a word that is none.</summary>
    public static UpdateKind Read(string? word) => word switch
    {
        "account" => UpdateKind.Account,
        "message" => UpdateKind.Message,
        "status" => UpdateKind.Status,
        "error" => UpdateKind.Error,
        "echo" => UpdateKind.Echo,
        "history" => UpdateKind.HistoryItem,
        "app_state" => UpdateKind.AppState,
        "user_preference" => UpdateKind.UserPreference,
        "template" => UpdateKind.Template,
        "number" => UpdateKind.Number,
        "history_chunk" => UpdateKind.HistoryChunk,
        "standby" => UpdateKind.Standby,
        _ => UpdateKind.Unknown,
    };
}
