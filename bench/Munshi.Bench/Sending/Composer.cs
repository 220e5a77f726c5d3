using Munshi.Audit;
using Munshi.Channels.Sending;
using Munshi.CommandLine;
using Munshi.Database;
using Munshi.Vault;
using Munshi.WhatsApp.Sending;

namespace Munshi.Bench.Sending;

/// <summary>Writes messages to the outbox as the product does, many in a transaction.</summary>
internal sealed class Composer(RunningMunshi munshi, Installation installation)
{
    private const int AtOnce = 50;
    private const int Writers = 4;

    private readonly Outbox _outbox = new(installation.Get<SentMessages>(), TimeProvider.System);

    /// <summary>The same message, so many times, spread evenly over the conversations.</summary>
    public Task ComposeAsync(Guid[] conversations, int messages, OutboundContent content, bool bulk, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            Enumerable.Range(0, conversations.Length),
            new ParallelOptions { MaxDegreeOfParallelism = Writers, CancellationToken = cancellationToken },
            async (place, token) =>
            {
                int left = (messages / conversations.Length) + (place < messages % conversations.Length ? 1 : 0);
                for (; left > 0; left -= AtOnce)
                {
                    await ComposeAsync(conversations[place], Math.Min(left, AtOnce), content, bulk, token);
                }
            });

    private Task<bool> ComposeAsync(Guid conversationId, int messages, OutboundContent content, bool bulk, CancellationToken cancellationToken) =>
        installation.Get<WorkspaceDatabase>().TransactAsync(munshi.ClientId, async transaction =>
        {
            ConversationState conversation = (await Conversations.LockAsync(transaction, conversationId))!;
            for (int message = 0; message < messages; message++)
            {
                await _outbox.ComposeAsync(
                    transaction, conversation, new OutboxDraft(content, Actor.Api, Withdrawable: false, conversation.OwnerEpoch, Turn: null) { Bulk = bulk });
            }

            return true;
        }, cancellationToken);
}
