namespace Munshi.WhatsApp.Exports;

/// <summary>
/// Whether a file ends its records with CRLF and writes a typed line break as a bare LF, as iOS does. Then a line that looks like a
/// message behind a bare LF was typed or pasted into the message before it.
/// </summary>
/// <remarks>Strong evidence, never the only rule: files saved again are all LF or all CRLF, and parts of two files may have been joined.</remarks>
internal sealed class RecordEnds
{
    /// <summary>So many messages behind a bare LF are pasted, whatever their time.</summary>
    private const int Few = 10;

    private long _firstCrLf = long.MaxValue;
    private long _lastCrLf;
    private long _linesAfterCrLf;
    private long _messagesAfterCrLf;
    private long _messagesAfterLf;

    public void Line(LineReader lines)
    {
        _linesAfterCrLf += lines.Before is LineEnd.CrLf ? 1 : 0;
        if (lines.End is LineEnd.CrLf)
        {
            _firstCrLf = Math.Min(_firstCrLf, lines.Number);
            _lastCrLf = lines.Number;
        }
    }

    /// <param name="afterCrLf">Lines of the file's layout that follow a CRLF.</param>
    /// <param name="afterLf">Lines of the file's layout that follow a bare LF.</param>
    public void Settle(long afterCrLf, long afterLf) => (_messagesAfterCrLf, _messagesAfterLf) = (afterCrLf, afterLf);

    /// <param name="lines">At a line of the file's layout.</param>
    /// <param name="isBack">Whether its time is not later than that of the message before: what is pasted was there already.</param>
    public bool IsPasted(LineReader lines, bool isBack)
    {
        long others = _linesAfterCrLf - _messagesAfterCrLf;
        return lines.Before is LineEnd.Lf
            && _messagesAfterCrLf > 0 && others * 100 <= _messagesAfterCrLf
            && (_messagesAfterLf <= Few || lines.Number > _firstCrLf) && lines.Number <= _lastCrLf
            && (_messagesAfterLf <= Few || _messagesAfterLf * 10 <= _messagesAfterCrLf || isBack);
    }
}
