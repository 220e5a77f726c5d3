namespace Munshi.Import;

/// <summary>A file of an export that could not be kept.</summary>
/// <param name="Name">As the export names it.</param>
/// <param name="Reason">Why.</param>
internal sealed record RefusedFile(string Name, FileRefusal Reason)
{
    public override string ToString() => $"{nameof(RefusedFile)} {Reason}";
}
