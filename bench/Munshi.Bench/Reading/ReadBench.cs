using System.Diagnostics;
using System.Text.Json;

namespace Munshi.Bench.Reading;

/// <summary>Reading one large export, against a parser that is often used; each side a process of its own, in turns.</summary>
internal static class ReadBench
{
    private const int Rounds = 3;
    private const double RecordsWanted = 15;
    private const double MessagesWanted = 6;
    private const double MemoryWanted = 10;

    public static async Task<Report> RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        int messages = options.Pick(200_000, 2_000);
        int passes = options.Pick(30, 2);
        string file = await LargeExport.WriteAsync(options.Directory, messages, cancellationToken);
        List<ReadTimes> parser = [], parserOnce = [], records = [], decoded = [], decodedOnce = [];
        for (int round = 0; round < Rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            parser.Add(await ParserAsync(file, passes));
            records.Add(await MunshiAsync(ReadOnly.Records, file, passes));
            decoded.Add(await MunshiAsync(ReadOnly.Messages, file, passes));
            parserOnce.Add(await ParserAsync(file, 1));
            decodedOnce.Add(await MunshiAsync(ReadOnly.Messages, file, 1));
        }

        if (parser.Concat(records).Concat(decoded).Any(times => times.Count != messages))
        {
            throw new InvalidOperationException($"A side did not find {messages} messages.");
        }

        Measure theirs = Milliseconds("whatsapp-chat-parser", parser);
        Measure slices = Milliseconds("Munshi, records with header fields and slices", records);
        Measure strings = Milliseconds("Munshi, records with decoded strings", decoded);
        Measure theirMemory = Megabytes("whatsapp-chat-parser, peak memory", parser);
        Measure ourMemory = Megabytes("Munshi, records with decoded strings, peak memory", decoded);
        Measure theirOnce = Megabytes("whatsapp-chat-parser, peak memory, read once", parserOnce);
        Measure ourOnce = Megabytes("Munshi, records with decoded strings, peak memory, read once", decodedOnce);
        return new Report(
            "Reading an export",
            [
                $"One Android export of {messages:#,0} messages, {new FileInfo(file).Length / 1e6:0.0} MB; node {await Programs.ReadAsync("node", "--version")}".Trim() + ", whatsapp-chat-parser 4.0.2.",
                $"Each side in a process of its own, in turns, {Rounds} rounds: opens and reads the file {passes} times; the median of the later half counts, when both are warm, and the first pass is told apart. Munshi walks over the file twice each time, once for its layout.",
                "Peak memory: of these processes (maxRSS, VmHWM), and of others that read the file once, the runtime itself among it; Munshi's with the workstation collector and a young generation of 2 MiB; the runtime alone takes 40 MB.",
            ],
            [
                theirs,
                slices,
                theirs.Over(slices, "records, times as fast", RecordsWanted),
                strings,
                theirs.Over(strings, "decoded strings, times as fast", MessagesWanted),
                First("whatsapp-chat-parser, first pass", parser).Over(First("", decoded), "decoded strings, first pass, both cold, times as fast"),
                theirMemory,
                ourMemory,
                theirMemory.Over(ourMemory, "memory, times less", MemoryWanted),
                theirOnce,
                ourOnce,
                theirOnce.Over(ourOnce, "memory, read once, times less"),
            ]);
    }

    private static Task<ReadTimes> ParserAsync(string file, int passes) =>
        TimesAsync(new ProcessStartInfo("node", [Path.Combine(Programs.Repository, "bench/read/parse.cjs"), file, $"{passes}"]));

    /// <summary>This program reads with the collector of a tool, not of a server.</summary>
    private static Task<ReadTimes> MunshiAsync(string what, string file, int passes)
    {
        ProcessStartInfo start = new("dotnet", [typeof(ReadBench).Assembly.Location, ReadOnly.Verb, what, file, $"{passes}"]);
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";
        start.Environment["DOTNET_GCgen0size"] = "0x200000";
        return TimesAsync(start);
    }

    private static async Task<ReadTimes> TimesAsync(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<ReadTimes>(output, JsonSerializerOptions.Web)!
            : throw new InvalidOperationException($"{start.FileName} ended with {process.ExitCode}.");
    }

    private static Measure Milliseconds(string name, List<ReadTimes> times) => new(name, "ms", [.. times.Select(one => one.Median)]);

    private static Measure First(string name, List<ReadTimes> times) => new(name, "ms", [.. times.Select(one => one.First)]);

    private static Measure Megabytes(string name, List<ReadTimes> times) => new(name, "MB", [.. times.Select(one => one.PeakBytes / 1e6)]);
}
