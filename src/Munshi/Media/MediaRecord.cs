using System.Globalization;
using Munshi.Audit;
using Munshi.Keyring;

namespace Munshi.Media;

/// <summary>What a file was settled as, column by column as it stands in <c>vault.media</c>: its immutable record.</summary>
internal sealed record MediaRecord
{
    internal const string HashColumn = "vault.media.hash_sealed";
    internal const string LevelsColumn = "vault.media.levels_sealed";
    internal const string PreviewColumn = "vault.media.preview_sealed";

    public const string Stored = "stored";
    public const string Expired = "expired";
    public const string Refused = "refused";

    public required Guid Id { get; init; }

    public required Guid MessageId { get; init; }

    /// <summary>The number that it came to or left by; null for one of an export that came while none was connected.</summary>
    public required Guid? NumberId { get; init; }

    public required Guid KeyId { get; init; }

    /// <summary>When the message that names it was sent.</summary>
    public required DateTimeOffset ToldAt { get; init; }

    /// <summary><see cref="Stored"/>, <see cref="Expired"/> or <see cref="Refused"/>.</summary>
    public required string State { get; init; }

    /// <summary>One of our own reason words; null where it is stored.</summary>
    public string? Reason { get; init; }

    public required DateTimeOffset SettledAt { get; init; }

    /// <summary>By its first bytes.</summary>
    public string? Type { get; init; }

    /// <summary>In bytes, of plaintext.</summary>
    public long? Length { get; init; }

    /// <summary>Whether there was a hash of Meta's to check it by.</summary>
    public bool? HashWasTold { get; init; }

    /// <summary>SHA-256 of the encrypted file, under which it lies.</summary>
    public byte[]? FileHash { get; init; }

    /// <summary>The action for the ledger.</summary>
    public string Action => $"media.{State}";

    /// <param name="hash">SHA-256 of the file itself; null where it is not stored.</param>
    public RecordCommitment Canonical(byte[]? hash) => new RecordCommitment()
        .Field("message", MessageId.ToString())
        .Field("number", NumberId?.ToString())
        .Field("key", KeyId.ToString())
        .Field("told-at", ToldAt)
        .Field("state", State)
        .Field("reason", Reason)
        .Field("settled-at", SettledAt)
        .Field("type", Type)
        .Field("length", Length?.ToString(CultureInfo.InvariantCulture))
        .Field("hash-was-told", HashWasTold is { } told ? told ? "yes" : "no" : null)
        .Field("hash", hash);

    /// <param name="actor">Who settled it.</param>
    /// <param name="key">Null where it is gone: the event then bears no commitment.</param>
    /// <param name="hash">SHA-256 of the file itself.</param>
    /// <param name="hashSealed">The same, as it stands.</param>
    public AuditEvent Event(Actor actor, KeyMaterial? key, byte[]? hash, byte[]? hashSealed) => new(
        actor, Action, "media", Id, SettledAt, key is null ? null : Canonical(hash).Commit(key, Id), RecordCommitment.HashCiphertexts(FileHash, hashSealed));
}
