using System.Runtime.CompilerServices;
using Munshi.Audit;

namespace Munshi.Tests.Audit.Erasures;

/// <summary>Records before which, when they are first asked for, something is done: the leaves were read by then.</summary>
internal sealed class MeanwhileRecords(TestRecords records, Func<Task> meanwhile) : IEvidenceSource
{
    private Func<Task>? _meanwhile = meanwhile;

    public string ObjectKind => records.ObjectKind;

    public IReadOnlySet<string> BirthActions => records.BirthActions;

    public async IAsyncEnumerable<Evidence> ReadAsync(Guid clientId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await OnceAsync();
        await foreach (Evidence record in records.ReadAsync(clientId, cancellationToken))
        {
            yield return record;
        }
    }

    public async IAsyncEnumerable<Evidence> ReadAsync(Guid clientId, Guid[] ids, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await OnceAsync();
        await foreach (Evidence record in records.ReadAsync(clientId, ids, cancellationToken))
        {
            yield return record;
        }
    }

    private Task OnceAsync() => Interlocked.Exchange(ref _meanwhile, null)?.Invoke() ?? Task.CompletedTask;
}
