namespace Munshi.Database.WorkQueue;

/// <summary>Groups of one workspace and kind run one after the other, in the order in which they were claimed; others run beside them.</summary>
internal sealed class GroupOrder
{
    private readonly Dictionary<(Guid ClientId, string Kind), Task> _last = [];

    /// <param name="first">One job of the group.</param>
    /// <param name="run">Begins when the groups that were claimed before have ended.</param>
    public async Task RunAsync(JobLease first, Func<Task> run)
    {
        (Guid, string) line = (first.ClientId, first.Kind);
        TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task before;
        lock (_last)
        {
            before = _last.GetValueOrDefault(line, Task.CompletedTask);
            _last[line] = ended.Task;
        }

        try
        {
            await before;
            await run();
        }
        finally
        {
            lock (_last)
            {
                if (_last[line] == ended.Task)
                {
                    _last.Remove(line);
                }
            }

            ended.SetResult();
        }
    }
}
