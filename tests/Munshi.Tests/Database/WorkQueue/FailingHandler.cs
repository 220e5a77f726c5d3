using System.Collections.Concurrent;
using Munshi.Database;
using Munshi.Database.WorkQueue;

namespace Munshi.Tests.Database.WorkQueue;

/// <summary>Can do nothing, and says so when asked to give up.</summary>
/// <param name="givingUp">Told how often it was asked to give up.</param>
internal sealed class FailingHandler(Action<int> givingUp) : IJobHandler
{
    public string Kind => "failing";

    public ConcurrentQueue<Guid> GivenUp { get; } = [];

    public Task HandleAsync(JobLease lease, CancellationToken cancellationToken) => throw new InvalidOperationException();

    public Task GiveUpAsync(WorkspaceTransaction transaction, Guid subject)
    {
        GivenUp.Enqueue(subject);
        givingUp(GivenUp.Count);
        return Task.CompletedTask;
    }
}
