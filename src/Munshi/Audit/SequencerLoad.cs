using Munshi.Database.WorkQueue;

namespace Munshi.Audit;

/// <summary>Whether the sequencer is working off a backlog; what follows its entries keeps to its clock meanwhile.</summary>
internal sealed class SequencerLoad(TimeProvider clock)
{
    private readonly Precedence _full = new(clock);

    public bool IsDraining => _full.IsTaken;

    /// <summary>A batch was full: more is waiting.</summary>
    public void BatchWasFull() => _full.Take();
}
