using System.Buffers.Binary;
using Munshi.Database;

namespace Munshi.Vault;

/// <summary>Judges names, one after the other until the transaction ends, so that no two alike and none too many come into a list.</summary>
internal static class NameJudgement
{
    /// <param name="list">Which list.</param>
    /// <param name="transaction">The one that writes the name.</param>
    /// <param name="owner">The workspace, or the person.</param>
    /// <param name="present">Gives id and look-up of each name in the list.</param>
    /// <param name="id">Of what is to be called so; one that is in the list already takes no new place.</param>
    /// <param name="lookup">HMAC of the folded name, 32 bytes.</param>
    /// <param name="most">How many the list holds.</param>
    public static async Task<NameVerdict> JudgeAsync(
        this OwnNames list, WorkspaceTransaction transaction, Guid owner, Statement present, Guid id, byte[] lookup, int most)
    {
        transaction.Queue(new Statement("SELECT pg_advisory_xact_lock($1)") { ReturnsRows = true }
            .Long(BinaryPrimitives.ReadInt64BigEndian(owner.ToByteArray().AsSpan(8)) ^ (long)list));
        IReadOnlyList<(Guid Id, byte[] Lookup)> names = await transaction.RowsAsync(present, reader => (reader.GetGuid(0), reader.GetFieldValue<byte[]>(1)));
        return names.Any(other => other.Id != id && other.Lookup.AsSpan().SequenceEqual(lookup)) ? NameVerdict.Taken
            : names.Count >= most && names.All(other => other.Id != id) ? NameVerdict.TooMany
            : NameVerdict.Free;
    }
}
