namespace Munshi.Database;

/// <summary>Tells listening processes that something changed, at commit; ids only, never content.</summary>
internal static class Signals
{
    public const string Channel = "munshi_signal";

    /// <summary>Ends a payload that tells of the counts alone.</summary>
    public const string ReadMark = "read";

    /// <summary>Ends a payload that tells of an app's callback.</summary>
    public const string CallbackMark = "callback";

    /// <summary>A conversation changed: <c>{client} {conversation}</c>.</summary>
    public static void Conversation(WorkspaceTransaction transaction, Guid conversationId) =>
        transaction.Queue(new Statement("SELECT pg_notify($1, $2)") { ReturnsRows = true }
            .Text(Channel).Text($"{transaction.ClientId} {conversationId}"));

    /// <summary>Each of these conversations changed.</summary>
    public static void Conversations(WorkspaceTransaction transaction, IEnumerable<Guid> conversationIds) =>
        transaction.Queue(new Statement("SELECT pg_notify($1, changed) FROM unnest($2::text[]) AS changed") { ReturnsRows = true }
            .Text(Channel).Texts([.. conversationIds.Select(id => $"{transaction.ClientId} {id}")]));

    /// <summary>Something was seen at an app's callback: <c>{client} {app} callback</c>.</summary>
    public static void Callback(WorkspaceTransaction transaction, Guid appId) =>
        transaction.Queue(new Statement("SELECT pg_notify($1, $2)") { ReturnsRows = true }
            .Text(Channel).Text($"{transaction.ClientId} {appId} {CallbackMark}"));

    /// <summary>The payload that says somebody read a conversation: <c>{client} {conversation} read</c>. Its content is as it was.</summary>
    public static string ReadPayload(Guid clientId, Guid conversationId) => $"{clientId} {conversationId} {ReadMark}";
}
