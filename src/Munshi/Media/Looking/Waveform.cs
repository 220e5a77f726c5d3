namespace Munshi.Media.Looking;

/// <summary>How loud a sound is over time, from samples of 16 bits, one channel, 8,000 a second.</summary>
internal sealed class Waveform
{
    public const int SamplesPerSecond = 8000;

    /// <summary>So many bars are shown.</summary>
    public const int Bars = 64;

    private const int Window = SamplesPerSecond / 20;

    /// <summary>Six hours; nobody sends that within 100 MB of speech worth looking at.</summary>
    private const int MaxWindows = 6 * 3600 * 20;

    private readonly List<byte> _peaks = [];
    private long _samples;
    private int _peak;
    private int? _low;

    public TimeSpan Duration => TimeSpan.FromSeconds((double)_samples / SamplesPerSecond);

    /// <param name="bytes">The next samples, low byte first; may end between the two bytes of one.</param>
    /// <exception cref="InvalidDataException">It does not end.</exception>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        foreach (byte one in bytes)
        {
            if (_low is not { } low)
            {
                _low = one;
                continue;
            }

            _low = null;
            _peak = Math.Max(_peak, Math.Abs((int)(short)(low | (one << 8))));
            if (++_samples % Window == 0)
            {
                Close();
            }
        }
    }

    /// <summary>At most <see cref="Bars"/> levels, 255 the loudest of this sound; empty where there is none.</summary>
    public byte[] Levels()
    {
        if (_samples % Window != 0)
        {
            Close();
        }

        int bars = Math.Min(Bars, _peaks.Count);
        byte[] levels = new byte[bars];
        for (int bar = 0; bar < bars; bar++)
        {
            int from = (int)((long)bar * _peaks.Count / bars), to = (int)((long)(bar + 1) * _peaks.Count / bars);
            for (int window = from; window < to; window++)
            {
                levels[bar] = Math.Max(levels[bar], _peaks[window]);
            }
        }

        int loudest = levels.Length == 0 ? 0 : levels.Max();
        return loudest == 0 ? levels : [.. levels.Select(level => (byte)(level * 255 / loudest))];
    }

    private void Close()
    {
        if (_peaks.Count == MaxWindows)
        {
            throw new InvalidDataException("The sound does not end.");
        }

        _peaks.Add((byte)Math.Min(255, _peak >> 7));
        _peak = 0;
    }
}
