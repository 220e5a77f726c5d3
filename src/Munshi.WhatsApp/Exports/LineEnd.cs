namespace Munshi.WhatsApp.Exports;

/// <summary>What ends a line; its value is the number of bytes.</summary>
internal enum LineEnd
{
    /// <summary>The text ends, or the line goes on in a further piece.</summary>
    None = 0,

    Lf = 1,
    CrLf = 2,
}
