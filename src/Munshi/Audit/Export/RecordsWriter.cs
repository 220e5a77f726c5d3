using System.Globalization;
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
    public void Write(long seq, string target, Guid id, OpenedRecord opened)
    {
        StringBuilder line = new();
        line.Append(CultureInfo.InvariantCulture, $"{{\"seq\":{seq},\"object\":\"{target}\",\"record\":");
        Append(line, opened.Record?.Canonical.ToArray());
        line.Append(",\"salt\":");
        Append(line, opened.Record is null ? null : RecordCommitment.SaltOf(opened.Key!, id));
        line.Append(",\"sealed\":[");
        for (int i = 0; i < opened.Sealed.Length; i++)
        {
            line.Append(i > 0 ? "," : "");
            Append(line, opened.Sealed[i]);
        }

        line.Append("]}\n");
        _records.Write(Encoding.ASCII.GetBytes(line.ToString()));
        Count++;
    }

    public void Dispose() => _records.Dispose();

    private static void Append(StringBuilder line, byte[]? bytes)
    {
        if (bytes is null)
        {
            line.Append("null");
        }
        else
        {
            line.Append('"').Append(Convert.ToBase64String(bytes)).Append('"');
        }
    }
}
