using System.Security.Cryptography;
using Munshi.Vault.Pages;

namespace Munshi.Vault;

/// <summary>Offers to send a person's failed message anew, until its text has gone out in a later one.</summary>
internal static class FailedMessages
{
    private const int KeyBytes = 16;

    /// <param name="messages">Oldest first.</param>
    /// <param name="canReply">Whether the viewer may write now.</param>
    public static IReadOnlyList<MessageView> Offer(IReadOnlyList<MessageView> messages, bool canReply) => canReply
        ? [.. messages.Select((message, index) => IsOpen(message, messages.Skip(index + 1)) ? message with { RetryKey = KeyOf(message.Id) } : message)]
        : messages;

    private static bool IsOpen(MessageView message, IEnumerable<MessageView> later) =>
        message is { Status: DeliveryState.Failed, Author: MessageAuthor.Person, Text.Length: > 0 }
        && MessageKinds.IsText(message.Kind)
        && !later.Any(other => other.Direction is MessageDirection.Out && other.Text == message.Text);

    /// <summary>The same failed message always has the same key, so that it is sent anew once, however often it is asked for.</summary>
    private static Guid KeyOf(Guid failedMessageId) => new(SHA256.HashData([.. "retry"u8, .. failedMessageId.ToByteArray()]).AsSpan(0, KeyBytes));
}
