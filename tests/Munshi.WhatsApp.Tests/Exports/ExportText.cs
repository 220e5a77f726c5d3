using System.IO.Compression;
using System.Text;
using Munshi.WhatsApp.Exports;

namespace Munshi.WhatsApp.Tests.Exports;

/// <summary>Exports written to files for a test, and read back.</summary>
internal static class ExportText
{
    public static readonly DateOnly Latest = new(2026, 11, 22);

    public static (IReadOnlyList<ExportMessage> Messages, ChatExport Export) Read(string text, DateOrder? order = null) =>
        Read(Encoding.UTF8.GetBytes(text), order);

    public static (IReadOnlyList<ExportMessage> Messages, ChatExport Export) Read(byte[] bytes, DateOrder? order = null) =>
        WithFile(bytes, path =>
        {
            using ChatExport export = Assert.IsType<ExportOpening.Opened>(Open(path, order)).Export;
            return ((IReadOnlyList<ExportMessage>)[.. export.Read(keepRaw: false, CancellationToken.None)], export);
        });

    public static ExportRefusal Refusal(byte[] bytes) =>
        WithFile(bytes, path => Assert.IsType<ExportOpening.Refused>(Open(path, null)).Reason);

    public static ExportOpening Open(string path, DateOrder? order) => ChatExport.Open(path, order, Latest, CancellationToken.None);

    public static byte[] Zip(params (string Name, string Text)[] entries) => Zip(CompressionLevel.Optimal, entries);

    public static byte[] Zip(CompressionLevel level, params (string Name, string Text)[] entries)
    {
        using MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, string text) in entries)
            {
                using Stream entry = archive.CreateEntry(name, level).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return stream.ToArray();
    }

    public static T WithFile<T>(byte[] bytes, Func<string, T> use)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, bytes);
            return use(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
