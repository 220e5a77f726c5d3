namespace Munshi.Browser.Tests;

/// <summary>How far a picture is from its baseline, both at a quarter of their size, so that the edges of letters do not count.</summary>
/// <param name="Picture">The small picture as PNG, in hexadecimal.</param>
/// <param name="Share">The share of points that differ by more than 40 of 255 in a colour, 0 to 1.</param>
/// <param name="Worst">The mean difference, 0 to 255, of the worst square of 8 by 8 points (32 by 32 on the page).</param>
public sealed record LookDifference(string Picture, double Share, double Worst)
{
    private const double MostShare = 0.004;
    private const double MostWorst = 16;

    public bool IsTheSame => Share <= MostShare && Worst <= MostWorst;
}
