using System.Collections.Concurrent;

namespace Munshi.WhatsApp.Tests.Sending;

/// <summary>A clock whose timers run out when the test says so, however slow the machine.</summary>
internal sealed class ExpiringClock : TimeProvider
{
    private readonly ConcurrentQueue<Action> _timers = [];

    public void Expire()
    {
        foreach (Action timer in _timers)
        {
            timer();
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _timers.Enqueue(() => callback(state));
        return new Waiting();
    }

    private sealed class Waiting : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
