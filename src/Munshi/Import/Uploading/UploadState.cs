namespace Munshi.Import.Uploading;

/// <summary>What becomes of an uploaded export.</summary>
public enum UploadState
{
    Waiting,
    Running,
    Done,

    /// <summary>It was not imported, and why is told.</summary>
    Refused,

    /// <summary>Somebody broke it off; what was written stays until it is taken back.</summary>
    Stopped,
}
