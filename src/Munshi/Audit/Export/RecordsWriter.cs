using System.Text;

namespace Munshi.Audit.Export;

/// <summary>Writes <c>records.jsonl</c>: one form a line, byte for byte in <c>docs/data-format.md</c>. Not safe for concurrent use.</summary>
internal sealed class RecordsWriter(ExportFolder folder) : IDisposable
{
    private readonly FileStream _records = folder.Open("records.jsonl");

    /// <summary>How many records were written.</summary>
    public long Count { get; private set; }

    /// <param name="seq">Above the one before.</param>
    /// <param name="target">The leaf's object.</param>
    /// <param name="id">The row's id.</param>
    /// <param name="opened">The record.</param>
    /// <param name="isWithheld">Whether its plaintext is left out.</param>
    public void Write(long seq, string target, Guid id, OpenedRecord opened, bool isWithheld)
    {
        _records.Write(Encoding.ASCII.GetBytes(RecordText.Of(seq, target, id, opened, isWithheld) + "\n"));
        Count++;
    }

    public void Dispose() => _records.Dispose();
}
