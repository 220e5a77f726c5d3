namespace Munshi.Database.WorkQueue;

/// <summary>Jobs of one workspace and kind, in the order in which they were claimed: part after part. The lines of others run beside it.</summary>
internal sealed class JobLines(JobRunner runner)
{
    private readonly Dictionary<(Guid ClientId, string Kind), Line> _lines = [];
    private int _waiting;

    /// <summary>Those that have not begun.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <param name="leases">At the end of their lines, in this order.</param>
    /// <param name="run">Does one part of a line: is given how many it would be now, and what takes it from the line.</param>
    public void Add(IEnumerable<JobLease> leases, Func<int, Func<IReadOnlyList<JobLease>>, Task> run)
    {
        lock (_lines)
        {
            List<(Guid, string)> begun = [];
            foreach (JobLease lease in leases)
            {
                (Guid, string) name = (lease.ClientId, lease.Kind);
                if (!_lines.TryGetValue(name, out Line? line))
                {
                    _lines[name] = line = new Line();
                    begun.Add(name);
                }

                line.Jobs.Enqueue(lease);
                _waiting++;
            }

            foreach ((Guid, string) name in begun)
            {
                _lines[name].Run = Task.Run(() => RunAsync(name, run), CancellationToken.None);
            }
        }
    }

    /// <summary>Ends when all that stood in a line is done.</summary>
    public Task EndAsync()
    {
        lock (_lines)
        {
            return Task.WhenAll(_lines.Values.Select(line => line.Run));
        }
    }

    private async Task RunAsync((Guid ClientId, string Kind) name, Func<int, Func<IReadOnlyList<JobLease>>, Task> run)
    {
        while (Next(name) is > 0 and int next)
        {
            await run(next, () => Take(name));
        }
    }

    /// <summary>Zero, and the line is gone, when nobody stands in it.</summary>
    private int Next((Guid ClientId, string Kind) name)
    {
        lock (_lines)
        {
            int waiting = _lines[name].Jobs.Count;
            if (waiting == 0)
            {
                _lines.Remove(name);
            }

            return waiting == 0 ? 0 : runner.Together(name.Kind, waiting);
        }
    }

    private JobLease[] Take((Guid ClientId, string Kind) name)
    {
        lock (_lines)
        {
            Queue<JobLease> jobs = _lines[name].Jobs;
            JobLease[] part = new JobLease[runner.Together(name.Kind, jobs.Count)];
            for (int i = 0; i < part.Length; i++)
            {
                part[i] = jobs.Dequeue();
            }

            _waiting -= part.Length;
            return part;
        }
    }

    private sealed class Line
    {
        public Queue<JobLease> Jobs { get; } = new();

        public Task Run { get; set; } = Task.CompletedTask;
    }
}
