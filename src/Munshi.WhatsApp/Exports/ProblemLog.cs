namespace Munshi.WhatsApp.Exports;

/// <summary>Counts what went wrong, by kind, each with its first line.</summary>
internal sealed class ProblemLog
{
    private readonly Dictionary<ExportProblemKind, (long Line, long Count)> _found = [];

    public IReadOnlyList<ExportProblem> All =>
        [.. _found.OrderBy(found => found.Key).Select(found => new ExportProblem(found.Key, found.Value.Line, found.Value.Count))];

    public void Add(ExportProblemKind kind, long line)
    {
        (long first, long count) = _found.GetValueOrDefault(kind, (line, 0));
        _found[kind] = (first, count + 1);
    }

    public void Clear() => _found.Clear();
}
