namespace Munshi.Knowledge;

/// <param name="Line">Where the record begins, counted from 1.</param>
/// <param name="Cells">Unquoted, untrimmed.</param>
/// <param name="Fault">Null for a sound record.</param>
internal sealed record CsvRow(int Line, IReadOnlyList<string> Cells, string? Fault);
