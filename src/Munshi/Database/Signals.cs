namespace Munshi.Database;

/// <summary>Tells listening processes that something changed, at commit; ids only, never content.</summary>
internal static class Signals
{
    /// <summary>Ends a payload that tells of the counts alone.</summary>
    public const string ReadMark = "read";

    /// <summary>Ends a payload that tells of an app's callback.</summary>
    public const string CallbackMark = "callback";

    /// <summary>A conversation changed: <c>{client} {conversation}</c>.</summary>
    public static void Conversation(WorkspaceTransaction transaction, Guid conversationId) =>
        transaction.Tell(Notifications.Signal, $"{transaction.ClientId} {conversationId}");

    /// <summary>Each of these conversations changed.</summary>
    public static void Conversations(WorkspaceTransaction transaction, IEnumerable<Guid> conversationIds)
    {
        foreach (Guid id in conversationIds)
        {
            Conversation(transaction, id);
        }
    }

    /// <summary>Something was seen at an app's callback: <c>{client} {app} callback</c>.</summary>
    public static void Callback(WorkspaceTransaction transaction, Guid appId) =>
        transaction.Tell(Notifications.Signal, $"{transaction.ClientId} {appId} {CallbackMark}");

    /// <summary>Somebody read a conversation: <c>{client} {conversation} read</c>. Its content is as it was.</summary>
    public static void Read(WorkspaceTransaction transaction, Guid conversationId) =>
        transaction.Tell(Notifications.Signal, $"{transaction.ClientId} {conversationId} {ReadMark}");
}
