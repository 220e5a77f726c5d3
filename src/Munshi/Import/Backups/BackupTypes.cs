using Munshi.WhatsApp.Exports;

namespace Munshi.Import.Backups;

/// <summary>The numbers that Android's app gives kinds of messages (<c>message.message_type</c>), by observation.</summary>
internal static class BackupTypes
{
    /// <summary>The frame around pictures that were sent together; each of them is a message of its own.</summary>
    public const long Album = 99;

    public const long MissedCall = 10;
    public const long LiveLocation = 16;

    /// <summary>A message that the phone could not read yet.</summary>
    public const long Waiting = 11;

    /// <summary>Messages disappear after a time, or not any more.</summary>
    public const long Disappearing = 36;

    public const long Privacy = 112;

    private static readonly Dictionary<long, (ExportKind Kind, MediaType Media)> Known = new()
    {
        [0] = (ExportKind.Text, MediaType.Unknown),
        [1] = (ExportKind.Media, MediaType.Image),
        [2] = (ExportKind.Media, MediaType.Audio),
        [3] = (ExportKind.Media, MediaType.Video),
        [4] = (ExportKind.Contact, MediaType.Unknown),
        [5] = (ExportKind.Location, MediaType.Unknown),
        [7] = (ExportKind.System, MediaType.Unknown),
        [9] = (ExportKind.Media, MediaType.Document),
        [MissedCall] = (ExportKind.Call, MediaType.Unknown),
        [Waiting] = (ExportKind.System, MediaType.Unknown),
        [13] = (ExportKind.Media, MediaType.Video), // a GIF
        [14] = (ExportKind.Contact, MediaType.Unknown), // several
        [15] = (ExportKind.Deleted, MediaType.Unknown),
        [LiveLocation] = (ExportKind.Location, MediaType.Unknown),
        [20] = (ExportKind.Media, MediaType.Sticker),
        [Disappearing] = (ExportKind.System, MediaType.Unknown),
        [42] = (ExportKind.Media, MediaType.Image), // to be viewed once
        [43] = (ExportKind.Media, MediaType.Video),
        [64] = (ExportKind.Deleted, MediaType.Unknown), // by a group's admin
        [66] = (ExportKind.Poll, MediaType.Unknown),
        [82] = (ExportKind.Media, MediaType.Audio),
        [90] = (ExportKind.Call, MediaType.Unknown),
        [106] = (ExportKind.Poll, MediaType.Unknown),
        [Privacy] = (ExportKind.System, MediaType.Unknown),
    };

    /// <summary>Null for a number that is not known.</summary>
    public static (ExportKind Kind, MediaType Media)? Of(long type) => Known.TryGetValue(type, out (ExportKind Kind, MediaType Media) known) ? known : null;
}
