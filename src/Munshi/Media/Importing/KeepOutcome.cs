namespace Munshi.Media.Importing;

/// <summary>What became of a file of an export.</summary>
internal enum KeepOutcome
{
    /// <summary>It stands with its message, durably.</summary>
    Kept,

    /// <summary>Another import brought it meanwhile.</summary>
    Already,

    /// <summary>The key of its message is gone: what was erased is not brought back.</summary>
    Erased,

    Empty,
}
