namespace Munshi.Import.Backups;

/// <summary>A message as its rows stand in a backup; null and 0 for what is not there.</summary>
internal sealed record BackupRow
{
    public required long Id { get; init; }

    public required bool FromMe { get; init; }

    /// <summary>WhatsApp's own id of the message.</summary>
    public required string? KeyId { get; init; }

    /// <summary>Milliseconds since 1970, UTC.</summary>
    public required long Timestamp { get; init; }

    public required long Type { get; init; }

    public required string? Text { get; init; }

    /// <summary>Whether <see cref="Text"/> is only its beginning.</summary>
    public required bool IsCut { get; init; }

    public required bool HasFile { get; init; }

    /// <summary>On the phone.</summary>
    public required string? FilePath { get; init; }

    public required string? FileName { get; init; }

    public required string? FileType { get; init; }

    public required string? Caption { get; init; }

    public required double? Latitude { get; init; }

    public required double? Longitude { get; init; }

    public required string? PlaceName { get; init; }

    public required string? PlaceLink { get; init; }

    public required long Action { get; init; }

    public required bool IsBlocked { get; init; }

    public required bool IsEdited { get; init; }

    public required bool IsRevoked { get; init; }

    public required bool IsVideoCall { get; init; }

    /// <summary>Of a call, in seconds; 0 where nobody answered.</summary>
    public required long CallSeconds { get; init; }

    /// <summary>Of a poll: each answer with its votes.</summary>
    public required IReadOnlyList<(string Name, long Votes)> Options { get; init; }

    /// <summary>Names on cards.</summary>
    public required IReadOnlyList<string> Cards { get; init; }

    public override string ToString() => $"{nameof(BackupRow)} {Id}";
}
