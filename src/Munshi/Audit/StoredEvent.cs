using System.Globalization;
using Munshi.Database;
using Munshi.Ledger;
using Npgsql;

namespace Munshi.Audit;

/// <summary>An audit event as it stands in the database now, whatever was done to it.</summary>
/// <remarks>The time is in microseconds since 1970, as decimal text: a superuser can store times that no leaf holds.</remarks>
internal sealed record StoredEvent(
    string? Microseconds, string? Actor, string? Action, string? Target, byte[]? Commitment, byte[]? CiphertextHash)
{
    public static StoredEvent Read(NpgsqlDataReader reader, int first) => new(
        reader.OrNull<string>(first),
        reader.OrNull<string>(first + 1),
        reader.OrNull<string>(first + 2),
        reader.OrNull<string>(first + 3),
        reader.OrNull<byte[]>(first + 4),
        reader.OrNull<byte[]>(first + 5));

    /// <summary>The first field in which the leaf made from this event would differ; null where it would be the same to the byte.</summary>
    public (string Expected, string Found)? DifferenceFrom(LedgerLeaf leaf)
    {
        if (Microseconds != Since1970(leaf.Time))
        {
            return ($"time {LedgerTime.Format(leaf.Time)}", "another time");
        }

        if (Actor != leaf.Actor)
        {
            return ("the leaf's actor", "another actor");
        }

        if (Action != leaf.Action)
        {
            return ($"action {leaf.Action}", "another action");
        }

        if (Target != leaf.Target)
        {
            return ("the leaf's object", "another object");
        }

        if (!Same(leaf.Commitment, Commitment))
        {
            return ($"commitment {Hex(leaf.Commitment)}", $"commitment {Hex(Commitment)}");
        }

        return Same(leaf.CiphertextHash, CiphertextHash)
            ? null
            : ($"ciphertext {Hex(leaf.CiphertextHash)}", $"ciphertext {Hex(CiphertextHash)}");
    }

    internal static string Hex(Digest? digest) => digest?.ToString() ?? "none";

    internal static string Hex(byte[]? bytes) => bytes is null ? "none" : Convert.ToHexStringLower(bytes);

    internal static bool Same(Digest? digest, byte[]? bytes) =>
        digest is { } expected ? bytes is { Length: Digest.Length } && new Digest(bytes) == expected : bytes is null;

    private static string Since1970(DateTimeOffset time) =>
        ((time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond).ToString(CultureInfo.InvariantCulture);
}
