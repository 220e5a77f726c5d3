using System.Text;

namespace Munshi.Knowledge;

/// <summary>Splits RFC 4180 text into records, each with its line. Total: a fault is told in its row, and reading goes on after the next line break.</summary>
internal static class CsvRows
{
    private const string StrayQuote = "has a stray quotation mark";
    private const string OpenQuote = "opens a quoted cell that is never closed";

    public static IEnumerable<CsvRow> Read(string text)
    {
        int at = 0;
        int line = 1;
        while (at < text.Length)
        {
            int first = line;
            List<string> cells = [];
            string? fault = null;
            bool ended = false;
            while (!ended)
            {
                bool quoted = at < text.Length && text[at] == '"';
                (string cell, int next, bool sound) = quoted ? Quoted(text, at + 1) : Bare(text, at);
                line += text.AsSpan(at, next - at).Count('\n');
                at = next;
                cells.Add(cell);
                fault ??= sound ? null : quoted && at >= text.Length ? OpenQuote : StrayQuote;
                if (!sound)
                {
                    at = EndOfLine(text, at);
                }

                ended = at >= text.Length || text[at] != ',';
                at += ended ? 0 : 1;
            }

            if (at < text.Length)
            {
                line++;
                at += text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? 2 : 1;
            }

            yield return new CsvRow(first, cells, fault);
        }
    }

    private static (string Cell, int Next, bool Sound) Bare(string text, int at)
    {
        int length = text.AsSpan(at).IndexOfAny(",\r\n");
        int next = length < 0 ? text.Length : at + length;
        string cell = text[at..next];
        return (cell, next, !cell.Contains('"', StringComparison.Ordinal));
    }

    private static (string Cell, int Next, bool Sound) Quoted(string text, int at)
    {
        StringBuilder cell = new();
        while (true)
        {
            int quote = text.IndexOf('"', at);
            if (quote < 0)
            {
                return (cell.ToString(), text.Length, false);
            }

            cell.Append(text, at, quote - at);
            at = quote + 1;
            if (at >= text.Length || text[at] is ',' or '\r' or '\n')
            {
                return (cell.ToString(), at, true);
            }

            if (text[at] != '"')
            {
                return (cell.ToString(), at, false);
            }

            cell.Append('"');
            at++;
        }
    }

    private static int EndOfLine(string text, int at)
    {
        int length = text.AsSpan(at).IndexOfAny("\r\n");
        return length < 0 ? text.Length : at + length;
    }
}
