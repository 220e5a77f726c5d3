namespace Munshi.Import;

/// <summary>How far an import is.</summary>
/// <param name="Records">Of the file.</param>
/// <param name="Passed">Those that are done.</param>
/// <param name="Added">Those of them that were new.</param>
internal readonly record struct ImportProgress(long Records, long Passed, long Added)
{
    /// <summary>Files that were kept.</summary>
    public long Files { get; init; }

    /// <summary>Files that could not be.</summary>
    public long FilesRefused { get; init; }
}
