namespace Munshi.Knowledge;

/// <summary>Collects problems up to <see cref="FaqReader.MaxProblems"/>; further ones are dropped.</summary>
internal sealed class FaqProblems
{
    private readonly List<FaqProblem> _found = [];

    public bool Any => _found.Count > 0;

    public bool Full => _found.Count >= FaqReader.MaxProblems;

    public void Add(int line, string field, string wrong, string allowed, FaqFault fault = FaqFault.Other, string? detail = null)
    {
        if (!Full)
        {
            _found.Add(new FaqProblem(line, field, wrong, allowed) { Fault = fault, Detail = detail });
        }
    }

    public FaqReading.Refused Refuse() => new([.. _found.OrderBy(problem => problem.Line)]);
}
