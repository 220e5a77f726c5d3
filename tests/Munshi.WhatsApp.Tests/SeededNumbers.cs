namespace Munshi.WhatsApp.Tests;

/// <summary>SplitMix64: the same numbers for the same seed on every machine, so that a failing case can be had again.</summary>
internal sealed class SeededNumbers(ulong seed)
{
    private ulong _state = seed;

    /// <summary>0 to <paramref name="limit"/> − 1.</summary>
    public int Below(int limit)
    {
        _state += 0x9E3779B97F4A7C15;
        ulong mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return (int)((mixed ^ (mixed >> 31)) % (ulong)limit);
    }
}
