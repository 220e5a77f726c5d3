namespace Munshi.Tests.Canary;

/// <summary>Looks for texts, byte by byte, in files and in what was captured.</summary>
internal sealed class CanarySearch(IEnumerable<string> canaries)
{
    private readonly HiddenForms[] _forms = [.. canaries.Select(HiddenForms.Of)];

    public IEnumerable<string> In(string name, byte[] content) =>
        from form in _forms
        from shape in form.Shapes
        where content.AsSpan().IndexOf(shape.Bytes) >= 0
        select $"{form.Text} in {name} as {shape.Shape}";

    /// <summary>Every file below the directory, but for those below a folder of <paramref name="but"/>.</summary>
    public IReadOnlyList<string> Below(string directory, string but)
    {
        string[] files =
        [
            .. Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories)
                .Where(file => !Path.GetRelativePath(directory, file).StartsWith(but, StringComparison.Ordinal)),
        ];
        return [.. files.AsParallel().SelectMany(file => In(Path.GetRelativePath(directory, file), File.ReadAllBytes(file)))];
    }
}
