namespace Munshi.Import;

/// <summary>Why a file of an export was not kept.</summary>
internal enum FileRefusal
{
    Empty,

    /// <summary>It is not what the archive's directory says of it.</summary>
    Damaged,

    /// <summary>Another message named it before, and has it.</summary>
    NamedBefore,

    /// <summary>The archive has several of its name, or it is encrypted, or larger than is kept of one file or of all together.</summary>
    NotTaken,
}
