namespace Munshi.Import.Uploading;

/// <summary>An uploaded export as it is shown.</summary>
/// <param name="Id">The upload.</param>
/// <param name="State">What became of it.</param>
/// <param name="At">When it was uploaded.</param>
/// <param name="File">Its name; null once it is settled, and where it cannot be opened.</param>
public sealed record UploadView(Guid Id, UploadState State, DateTimeOffset At, string? File)
{
    /// <summary>Why it was refused: a word of <c>Imports.Refused.*</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>Records of the file; null while they are not counted yet.</summary>
    public long? Records { get; init; }

    public long Passed { get; init; }

    public long Added { get; init; }

    /// <summary>Files of the export that were kept.</summary>
    public long Files { get; init; }

    /// <summary>Files of the export that could not be.</summary>
    public long FilesRefused { get; init; }

    /// <summary>What was met in it; null until it is imported.</summary>
    public UploadReport? Report { get; init; }

    /// <summary>Whether it is to be broken off at the next step.</summary>
    public bool IsStopping { get; init; }

    public bool IsOpen => State is UploadState.Waiting or UploadState.Running;

    public override string ToString() => $"{nameof(UploadView)} {Id}";
}
