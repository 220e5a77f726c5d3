namespace Munshi.Tests.Audit;

/// <summary>A clock on which every wait is over as soon as <paramref name="meanwhile"/> has happened.</summary>
internal sealed class MeanwhileClock(Func<Task> meanwhile) : TimeProvider
{
    public int Waits { get; private set; }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Waits++;
        Task.Run(meanwhile).Wait();
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
