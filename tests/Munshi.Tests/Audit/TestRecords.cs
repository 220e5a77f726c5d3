using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Munshi.Audit;

namespace Munshi.Tests.Audit;

/// <summary>Messages in memory, to be altered at will.</summary>
internal sealed class TestRecords : IEvidenceSource
{
    private static readonly SemaphoreSlim OneAtATime = new(1, 1);

    private readonly ConcurrentDictionary<(Guid ClientId, Guid Id), Evidence> _records = [];

    public string ObjectKind => "message";

    public IReadOnlySet<string> BirthActions { get; } = new HashSet<string> { "message.received", "message.queued" };

    /// <summary>Runs while the records are being read.</summary>
    public Func<Task> WhileReading { get; set; } = () => Task.CompletedTask;

    public void Add(Guid clientId, Evidence record) => _records[(clientId, record.ObjectId)] = record;

    public void Remove(Guid clientId, Guid id) => Assert.True(_records.TryRemove((clientId, id), out _));

    public void Change(Guid clientId, Guid id, Func<Evidence, Evidence> change) =>
        _records[(clientId, id)] = change(_records[(clientId, id)]);

    public async IAsyncEnumerable<Evidence> ReadAsync(Guid clientId, Guid[] ids, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (Evidence record in ReadAsync(clientId, cancellationToken))
        {
            if (ids.Contains(record.ObjectId))
            {
                yield return record;
            }
        }
    }

    public async IAsyncEnumerable<Evidence> ReadAsync(Guid clientId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Evidence[] records = [.. _records.Where(r => r.Key.ClientId == clientId).Select(r => r.Value)];
        await OneAtATime.WaitAsync(cancellationToken); // logs are verified beside each other, and a sequencer is not safe for concurrent use
        try
        {
            await WhileReading();
        }
        finally
        {
            OneAtATime.Release();
        }

        foreach (Evidence record in records)
        {
            yield return record;
        }
    }
}
