using Munshi.Import;
using Munshi.WhatsApp.Exports;

namespace Munshi.Tests.Import;

public sealed class RecordBatchesTests
{
    private const int MiB = 1024 * 1024;

    [Fact]
    public void Small_records_come_500_at_a_time() =>
        Assert.Equal([500, 500, 1], RecordBatches.Of(Records(1001, 10)).Select(batch => batch.Length));

    [Fact]
    public void Large_records_come_in_batches_of_8_MiB() =>
        Assert.Equal([8, 8, 4], RecordBatches.Of(Records(20, MiB)).Select(batch => batch.Length));

    [Fact]
    public void Every_record_comes_once_and_in_its_order() =>
        Assert.Equal(
            Enumerable.Range(1, 1300).Select(line => (long)line),
            RecordBatches.Of(Records(1300, 50_000)).SelectMany(batch => batch).Select(record => record.Line));

    private static IEnumerable<ExportMessage> Records(int count, int bytes)
    {
        byte[] raw = new byte[bytes];
        return Enumerable.Range(1, count).Select(line => new ExportMessage
        {
            Line = line,
            At = new DateTime(2021, 1, 13, 10, 0, 0),
            From = "Asha",
            Kind = ExportKind.Text,
            Text = "",
            Raw = raw,
        });
    }
}
