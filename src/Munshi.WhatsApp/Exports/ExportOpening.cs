namespace Munshi.WhatsApp.Exports;

/// <summary>Whether a file could be opened as an export.</summary>
public abstract record ExportOpening
{
    private ExportOpening()
    {
    }

    /// <param name="Export">To be disposed by the caller.</param>
    public sealed record Opened(ChatExport Export) : ExportOpening;

    public sealed record Refused(ExportRefusal Reason) : ExportOpening;
}
