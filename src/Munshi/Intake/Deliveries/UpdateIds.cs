using System.Buffers.Binary;

namespace Munshi.Intake.Deliveries;

/// <summary>Ids begin with the millisecond of their making (UUID version 7, RFC 9562, 5.7): an update's with its delivery's, a job's with its enqueuing's.</summary>
internal static class UpdateIds
{
    /// <summary>Above every id.</summary>
    public static readonly Guid End = new([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], bigEndian: true);

    /// <summary>Not above any id of that millisecond or later, and above all earlier ones.</summary>
    public static Guid First(DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, Math.Max(0, at.ToUnixTimeMilliseconds()) << 16);
        bytes[8..].Clear();
        return new Guid(bytes, bigEndian: true);
    }
}
