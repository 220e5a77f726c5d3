namespace Munshi.Knowledge;

/// <summary>Reads RFC 4180 CSV with the header <c>id,question,title,answer,examples</c> in any order; title and examples may be absent, other columns are ignored.</summary>
/// <remarks>Examples stand in one cell, separated by <c>|</c> or line breaks. Records without any text are skipped.</remarks>
internal static class FaqCsv
{
    private const string Header = "the header id,question,title,answer,examples (title and examples may be left out)";

    private static readonly string[] Columns = ["id", "question", "title", "answer", "examples"];

    private static readonly string[] Needed = ["id", "question", "answer"];

    public static IReadOnlyList<FaqRecord> Records(string text, FaqProblems problems)
    {
        List<FaqRecord> records = [];
        Dictionary<string, int>? columns = null;
        int width = 0;
        foreach (CsvRow row in CsvRows.Read(text).Where(row => row.Fault is not null || row.Cells.Any(cell => !string.IsNullOrWhiteSpace(cell))))
        {
            if (problems.Full || records.Count > FaqReader.MaxEntries)
            {
                break;
            }

            if (row.Fault is { } fault)
            {
                problems.Add(row.Line, "line", fault, "cells with commas, quotes or line breaks in quotes, inner quotes doubled");
            }
            else if (columns is not null)
            {
                AddRecord(row, width, columns, records, problems);
            }
            else if (ReadHeader(row, problems) is { } read)
            {
                columns = read;
                width = row.Cells.Count;
                continue;
            }

            if (columns is null)
            {
                break;
            }
        }

        return records;
    }

    private static Dictionary<string, int>? ReadHeader(CsvRow row, FaqProblems problems)
    {
        Dictionary<string, int> columns = new(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < row.Cells.Count; i++)
        {
            string name = row.Cells[i].Trim();
            if (Columns.Contains(name, StringComparer.OrdinalIgnoreCase) && !columns.TryAdd(name, i))
            {
                problems.Add(row.Line, "line", $"names the column {name} twice", Header);
                return null;
            }
        }

        string[] missing = [.. Needed.Where(name => !columns.ContainsKey(name))];
        if (missing.Length > 0)
        {
            problems.Add(row.Line, "line", $"has no column {string.Join(", ", missing)}", Header, FaqFault.Columns, string.Join(", ", missing));
            return null;
        }

        return columns;
    }

    private static void AddRecord(CsvRow row, int width, Dictionary<string, int> columns, List<FaqRecord> records, FaqProblems problems)
    {
        if (row.Cells.Count != width)
        {
            problems.Add(row.Line, "line", $"has {row.Cells.Count} cells", $"{width} cells, as in the header", FaqFault.Cells);
            return;
        }

        string[] examples = Cell("examples")?.Split(['|', '\n', '\r'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        records.Add(new FaqRecord(row.Line, Cell("id"), Cell("question"), Cell("title"), Cell("answer"), examples));

        string? Cell(string name) => columns.TryGetValue(name, out int index) ? row.Cells[index] : null;
    }
}
