using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Munshi.WhatsApp.Exports;

namespace Munshi.Bench.Reading;

/// <summary>The reader in a process of its own: opens and reads an export so many times, and prints <see cref="ReadTimes"/>.</summary>
internal static class ReadOnly
{
    public const string Verb = "read-only";

    /// <summary>Header fields and slices; nothing is decoded but names.</summary>
    public const string Records = "records";

    /// <summary>Decoded and told apart by kind.</summary>
    public const string Messages = "messages";

    public static void Run(string what, string export, int passes)
    {
        List<double> spent = [];
        long count = 0;
        for (int pass = 0; pass < passes; pass++)
        {
            long start = Stopwatch.GetTimestamp();
            count = what == Records ? ReadRecords(export) : ReadMessages(export);
            spent.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        double[] others = [.. spent.Skip(Math.Max(1, passes / 2)).Order()];
        ReadTimes times = new(spent[0], others.Length > 0 ? others[others.Length / 2] : spent[0], count, PeakBytes());
        Console.WriteLine(JsonSerializer.Serialize(times, JsonSerializerOptions.Web));
    }

    private static long ReadRecords(string path)
    {
        using ChatExport export = Open(path);
        using ExportRecords records = export.Records();
        (long count, long bytes, long minutes) = (0, 0, 0);
        while (records.MoveNext())
        {
            ExportRecord record = records.Current;
            count++;
            bytes += record.Body.Length + (record.From?.Length ?? 0);
            minutes += record.At.Minute;
        }

        return bytes + minutes > 0 ? count : 0;
    }

    private static long ReadMessages(string path)
    {
        using ChatExport export = Open(path);
        (long count, long characters) = (0, 0);
        foreach (ExportMessage message in export.Read(keepRaw: false, CancellationToken.None))
        {
            count++;
            characters += message.Text.Length + message.At.Minute;
        }

        return characters > 0 ? count : 0;
    }

    private static ChatExport Open(string path) =>
        ChatExport.Open(path, null, DateOnly.MaxValue, CancellationToken.None) is ExportOpening.Opened opened
            ? opened.Export
            : throw new InvalidOperationException("The export was refused.");

    /// <summary>As the kernel counts it: <c>VmHWM</c>.</summary>
    private static long PeakBytes() =>
        1024 * long.Parse(
            File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
            CultureInfo.InvariantCulture);
}
