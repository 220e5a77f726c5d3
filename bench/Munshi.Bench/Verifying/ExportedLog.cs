using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Munshi.Audit.Export;

namespace Munshi.Bench.Verifying;

/// <summary>An export, checked by the built <c>munshi-verify</c>, and its bytes merely hashed.</summary>
internal sealed class ExportedLog
{
    private static readonly string Verifier = Path.Combine(Programs.Repository, "artifacts/verifier/munshi-verify");

    private readonly string _directory;
    private readonly string[] _files;

    private ExportedLog(string directory)
    {
        _directory = directory;
        _files = [.. Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) is not ("munshi-verify" or "verify.py"))];
        Bytes = _files.Sum(file => new FileInfo(file).Length);
    }

    /// <summary>Of everything in it that is checked.</summary>
    public long Bytes { get; }

    /// <summary>The workspace's log up to its newest checkpoint, by the class behind <c>munshi ledger export</c>.</summary>
    public static async Task<ExportedLog> MakeAsync(LedgerExport export, Guid log, string directory, CancellationToken cancellationToken) =>
        await export.WriteAsync(log, directory, TextWriter.Null, cancellationToken) is ExportOutcome.Written { Findings.Count: 0 }
            ? new ExportedLog(directory)
            : throw new InvalidOperationException("The export is not as written.");

    /// <summary>The whole program, from its start to its end, on all cores.</summary>
    /// <exception cref="InvalidOperationException">It found something, or fewer entries or records.</exception>
    public async Task<Spent> VerifyAsync(long entries, long records)
    {
        string output = Path.Combine(Path.GetDirectoryName(_directory)!, "verified");
        string times = await Programs.ReadAsync(
            "/bin/bash", "-c", "TIMEFORMAT='%R %U %S'; { time \"$0\" \"$1\" --json >\"$2\"; } 2>&1", Verifier, _directory, output);
        JsonElement total = JsonElement.Parse((await File.ReadAllLinesAsync(output))[^1]);
        if (!total.GetProperty("ok").GetBoolean() || total.GetProperty("entries").GetInt64() < entries || total.GetProperty("records").GetInt64() < records)
        {
            throw new InvalidOperationException($"munshi-verify says {total}.");
        }

        double[] seconds = [.. times.Trim().Split(' ').Select(time => double.Parse(time, CultureInfo.InvariantCulture))];
        return new Spent(seconds[0], seconds[1] + seconds[2]);
    }

    /// <summary>SHA-256 over all its bytes at once, on one core, by OpenSSL's libcrypto, which is behind .NET's; the files are in memory before the clock starts.</summary>
    public async Task<Spent> HashAsync()
    {
        byte[] all = GC.AllocateUninitializedArray<byte>(checked((int)Bytes));
        int filled = 0;
        foreach (string file in _files)
        {
            byte[] bytes = await File.ReadAllBytesAsync(file);
            bytes.CopyTo(all, filled);
            filled += bytes.Length;
        }

        long began = Stopwatch.GetTimestamp();
        SHA256.HashData(all);
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        return new Spent(seconds, seconds);
    }
}
