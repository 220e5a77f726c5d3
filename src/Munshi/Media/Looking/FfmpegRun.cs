using System.Diagnostics;

namespace Munshi.Media.Looking;

/// <summary>Runs ffmpeg once over a file: both go through pipes, nothing through a disk; with no network, as nobody where it can, with limits of memory and time.</summary>
internal sealed class FfmpegRun(MediaTools tools)
{
    /// <summary>On the wall; below the lease of a job.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <param name="type">Chooses what reads the file: the program guesses nothing.</param>
    /// <param name="file">The file.</param>
    /// <param name="output">What to make of it, as options before <c>pipe:1</c>.</param>
    /// <param name="read">Takes what the program writes.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>False where the program could make nothing of it, or took too long.</returns>
    public async Task<bool> RunAsync(MediaType type, Stream file, string[] output, Func<Stream, CancellationToken, Task> read, CancellationToken cancellationToken)
    {
        if (tools.Command.Count == 0 || Reader(type) is not { } reader)
        {
            return false;
        }

        ProcessStartInfo start = new(
            tools.Command[0],
            [.. tools.Command.Skip(1), "-hide_banner", "-nostdin", "-loglevel", "quiet", "-threads", "1", "-protocol_whitelist", "pipe", "-f", reader, "-i", "pipe:0", .. output, "pipe:1"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.Environment.Clear();
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        using Process process = Process.Start(start)!;
        try
        {
            Task given = GiveAsync(file, process, limit.Token);
            Task said = process.StandardError.BaseStream.CopyToAsync(Stream.Null, limit.Token);
            await read(process.StandardOutput.BaseStream, limit.Token);
            await process.WaitForExitAsync(limit.Token);
            await given;
            await said;
            return process.ExitCode == 0;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        catch (InvalidDataException)
        {
            return false; // more came out than anybody wants
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    private static async Task GiveAsync(Stream file, Process process, CancellationToken cancellationToken)
    {
        try
        {
            await using Stream input = process.StandardInput.BaseStream;
            await file.CopyToAsync(input, cancellationToken);
        }
        catch (IOException)
        {
            // It has seen enough.
        }
    }

    /// <summary>ffmpeg's name of the one format; null for what is not looked into.</summary>
    private static string? Reader(MediaType type) => type.Name switch
    {
        "image/jpeg" => "jpeg_pipe",
        "image/png" => "png_pipe",
        "image/webp" => "webp_pipe",
        "image/gif" => "gif",
        "audio/ogg" => "ogg",
        "audio/mpeg" => "mp3",
        "audio/aac" => "aac",
        "audio/amr" => "amr",
        "audio/mp4" or "video/mp4" => "mov",
        _ => null,
    };
}
