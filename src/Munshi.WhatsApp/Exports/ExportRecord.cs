namespace Munshi.WhatsApp.Exports;

/// <summary>One record of an export as slices of the text; nothing of it is decoded but the sender, once a name. Valid until the next is read.</summary>
public readonly ref struct ExportRecord
{
    /// <summary>The line on which it begins, from 1.</summary>
    public required long Line { get; init; }

    /// <summary>Where <see cref="Raw"/> begins in the text, in bytes; see <see cref="ChatExport.OpenText"/>.</summary>
    public required long Offset { get; init; }

    /// <summary>Wall-clock time of the exporting phone, without a zone; whole minutes where the layout has no seconds.</summary>
    public required DateTime At { get; init; }

    /// <summary>As in <see cref="ExportMessage.From"/>.</summary>
    public required string? From { get; init; }

    /// <summary>The record as it stands in the text, to the byte: header, all its lines, and their ends.</summary>
    public required ReadOnlySpan<byte> Raw { get; init; }

    /// <summary>What stands behind header and sender, without the last line's end.</summary>
    public required ReadOnlySpan<byte> Body { get; init; }

    /// <summary>Whether it is the rest of a message that was too long.</summary>
    public required bool IsRest { get; init; }

    /// <summary>As in <see cref="ExportMessage.IsCut"/>.</summary>
    public required bool IsCut { get; init; }

    /// <summary>Whether the header says that the message has a file, as iOS does.</summary>
    internal bool HasFile { get; init; }
}
