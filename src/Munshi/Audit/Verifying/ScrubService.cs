using System.Diagnostics;
using Munshi.Database;

namespace Munshi.Audit.Verifying;

/// <summary>Has the whole ledger verified once a day by a process of its own, which records what it found.</summary>
internal sealed partial class ScrubService(DataDirectory data, VerificationHistory history, TimeProvider clock, ILogger<ScrubService> logger) : BackgroundService
{
    private static readonly TimeSpan AfterStart = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Interval = TimeSpan.FromHours(24);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMinutes(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        TimeSpan pause = AfterStart;
        while (true)
        {
            await Task.Delay(pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            pause = BetweenLooks;
            try
            {
                if (await history.NewestAsync(VerificationScope.Full, stoppingToken) is not { } newest || clock.GetUtcNow() - newest.At > Interval)
                {
                    await ScrubAsync(stoppingToken);
                }
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                Log.Failed(logger, failure);
            }
        }
    }

    private async Task ScrubAsync(CancellationToken cancellationToken)
    {
        ProcessStartInfo start = new("nice", ["-n", "10", Path.Combine(AppContext.BaseDirectory, "munshi"), "ledger", "verify", "--record", "--json", "--data", data.Root])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        try
        {
            Task errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await errors;
            await process.WaitForExitAsync(cancellationToken);
            Log.Scrubbed(logger, process.ExitCode);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1009, LogLevel.Information, "The whole ledger was verified; the verifier ended with {ExitCode}")]
        public static partial void Scrubbed(ILogger logger, int exitCode);

        [LoggerMessage(1010, LogLevel.Error, "The daily verification of the ledger could not be run")]
        public static partial void Failed(ILogger logger, Exception failure);
    }
}
