using System.Text;

namespace Munshi.Keyring;

/// <summary>Where a sealed value stands; part of its derived key and bound to it as associated data, so that it opens nowhere else.</summary>
/// <param name="ClientId">The workspace, or <see cref="Guid.Empty"/> for rows that belong to none.</param>
/// <param name="RowId">The row.</param>
/// <param name="Column">Schema, table and column, ASCII.</param>
internal readonly record struct SealContext(Guid ClientId, Guid RowId, string Column)
{
    internal int AssociatedLength => 32 + Encoding.ASCII.GetByteCount(Column);

    internal void WriteAssociated(Span<byte> destination)
    {
        ClientId.TryWriteBytes(destination, bigEndian: true, out _);
        RowId.TryWriteBytes(destination[16..], bigEndian: true, out _);
        Encoding.ASCII.GetBytes(Column, destination[32..]);
    }
}
