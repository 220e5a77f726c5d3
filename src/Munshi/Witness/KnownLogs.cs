using Munshi.CommandLine;
using Munshi.Ledger.Notes;

namespace Munshi.Witness;

/// <summary>The logs that are witnessed: those given at the start, and those of the file <c>logs</c>, looked at again when it changes. Safe for concurrent use.</summary>
internal sealed partial class KnownLogs(IReadOnlyList<VerifierKey> given, WitnessDirectory directory, ILogger<KnownLogs> logger)
{
    private const int MaxFileBytes = 1_000_000;

    private readonly Lock _reading = new();
    private (DateTime Written, long Length) _seen;
    private IReadOnlyList<VerifierKey> _fromFile = [];

    /// <summary>A verifier key of a log, or a refusal in one sentence.</summary>
    /// <exception cref="RefusalException">It is none.</exception>
    public static VerifierKey Parse(string text) => VerifierKey.Parse(text) switch
    {
        VerifierKeyParse.Parsed { Key: { Type: NoteKeyType.Ed25519 } key } => key,
        VerifierKeyParse.Refused refused => throw new RefusalException($"A log's verifier key is refused: {refused.Reason}."),
        _ => throw new RefusalException("A log's verifier key must be of type 0x01; that of a witness is none."),
    };

    /// <exception cref="RefusalException">A line of the file is no log's verifier key.</exception>
    public void Require()
    {
        if (Read() is { Fault: { } line })
        {
            throw new RefusalException($"{directory.Logs}, line {line}: not a log's verifier key.");
        }
    }

    /// <summary>The keys of which one must have signed a log's checkpoints; none for a log that is not known.</summary>
    public IReadOnlyList<VerifierKey> Of(string origin)
    {
        Refresh();
        return [.. given.Concat(_fromFile).Where(key => key.Name == origin).Distinct()];
    }

    private void Refresh()
    {
        lock (_reading)
        {
            try
            {
                FileInfo file = new(directory.Logs);
                (DateTime, long) now = file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
                if (now == _seen)
                {
                    return;
                }

                (IReadOnlyList<VerifierKey> keys, int? fault) = Read();
                (_fromFile, _seen) = (keys, now);
                if (fault is { } line)
                {
                    Log.LineRefused(logger, line);
                }
            }
            catch (IOException failure)
            {
                Log.Unreadable(logger, failure); // the logs known before stay known
            }
        }
    }

    /// <summary>The keys, and the first line that is none; such lines are passed over.</summary>
    private (IReadOnlyList<VerifierKey> Keys, int? Fault) Read()
    {
        List<VerifierKey> keys = [];
        int? fault = null;
        if (!File.Exists(directory.Logs))
        {
            return (keys, null);
        }

        if (new FileInfo(directory.Logs).Length > MaxFileBytes)
        {
            return (keys, 1);
        }

        int number = 0;
        foreach (string line in File.ReadLines(directory.Logs))
        {
            number++;
            string text = line.Trim();
            if (text.Length == 0 || text.StartsWith('#'))
            {
                continue;
            }

            if (VerifierKey.Parse(text) is VerifierKeyParse.Parsed { Key: { Type: NoteKeyType.Ed25519 } key })
            {
                keys.Add(key);
            }
            else
            {
                fault ??= number;
            }
        }

        return (keys, fault);
    }

    private static partial class Log
    {
        [LoggerMessage(17001, LogLevel.Error, "The file of known logs: line {Line} is not a log's verifier key and is passed over")]
        public static partial void LineRefused(ILogger logger, int line);

        [LoggerMessage(17002, LogLevel.Error, "The file of known logs cannot be read; those known before stay known")]
        public static partial void Unreadable(ILogger logger, Exception failure);
    }
}
