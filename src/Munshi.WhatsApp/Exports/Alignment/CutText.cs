namespace Munshi.WhatsApp.Exports.Alignment;

/// <summary>What is left of a message where its file ends in the middle of a line.</summary>
public static class CutText
{
    /// <summary>Whether words can be all of what was cut: they begin with it, or with all of its lines but the last, which is the beginning of another message.</summary>
    /// <param name="whole">As read.</param>
    /// <param name="cut">As read.</param>
    public static bool IsBeginningOf(string whole, string cut)
    {
        int end = cut.LastIndexOf('\n');
        return whole.StartsWith(cut, StringComparison.Ordinal) || (end >= 0 && BodyKey.Of(whole) == BodyKey.Of(cut[..end]));
    }
}
