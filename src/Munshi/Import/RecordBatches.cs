using Munshi.WhatsApp.Exports;

namespace Munshi.Import;

/// <summary>Cuts the records of a file into batches, each written in one transaction.</summary>
internal static class RecordBatches
{
    public const int MostRecords = 500;

    /// <summary>8 MiB of the records' own lines; the record that reaches it is the batch's last.</summary>
    public const int MostBytes = 8 * 1024 * 1024;

    /// <param name="messages">With their own lines, in the order of the file.</param>
    public static IEnumerable<ExportMessage[]> Of(IEnumerable<ExportMessage> messages)
    {
        List<ExportMessage> batch = [];
        int bytes = 0;
        foreach (ExportMessage message in messages)
        {
            batch.Add(message);
            bytes += message.Raw?.Length ?? 0;
            if (batch.Count == MostRecords || bytes >= MostBytes)
            {
                yield return [.. batch];
                batch.Clear();
                bytes = 0;
            }
        }

        if (batch.Count > 0)
        {
            yield return [.. batch];
        }
    }
}
