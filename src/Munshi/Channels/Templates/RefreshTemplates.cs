using Munshi.Database;
using Munshi.Database.WorkQueue;

namespace Munshi.Channels.Templates;

/// <summary>Asks for a number's templates: when it is connected, once a day, and when Meta says that one changed.</summary>
internal sealed class RefreshTemplates(WorkspaceDatabase database, TemplateBook templates, TimeProvider clock) : IJobHandler
{
    /// <summary>Where Meta refuses or does not answer, it is asked again so often, up to the last attempt of a job.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private const int MostAttempts = 3;

    public string Kind => TemplateBook.RefreshJob;

    public async Task HandleAsync(JobLease lease, CancellationToken cancellationToken)
    {
        Guid? numberId = await database.TransactAsync(lease.ClientId, transaction => Jobs.SubjectAsync(transaction, lease), cancellationToken);
        bool answered = numberId is not { } number || await templates.RefreshAsync(lease.ClientId, number, cancellationToken);
        await database.TransactAsync(
            lease.ClientId,
            async transaction =>
            {
                if (await Jobs.SubjectAsync(transaction, lease) is null)
                {
                    return false;
                }

                if (answered || lease.Attempt >= MostAttempts)
                {
                    Jobs.Complete(transaction, lease);
                }
                else
                {
                    Jobs.PutOff(transaction, lease, clock.GetMicrosecondNow() + Pause);
                }

                return true;
            },
            cancellationToken);
    }

    /// <summary>What is known stays, until the next day.</summary>
    public Task GiveUpAsync(WorkspaceTransaction transaction, Guid subject) => Task.CompletedTask;
}
