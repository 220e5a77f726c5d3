using System.Text;

namespace Munshi.Media.Sending;

/// <summary>What a file of ours is: by its first bytes, and by its ending only among those that begin alike.</summary>
internal static class SentType
{
    private const int MovesAt = 20;
    private const int MovesBit = 0x02;

    /// <param name="head">The first <see cref="MediaType.HeadBytes"/> bytes, or all where there are fewer.</param>
    /// <param name="name">As the browser named it.</param>
    /// <returns><see cref="MediaType.Other"/> for what is none of the types known.</returns>
    public static MediaType Of(ReadOnlySpan<byte> head, string? name)
    {
        MediaType type = MediaType.Of(head);
        string ending = Path.GetExtension(name ?? "").ToUpperInvariant();
        return type != MediaType.Other ? type
            : head.StartsWith((ReadOnlySpan<byte>)[(byte)'P', (byte)'K', 0x03, 0x04]) ? ending switch
            {
                ".DOCX" => MediaType.Docx,
                ".XLSX" => MediaType.Xlsx,
                ".PPTX" => MediaType.Pptx,
                _ => MediaType.Other,
            }
            : head.StartsWith((ReadOnlySpan<byte>)[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) ? ending switch
            {
                ".DOC" => MediaType.Doc,
                ".XLS" => MediaType.Xls,
                ".PPT" => MediaType.Ppt,
                _ => MediaType.Other,
            }
            : ending is ".TXT" or ".CSV" && IsText(head) ? MediaType.PlainText
            : MediaType.Other;
    }

    /// <summary>Whether a WebP file is an animation (its container, "Extended File Format").</summary>
    public static bool Moves(ReadOnlySpan<byte> head) => head.Length > MovesAt && head[12..16].SequenceEqual("VP8X"u8) && (head[MovesAt] & MovesBit) != 0;

    /// <summary>UTF-8 without control characters; the last character may be cut off.</summary>
    private static bool IsText(ReadOnlySpan<byte> head)
    {
        while (!head.IsEmpty)
        {
            switch (Rune.DecodeFromUtf8(head, out Rune rune, out int read))
            {
                case System.Buffers.OperationStatus.NeedMoreData:
                    return true;
                case System.Buffers.OperationStatus.InvalidData:
                    return false;
            }

            if (Rune.IsControl(rune) && rune.Value is not ('\t' or '\n' or '\r' or '\f'))
            {
                return false;
            }

            head = head[read..];
        }

        return true;
    }
}
