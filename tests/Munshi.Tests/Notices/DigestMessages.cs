using System.Globalization;

namespace Munshi.Tests.Notices;

/// <summary>Rows of the vault, as superuser: a conversation of a workspace, and messages in it.</summary>
internal static class DigestMessages
{
    private const string Hash = "decode(repeat('5a', 32), 'hex')";
    private const string Sealed = "decode('01', 'hex')";
    private const string Now = "'2026-11-01T06:30:00Z'";

    public static string Conversation(Guid id, string owner) =>
        $"""
        INSERT INTO vault.contact (client_id, id, created_at) VALUES ('{id}', '{id}', {Now});
        INSERT INTO vault.identifier (client_id, id, contact_id, kind, lookup, value_sealed, created_at) VALUES ('{id}', '{id}', '{id}', 'phone', {Hash}, {Sealed}, {Now});
        INSERT INTO vault.data_key (client_id, identifier_id, period, key_id, created_at) VALUES ('{id}', '{id}', 202611, '{id}', {Now});
        INSERT INTO vault.conversation (client_id, id, contact_id, opened_at, last_at, last_message_id, inbound_count, read_count, owner_kind, owner_epoch)
        VALUES ('{id}', '{id}', '{id}', {Now}, {Now}, '{id}', 0, 0, '{owner}', 0);
        """;

    /// <param name="client">The workspace, as its conversation.</param>
    /// <param name="at">When it was received or written.</param>
    /// <param name="direction"><c>in</c> or <c>out</c>.</param>
    /// <param name="author"><c>customer</c>, <c>person</c> or <c>program</c>.</param>
    public static string Message(Guid client, DateTimeOffset at, string direction, string author)
    {
        string time = at.ToString("O", CultureInfo.InvariantCulture);
        string by = author == "program" ? "program:responder" : $"{author}:{client}";
        return $"""
            INSERT INTO vault.message (client_id, id, conversation_id, identifier_id, direction, author, kind, source, turn, at, received_at, key_id, text_sealed)
            VALUES ('{client}', '{Guid.CreateVersion7(at)}', '{client}', '{client}', '{direction}', '{by}', 'text', '{(direction == "in" ? "webhook" : "responder")}', 1, '{time}', '{time}', '{client}', {Sealed})
            """;
    }
}
