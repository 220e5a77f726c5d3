using Munshi.Access;
using Munshi.Database;
using Munshi.Database.WorkQueue;

namespace Munshi.Notices;

/// <summary>Settles who is mailed a notice: one delivery and one job for each of them.</summary>
internal sealed class NoticeAddressing(
    WorkspaceDatabase database, Members members, NoticeRecipients recipients, MailServer server, TimeProvider clock) : IJobHandler
{
    private const string Select = "SELECT severity, person_id FROM notice.notice WHERE client_id = $1 AND id = $2";

    public string Kind => NoticeBoard.AddressJob;

    public async Task HandleAsync(JobLease lease, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<Guid, Member> people = await members.ListAsync(lease.ClientId, cancellationToken);
        Guid[] owners = [.. people.Values.Where(member => member.Role == MemberRole.Owner).Select(member => member.PersonId)];
        await database.TransactAsync(lease.ClientId, async transaction =>
        {
            if (await Jobs.SubjectAsync(transaction, lease) is { } noticeId)
            {
                await AddressAsync(transaction, noticeId, owners);
                Jobs.Complete(transaction, lease);
            }

            return true;
        }, cancellationToken);
    }

    /// <summary>Nothing to write down: the notice itself stands on the dashboard.</summary>
    public Task GiveUpAsync(WorkspaceTransaction transaction, Guid subject) => Task.CompletedTask;

    private async Task AddressAsync(WorkspaceTransaction transaction, Guid noticeId, Guid[] owners)
    {
        (string? Severity, Guid? Person) notice = await transaction.RowAsync(
            new Statement(Select).Uuid(transaction.ClientId).Uuid(noticeId), reader => ((string?)reader.GetString(0), reader.ValueOrNull<Guid>(1)));
        if (notice.Severity is null)
        {
            return; // taken in by an earlier one
        }

        foreach (Guid personId in notice.Person is { } only ? [only] : owners)
        {
            NoticePreferences chosen = await recipients.ReadAsync(transaction, personId);
            if (notice.Person is not null || chosen.Wants(NoticeSeverityNames.Parse(notice.Severity)))
            {
                Address(transaction, noticeId, personId, chosen);
            }
        }
    }

    private void Address(WorkspaceTransaction transaction, Guid noticeId, Guid personId, NoticePreferences chosen)
    {
        DateTimeOffset now = clock.GetMicrosecondNow();
        Guid id = Guid.CreateVersion7(now);
        string? hindrance = !server.IsSetUp ? "no-server" : chosen.Email is null ? "no-address" : null;
        Deliveries.Insert(transaction, id, noticeId, personId, hindrance is null ? MailState.Queued : MailState.NotSent, hindrance, now);
        if (hindrance is null)
        {
            Jobs.Enqueue(transaction, MailDispatch.MailJob, id, now);
        }
    }
}
