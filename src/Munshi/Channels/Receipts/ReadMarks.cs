using Munshi.Database;
using Munshi.Database.WorkQueue;
using Munshi.Keyring;
using Munshi.Vault;
using Munshi.WhatsApp.Sending;
using Munshi.WhatsApp.Webhooks;

namespace Munshi.Channels.Receipts;

/// <summary>Tells a customer, through Meta, that the newest message was read or that somebody writes an answer. A kindness: it is tried a few times and then forgotten.</summary>
/// <remarks>It stops no number, holds up no message and leaves nothing in the vault. Meta marks what came before as read too.</remarks>
internal sealed partial class ReadMarks(WorkspaceDatabase database, KeyCustodian custodian, Numbers numbers, GraphClient graph, TimeProvider clock, ILogger<ReadMarks> logger)
{
    /// <summary>Its subject is the conversation.</summary>
    public const string ReadJob = "channel.read-mark";

    /// <summary>Its subject is the conversation.</summary>
    public const string TypingJob = "channel.typing";

    private const int MostAttempts = 3;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>Meta takes no mark of an older message.</summary>
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(30);

    private static readonly string NewestReceived = Sql.Read("Channels/Receipts/newest_received.sql");
    private static readonly string TellOnce = Sql.Read("Channels/Receipts/tell.sql");

    /// <summary>Causes a job in the transaction of the act; one that waits already does for both.</summary>
    /// <param name="transaction">Of the act.</param>
    /// <param name="kind"><see cref="ReadJob"/> or <see cref="TypingJob"/>.</param>
    /// <param name="conversationId">Where.</param>
    /// <param name="now">When.</param>
    public static void Tell(WorkspaceTransaction transaction, string kind, Guid conversationId, DateTimeOffset now) =>
        Jobs.Enqueue(transaction, new Statement(TellOnce)
            .Uuid(transaction.ClientId).Uuid(Guid.CreateVersion7(now)).Text(kind).Uuid(conversationId).Time(now));

    public async Task SendAsync(JobLease lease, CancellationToken cancellationToken)
    {
        (Guid NumberId, string MessageId)? newest = await database.TransactAsync(lease.ClientId, transaction => FindAsync(transaction, lease), cancellationToken);
        if (newest is not var (numberId, messageId))
        {
            return;
        }

        NumberCredentials from = await numbers.CredentialsAsync(lease.ClientId, numberId, cancellationToken);
        SendOutcome outcome = await graph.SendReadMarkAsync(
            new ReadMarkRequest { PhoneNumberId = from.PhoneNumberId, AccessToken = from.AccessToken, MessageId = messageId, Typing = lease.Kind == TypingJob },
            cancellationToken);
        Log.Answered(logger, lease.Kind, outcome);
        bool again = lease.Kind == ReadJob && lease.Attempt < MostAttempts
            && outcome is not (SendOutcome.Accepted or SendOutcome.Refused { Class: not RetryClass.Retry });
        await database.TransactAsync(lease.ClientId, async transaction =>
        {
            if (await Jobs.SubjectAsync(transaction, lease) is null)
            {
                return false;
            }

            if (again)
            {
                Jobs.PutOff(transaction, lease, clock.GetUtcNow() + Pause);
            }
            else
            {
                Jobs.Complete(transaction, lease);
            }

            return true;
        }, CancellationToken.None);
    }

    /// <summary>Ends the job where there is nothing to tell.</summary>
    private async Task<(Guid NumberId, string MessageId)?> FindAsync(WorkspaceTransaction transaction, JobLease lease)
    {
        if (await Jobs.SubjectAsync(transaction, lease) is not { } conversationId)
        {
            return null;
        }

        (Guid NumberId, string MessageId)? newest = await transaction.RowAsync<(Guid, string)?>(
            new Statement(NewestReceived).Uuid(transaction.ClientId).Uuid(conversationId).Time(clock.GetUtcNow() - Oldest),
            reader =>
            {
                SealContext context = new(transaction.ClientId, reader.GetGuid(1), MessageRecord.RawColumn);
                return custodian.Find(reader.GetGuid(2)) is { } key
                    && InboundMessage.Read(SealedValue.Open(key, context, reader.GetFieldValue<byte[]>(3))).ProviderId is { } id
                        ? (reader.GetGuid(0), id)
                        : null;
            });
        if (newest is null)
        {
            Jobs.Complete(transaction, lease);
        }

        return newest;
    }

    private static partial class Log
    {
        [LoggerMessage(9013, LogLevel.Debug, "{Kind}: {Outcome}")]
        public static partial void Answered(ILogger logger, string kind, SendOutcome outcome);
    }
}
