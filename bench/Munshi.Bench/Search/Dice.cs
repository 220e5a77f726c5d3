namespace Munshi.Bench.Search;

/// <summary>The same numbers by chance in every run (SplitMix64).</summary>
internal sealed class Dice(long seed)
{
    private ulong _state = (ulong)seed * 0x9E3779B97F4A7C15;

    /// <summary>0 to 1, not with it.</summary>
    public double Fraction()
    {
        ulong z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 11) / (double)(1UL << 53);
    }

    public int Below(int most) => (int)(Fraction() * most);

    public int Between(int least, int most) => least + Below(most - least);
}
