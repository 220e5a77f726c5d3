using Munshi.WhatsApp.Exports;

namespace Munshi.WhatsApp.Tests.Exports;

/// <summary>The promise that no byte of a text is lost or out of place.</summary>
internal static class RawText
{
    /// <summary>What stands before the first message and the records' own bytes are the text; a file without a message is refused.</summary>
    /// <param name="text">UTF-8 without a byte order mark.</param>
    public static void AssertWhole(byte[] text) => ExportText.WithFile(text, path =>
    {
        if (ExportText.Open(path, null) is ExportOpening.Opened opened)
        {
            using ChatExport export = opened.Export;
            ExportMessage[] messages = [.. export.Read(keepRaw: true, CancellationToken.None)];
            byte[] joined = [.. export.Preamble.Span, .. messages.SelectMany(message => message.Raw!)];
            if (!joined.AsSpan().SequenceEqual(text))
            {
                Assert.Fail($"Of {text.Length} bytes {joined.Length} came back; they part at {joined.AsSpan().CommonPrefixLength(text)}.");
            }

            long offset = export.Preamble.Length;
            foreach (ExportMessage message in messages)
            {
                Assert.Equal((offset, message.Raw!.Length), (message.Offset, message.Length));
                offset += message.Length;
            }

            AssertSlices(export, messages);
        }

        return 0;
    });

    /// <summary>The records as slices are the messages.</summary>
    private static void AssertSlices(ChatExport export, ExportMessage[] messages)
    {
        using ExportRecords records = export.Records();
        foreach (ExportMessage message in messages)
        {
            Assert.True(records.MoveNext());
            ExportRecord record = records.Current;
            Assert.Equal((message.Line, message.Offset, message.At, message.From), (record.Line, record.Offset, record.At, record.From));
            Assert.True(record.Raw.SequenceEqual(message.Raw));
            Assert.True(record.Body.Length <= record.Raw.Length);
        }

        Assert.False(records.MoveNext());
    }
}
