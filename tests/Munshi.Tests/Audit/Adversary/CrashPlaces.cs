namespace Munshi.Tests.Audit.Adversary;

/// <summary>Kills a process at the first place where it was never killed before: a statement of a connection after the one before it. Safe for concurrent use.</summary>
internal sealed class CrashPlaces(Action kill)
{
    private readonly Lock _lock = new();
    private readonly List<string> _seen = [];
    private TaskCompletionSource _killed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>In the order in which they were come to.</summary>
    public IReadOnlyList<string> Seen => _seen;

    /// <summary>For the next process; the task ends with its death.</summary>
    public Task Arm()
    {
        lock (_lock)
        {
            _killed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _killed.Task;
        }
    }

    /// <summary>Whether a process that still lives may go on.</summary>
    public bool MayPass(string before, string next)
    {
        lock (_lock)
        {
            string place = $"{Line(before)} → {Line(next)}";
            if (_killed.Task.IsCompleted || _seen.Contains(place))
            {
                return !_killed.Task.IsCompleted;
            }

            _seen.Add(place);
            kill();
            _killed.SetResult();
            return false;
        }
    }

    /// <summary>A statement in one line, without its comments.</summary>
    private static string Line(string statement) =>
        string.Join(' ', statement.Split('\n').Where(line => !line.StartsWith("--", StringComparison.Ordinal)).Select(line => line.Trim()));
}
