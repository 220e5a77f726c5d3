using System.CommandLine;
using System.CommandLine.Parsing;
using Npgsql;

namespace Munshi.CommandLine;

/// <summary>Exit codes: 0 done, 1 a finding or a refusal, 2 wrong usage. What fails says so in one sentence on standard error.</summary>
internal static class Verbs
{
    private const int WrongUsage = 2;

    /// <summary>How long a verb told to stop may take: longer than the server's shutdown and the private cluster's stop together.</summary>
    private static readonly TimeSpan StopTime = TimeSpan.FromMinutes(4);

    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        ParseResult parsed = root.Parse(args.Length == 0 ? ["--help"] : args);
        if (parsed.Errors.Count > 0)
        {
            foreach (ParseError error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync(error.Message);
            }

            return WrongUsage;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = StopTime });
        }
        catch (OperationCanceledException)
        {
            return 1;
        }
        catch (NpgsqlException exception) when (IsLost(exception))
        {
            await Console.Error.WriteLineAsync(
                "The database stopped or was stopped while Munshi was using it: start again in a moment. Its log, in log/postgresql of the data directory, says why.");
            return 1;
        }
        catch (Exception exception)
        {
            await Console.Error.WriteLineAsync($"Munshi could not go on: an unexpected {exception.GetType().Name}.");
            return 1;
        }
    }

    /// <summary>The connection broke or could not be made, or the server said that it ends (SQLSTATE 57P01 to 57P03).</summary>
    private static bool IsLost(NpgsqlException exception) => exception is PostgresException told
        ? told.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
        : exception.IsTransient;
}
