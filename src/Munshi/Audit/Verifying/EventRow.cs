using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Munshi.Ledger;

namespace Munshi.Audit.Verifying;

/// <summary>An audit event as the server sent it, read in place. Good for as long as its bytes are.</summary>
internal readonly ref struct EventRow
{
    private const long MicrosecondsTo2000 = 946_684_800_000_000;

    private readonly ReadOnlySpan<byte> _actor;
    private readonly ReadOnlySpan<byte> _action;
    private readonly ReadOnlySpan<byte> _target;
    private readonly ReadOnlySpan<byte> _commitment;
    private readonly ReadOnlySpan<byte> _ciphertext;
    private readonly bool _hasNoTime;
    private readonly bool _hasNoActor;
    private readonly bool _hasNoAction;
    private readonly bool _hasNoTarget;
    private readonly bool _hasNoCommitment;
    private readonly bool _hasNoCiphertext;
    private readonly long _microseconds; // since 2000; the lowest and the highest are PostgreSQL's infinities

    /// <param name="reader">At the first field of: id, at, actor, action, object, commitment, ciphertext_hash.</param>
    public EventRow(ref CopyReader reader)
    {
        Id = reader.Long();
        ReadOnlySpan<byte> time = reader.Field(out _hasNoTime);
        _microseconds = _hasNoTime ? 0 : BinaryPrimitives.ReadInt64BigEndian(time);
        _actor = reader.Field(out _hasNoActor);
        _action = reader.Field(out _hasNoAction);
        _target = reader.Field(out _hasNoTarget);
        _commitment = reader.Field(out _hasNoCommitment);
        _ciphertext = reader.Field(out _hasNoCiphertext);
    }

    public long Id { get; }

    /// <summary>A leaf's instant as the database holds it.</summary>
    public static long Since2000(DateTimeOffset time) => ((time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond) - MicrosecondsTo2000;

    /// <summary>Whether the leaf made from this event is the same to the byte, from its time to its ciphertext hash.</summary>
    /// <param name="microseconds">The leaf's instant, <see cref="Since2000"/>.</param>
    /// <param name="fromActor">The canonical leaf from the actor's value on.</param>
    public bool Says(long microseconds, ReadOnlySpan<byte> fromActor) =>
        microseconds == _microseconds
        && !(_hasNoTime || _hasNoActor || _hasNoAction || _hasNoTarget)
        && Take(ref fromActor, _actor)
        && Take(ref fromActor, "\naction "u8) && Take(ref fromActor, _action)
        && Take(ref fromActor, "\nobject "u8) && Take(ref fromActor, _target)
        && Take(ref fromActor, "\ncommitment "u8) && TakeHex(ref fromActor, _commitment, _hasNoCommitment)
        && Take(ref fromActor, "\nciphertext "u8) && TakeHex(ref fromActor, _ciphertext, _hasNoCiphertext)
        && fromActor.StartsWith("\nprevious "u8);

    /// <summary>A copy that can be kept.</summary>
    public StoredEvent ToEvent() => new(
        _hasNoTime ? null : _microseconds is long.MaxValue or long.MinValue ? "infinity" : (_microseconds + MicrosecondsTo2000).ToString(CultureInfo.InvariantCulture),
        _hasNoActor ? null : Encoding.UTF8.GetString(_actor),
        _hasNoAction ? null : Encoding.UTF8.GetString(_action),
        _hasNoTarget ? null : Encoding.UTF8.GetString(_target),
        _hasNoCommitment ? null : _commitment.ToArray(),
        _hasNoCiphertext ? null : _ciphertext.ToArray());

    private static bool Take(ref ReadOnlySpan<byte> rest, scoped ReadOnlySpan<byte> expected)
    {
        if (!rest.StartsWith(expected))
        {
            return false;
        }

        rest = rest[expected.Length..];
        return true;
    }

    private static bool TakeHex(ref ReadOnlySpan<byte> rest, ReadOnlySpan<byte> bytes, bool isNull)
    {
        if (isNull || bytes.Length != Digest.Length)
        {
            return isNull && Take(ref rest, "-"u8);
        }

        Span<byte> hex = stackalloc byte[Digest.HexLength];
        Convert.TryToHexStringLower(bytes, hex, out _);
        return Take(ref rest, hex);
    }
}
