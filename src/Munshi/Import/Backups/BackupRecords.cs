using System.Globalization;
using Munshi.WhatsApp.Exports;

namespace Munshi.Import.Backups;

/// <summary>Makes the rows of a backup into records as an export gives them, with words as Android's export writes them.</summary>
/// <param name="owner">How the phone's owner is named.</param>
/// <param name="customer">How the other is named.</param>
internal sealed class BackupRecords(string owner, string customer)
{
    private const int MostNameCharacters = 255;

    private readonly Dictionary<(BackupProblemKind Kind, long Number), long> _problems = [];

    public IReadOnlyList<BackupProblem> Problems =>
        [.. _problems.OrderBy(pair => pair.Key).Select(pair => new BackupProblem(pair.Key.Kind, pair.Key.Number, pair.Value))];

    /// <summary>Each call begins anew. Times are in UTC.</summary>
    public IEnumerable<ExportMessage> Of(IEnumerable<BackupRow> rows)
    {
        _problems.Clear();
        long line = 0;
        foreach (BackupRow row in rows)
        {
            if (BackupTime.Of(row.Timestamp) is { } at)
            {
                yield return Record(row, at.UtcDateTime, ++line);
            }
            else
            {
                Note(BackupProblemKind.NoTime, 0);
            }
        }
    }

    private ExportMessage Record(BackupRow row, DateTime at, long line)
    {
        (ExportKind kind, MediaType media) = KindOf(row);
        if (row.IsCut)
        {
            Note(BackupProblemKind.Cut, 0);
        }

        byte[] raw = BackupRaw.Of(row);
        return new ExportMessage
        {
            Line = line,
            Length = raw.Length,
            At = DateTime.SpecifyKind(at, DateTimeKind.Unspecified),
            From = kind is ExportKind.System ? null : row.FromMe ? owner : customer,
            Kind = kind,
            Text = Text(row, kind),
            Attachment = Attachment(row, kind, media),
            Media = media,
            Edited = row.IsEdited && kind is not ExportKind.Deleted,
            Raw = raw,
        };
    }

    private (ExportKind Kind, MediaType Media) KindOf(BackupRow row)
    {
        if (row.IsRevoked)
        {
            return (ExportKind.Deleted, MediaType.Unknown);
        }

        if (BackupTypes.Of(row.Type) is { } known)
        {
            return known;
        }

        Note(BackupProblemKind.UnknownType, row.Type);
        return row.HasFile ? (ExportKind.Media, MediaOf(row.FileType)) : (ExportKind.Text, MediaType.Unknown);
    }

    private static MediaType MediaOf(string? type) => type?.Split('/')[0] switch
    {
        "image" => MediaType.Image,
        "video" => MediaType.Video,
        "audio" => MediaType.Audio,
        "application" or "text" => MediaType.Document,
        _ => MediaType.Unknown,
    };

    private string Text(BackupRow row, ExportKind kind) => kind switch
    {
        ExportKind.Deleted => "",
        ExportKind.Media => row.Text ?? row.Caption ?? "",
        ExportKind.Contact => "",
        ExportKind.Call => Call(row),
        ExportKind.Poll => Poll(row),
        ExportKind.Location => Place(row),
        ExportKind.System => row.Text ?? Notice(row),
        _ => row.Text ?? "",
    };

    private string Notice(BackupRow row)
    {
        string? words = row.Type switch
        {
            BackupTypes.Waiting => "Waiting for this message",
            BackupTypes.Disappearing => BackupNotices.Disappearing,
            BackupTypes.Privacy => "Advanced chat privacy was changed.",
            _ => BackupNotices.Of(row.Action, row.IsBlocked),
        };
        if (words is null)
        {
            Note(BackupProblemKind.UnknownNotice, row.Action);
        }

        return words ?? "";
    }

    private static string Call(BackupRow row)
    {
        string what = row.IsVideoCall ? "video call" : "voice call";
        string name = row.IsVideoCall ? "Video call" : "Voice call";
        return row.CallSeconds switch
        {
            <= 0 => row.FromMe ? $"{name}, no answer" : $"Missed {what}",
            < 60 => $"{name}, {row.CallSeconds} sec",
            < 3600 => $"{name}, {row.CallSeconds / 60} min",
            _ => $"{name}, {row.CallSeconds / 3600} hr {row.CallSeconds / 60 % 60} min",
        };
    }

    private static string Poll(BackupRow row) => string.Join(
        '\n', row.Options.Select(option => FormattableString.Invariant($"OPTION: {option.Name} ({option.Votes} {(option.Votes == 1 ? "vote" : "votes")})")).Prepend($"POLL:\n{row.Text}"));

    private static string Place(BackupRow row) =>
        row.Type == BackupTypes.LiveLocation ? "live location shared"
        : row.PlaceLink is not null && row.PlaceLink.StartsWith("https://", StringComparison.Ordinal) ? $"{row.PlaceName}: {row.PlaceLink}"
        : row is { Latitude: { } latitude, Longitude: { } longitude }
            ? string.Create(CultureInfo.InvariantCulture, $"{(row.PlaceName is null ? "" : row.PlaceName + "\n")}location: https://maps.google.com/?q={latitude:0.##########},{longitude:0.##########}")
        : row.PlaceName ?? "";

    private static string? Attachment(BackupRow row, ExportKind kind, MediaType media)
    {
        string? onPhone = row.FilePath?[(row.FilePath.LastIndexOfAny(['/', '\\']) + 1)..];
        string? name = kind switch
        {
            ExportKind.Media => media is MediaType.Document ? row.FileName ?? onPhone : onPhone ?? row.FileName,
            ExportKind.Contact => $"{(row.Cards is [{ Length: > 0 } only] ? only : row.Cards.Count > 1 ? FormattableString.Invariant($"{row.Cards.Count} contacts") : "contact")}.vcf",
            _ => null,
        };
        return name is { Length: > MostNameCharacters } ? name[..MostNameCharacters] : name is "" ? null : name;
    }

    private void Note(BackupProblemKind kind, long number) => _problems[(kind, number)] = _problems.GetValueOrDefault((kind, number)) + 1;
}
