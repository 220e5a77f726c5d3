using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Munshi.Ledger.Notes;

/// <summary>
/// A witness's statement that at a time the largest consistent tree it had seen of a log had this root (C2SP tlog-cosignature, Ed25519): in the line,
/// after the key id, the timestamp in 8 bytes, big-endian, and 64 bytes of signature.
/// </summary>
/// <remarks>The signed message does not hold the cosigner's name: two cosigners must not share a key.</remarks>
public sealed class Cosignature
{
    private const int TimestampLength = 8;

    private readonly byte[] _signature;

    private Cosignature(long timestamp, byte[] signature)
    {
        Timestamp = timestamp;
        _signature = signature;
    }

    /// <summary>POSIX seconds, 0 to 2^63-1.</summary>
    public long Timestamp { get; }

    /// <summary>Reads the form alone; whether it holds is for <see cref="IsValid"/> to say.</summary>
    public static CosignatureParse Parse(NoteSignature line)
    {
        ReadOnlySpan<byte> blob = line.Signature.Span;
        if (blob.Length != TimestampLength + Ed25519.SignatureLength)
        {
            return new CosignatureParse.Refused("a cosignature is not 76 bytes long, its key id included");
        }

        long timestamp = BinaryPrimitives.ReadInt64BigEndian(blob);
        return timestamp < 0
            ? new CosignatureParse.Refused("the timestamp is above 2^63-1")
            : new CosignatureParse.Parsed(new Cosignature(timestamp, blob[TimestampLength..].ToArray()));
    }

    /// <summary>Whether it holds over this text, which must be a checkpoint's.</summary>
    /// <param name="key">Of type <see cref="NoteKeyType.Cosignature"/>; no other key's holds.</param>
    /// <param name="text">Any bytes.</param>
    public bool IsValid(VerifierKey key, ReadOnlySpan<byte> text) =>
        key.Type == NoteKeyType.Cosignature
        && Checkpoint.Parse(text) is CheckpointParse.Parsed
        && Ed25519.Verify(key.PublicKey.Span, Message(Timestamp, text), _signature);

    internal static byte[] Message(long timestamp, ReadOnlySpan<byte> text) =>
        [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {timestamp}\n")), .. text];

    internal static byte[] Blob(long timestamp, ReadOnlySpan<byte> signature)
    {
        byte[] blob = new byte[TimestampLength + Ed25519.SignatureLength];
        BinaryPrimitives.WriteInt64BigEndian(blob, timestamp);
        signature.CopyTo(blob.AsSpan(TimestampLength));
        return blob;
    }
}
