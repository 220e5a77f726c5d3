using Munshi.Audit.Checkpoints;
using Munshi.Ledger;
using Munshi.Ledger.Heads;
using Munshi.Ledger.Merkle;

namespace Munshi.Audit.Restoring;

/// <summary>Kept ticks one after another: each in its place, under the log's name, linked to the one before and not earlier. Not safe for concurrent use.</summary>
internal sealed class TickChain
{
    private readonly string _first;
    private string _name;
    private Digest _previous = Digest.Zero;
    private DateTimeOffset _time = DateTimeOffset.MinValue;

    /// <param name="first">The instance log's first name.</param>
    /// <param name="name">The one it has.</param>
    /// <param name="last">The last tick that is stored; null where there is none.</param>
    public TickChain(string first, string name, byte[]? last)
    {
        (_first, _name) = (first, name);
        if (last is not null)
        {
            (_previous, _time) = (TreeHash.OfLeaf(last), Read(last)?.Time ?? DateTimeOffset.MinValue);
        }
    }

    /// <summary>Why a leaf is not the next; null where it is, and taken note of.</summary>
    /// <param name="expected">The next one's number.</param>
    /// <param name="seq">The number that it is kept for.</param>
    /// <param name="leaf">A tick's or one that gives the log another name.</param>
    public string? Fault(long expected, long seq, byte[] leaf)
    {
        if (seq != expected)
        {
            return $"it is neither stored nor kept in checkpoints/leaves, and tick {seq} is";
        }

        OriginLeaf? renamed = OriginLeaf.Parse(leaf);
        (string origin, DateTimeOffset time, Digest previous) = Read(leaf) ?? default;
        if (renamed is null ? origin != _name : LedgerIdentity.GenerationOf(_first, origin) is not { } next || next <= LedgerIdentity.GenerationOf(_first, _name))
        {
            return $"the kept leaf is of another log than {_name}";
        }

        if (previous != _previous)
        {
            return $"the kept leaf does not continue the one before: expected {_previous}, found {previous}";
        }

        if (time < _time)
        {
            return "the kept leaf has a time before the one before";
        }

        (_name, _previous, _time) = (origin, TreeHash.OfLeaf(leaf), time);
        return null;
    }

    private static (string Origin, DateTimeOffset Time, Digest Previous)? Read(byte[] leaf) =>
        TickLeaf.Parse(leaf) is { } tick ? (tick.Origin, tick.Time, tick.Previous)
        : OriginLeaf.Parse(leaf) is { } renamed ? (renamed.Origin, renamed.Time, renamed.Previous)
        : null;
}
