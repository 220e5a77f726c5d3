namespace Munshi.Database;

/// <summary>Tells listening processes that something changed, at commit; ids only, never content.</summary>
internal static class Signals
{
    public const string Channel = "munshi_signal";

    /// <summary>A conversation changed: <c>{client} {conversation}</c>.</summary>
    public static void Conversation(WorkspaceTransaction transaction, Guid conversationId) =>
        transaction.Queue(new Statement("SELECT pg_notify($1, $2)") { ReturnsRows = true }
            .Text(Channel).Text($"{transaction.ClientId} {conversationId}"));
}
