namespace Munshi.Bench.Reading;

/// <summary>What one process told of reading one export several times.</summary>
/// <param name="First">Milliseconds of the first pass, the program still cold.</param>
/// <param name="Median">Milliseconds, of the later half of the passes.</param>
/// <param name="Count">Messages.</param>
/// <param name="PeakBytes">The most memory that the process held.</param>
internal sealed record ReadTimes(double First, double Median, long Count, long PeakBytes);
