using System.Globalization;
using System.Text;
using Munshi.Audit.Erasures;
using Munshi.Database;
using Munshi.Ledger;
using Munshi.Ledger.Erasures;
using Munshi.Ledger.Notes;

namespace Munshi.Audit.Export;

/// <summary>Writes <c>erasures.jsonl</c>: what the entries that tell of an erasure commit to. Format: <c>docs/data-format.md</c>. Not safe for concurrent use.</summary>
/// <param name="reader">As <c>munshi_reader</c>.</param>
/// <param name="folder">The export.</param>
/// <param name="log">The workspace.</param>
/// <param name="key">The installation's, under any of the log's names; null where none is known, and then none is written.</param>
internal sealed class ErasuresWriter(InstallationDatabase reader, ExportFolder folder, Guid log, VerifierKey? key) : IDisposable
{
    private const string ReadNote = "SELECT note FROM ledger.erasure WHERE client_id = $1 AND id = $2";

    private readonly FileStream _file = folder.Open("erasures.jsonl");

    private readonly List<(long Seq, ErasureRecord Record)> _written = [];

    /// <summary>What the erasures written so far name.</summary>
    public ErasedEntries Erased() => new(_written);

    /// <summary>Writes what an entry commits to, where it tells of an erasure.</summary>
    /// <param name="seq">Above the one before.</param>
    /// <param name="leaf">The entry.</param>
    /// <param name="findings">Names an erasure that the key did not sign, or whose record is another: it is left out and excuses nothing.</param>
    /// <param name="cancellationToken">Honoured between statements.</param>
    /// <returns>Whether it does, and was written.</returns>
    public async Task<bool> TakeAsync(long seq, LedgerLeaf leaf, LedgerFindings findings, CancellationToken cancellationToken)
    {
        if (leaf.Action != ErasureRecord.Action
            || !Guid.TryParseExact(leaf.Target.AsSpan(leaf.Target.IndexOf(':', StringComparison.Ordinal) + 1), "D", out Guid id)
            || await reader.RowAsync(new Statement(ReadNote).Uuid(log).Uuid(id), row => row.OrNull<string>(0), cancellationToken) is not { } stored)
        {
            return false;
        }

        byte[] note = Encoding.UTF8.GetBytes(stored);
        if (key is null || ErasureRecord.Open(note, key) is not { } record || !record.IsToldBy(leaf, await HashAsync(record.Last, cancellationToken)))
        {
            findings.Add(seq, FindingKind.Erasure, $"the record of {leaf.Target}, signed, that the entry commits to", "none");
            return false;
        }

        _written.Add((seq, record));
        _file.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"seq\":{seq},\"note\":\"{Convert.ToBase64String(note)}\"}}\n")));
        return true;
    }

    private async Task<Digest?> HashAsync(long entry, CancellationToken cancellationToken) =>
        (await EntryHashes.ReadAsync(reader, log, [entry], cancellationToken)).TryGetValue(entry, out Digest hash) ? hash : null;

    public void Dispose() => _file.Dispose();
}
