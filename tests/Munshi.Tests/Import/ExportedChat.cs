using System.IO.Compression;
using System.Text;
using Munshi.Audit;
using Munshi.Import;
using Munshi.Tests.Running;
using Munshi.WhatsApp.Exports;

namespace Munshi.Tests.Import;

/// <summary>Exports made up for a test, imported into a running server.</summary>
internal static class ExportedChat
{
    public const string Shop = "Aparajita Sarees";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>One message a minute from 13 January 2021, 10:00, the customer's and ours by turns.</summary>
    public static string Of(int messages, int from = 0) => string.Concat(Enumerable.Range(from, messages).Select(i =>
        FormattableString.Invariant($"{new DateTime(2021, 1, 13, 10, 0, 0).AddMinutes(i):dd/MM/yy, HH:mm} - {(i % 2 == 0 ? "Asha" : Shop)}: message {i}\n")));

    public static Task<ImportOutcome> ImportAsync(this RunningServer server, string text, string? contact, string? business = null) =>
        server.ImportAsync(Encoding.UTF8.GetBytes(text), contact, business);

    public static async Task<ImportOutcome> ImportAsync(
        this RunningServer server, byte[] bytes, string? contact, string? business = null, Guid? workspace = null, CancellationToken? cancellation = null)
    {
        string path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, bytes, Cancellation);
            using ChatExport export = Assert.IsType<ExportOpening.Opened>(ChatExport.Open(path, null, new DateOnly(2026, 11, 22), Cancellation)).Export;
            ImportRequest request = new("chat.txt", contact, business, TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata"));
            return await server.Get<ChatImport>().RunAsync(workspace ?? server.ClientId, export, request, Actor.Operator, cancellation ?? Cancellation);
        }
        finally
        {
            File.Delete(path);
        }
    }

    public static ImportOutcome.Imported Done(ImportOutcome outcome) => Assert.IsType<ImportOutcome.Imported>(outcome);

    public static byte[] Zip(string text, params string[] media)
    {
        using MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, string content) in media.Select(name => (name, "x")).Prepend(("_chat.txt", text)))
            {
                using Stream entry = archive.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(content));
            }
        }

        return stream.ToArray();
    }
}
