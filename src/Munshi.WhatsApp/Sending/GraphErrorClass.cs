using System.Collections.Frozen;

namespace Munshi.WhatsApp.Sending;

/// <summary>Meta's error codes by what a client does about them ("Error codes" of the Cloud API, 2025-12-12).</summary>
public static class GraphErrorClass
{
    /// <summary>Stands for a refusal without a Graph error: something between us and Meta answered.</summary>
    public const int NoCode = -1;

    private const int ApiCallLimit = 4;
    private const int WabaCallLimit = 80007;
    private const int UnknownError = 131000;
    private const int Maintenance = 131057;

    private static readonly FrozenDictionary<int, RetryClass> Codes = Table().ToFrozenDictionary();

    /// <param name="code">Graph's <c>error.code</c>, or <see cref="NoCode"/>.</param>
    /// <param name="httpStatus">Decides for codes not in the table; 0 for an error told by webhook.</param>
    public static RetryClass Classify(int code, int httpStatus)
    {
        if (code == NoCode)
        {
            return httpStatus switch
            {
                429 => RetryClass.Retry,
                401 or 403 or 407 => RetryClass.StopSender,
                _ => RetryClass.Wait,
            };
        }

        if (Codes.TryGetValue(code, out RetryClass known))
        {
            return known;
        }

        return code switch
        {
            >= 200 and <= 299 => RetryClass.StopSender, // permission missing
            >= 133000 and <= 133016 => RetryClass.Wait, // registration and PIN
            _ => httpStatus switch
            {
                401 or 403 => RetryClass.StopSender,
                429 or >= 500 => RetryClass.Retry,
                _ => RetryClass.Fail,
            },
        };
    }

    /// <summary>How long to wait before the next attempt; null where there is to be none.</summary>
    /// <param name="retryClass">What <see cref="Classify"/> said.</param>
    /// <param name="code">Graph's code: some have a rhythm of their own.</param>
    /// <param name="attempt">Attempts made so far, from 1.</param>
    /// <param name="jitter">0 to 1, drawn by the caller; spreads senders that failed together.</param>
    /// <remarks>
    /// Retries end within 15 minutes, after which an answer in a conversation has lost its sense; within 80 minutes for limits counted by the hour.
    /// </remarks>
    public static TimeSpan? NextDelay(RetryClass retryClass, int code, int attempt, double jitter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempt, 1);
        if (jitter is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(jitter), jitter, "The jitter lies from 0 to 1.");
        }

        return (retryClass, code) switch
        {
            (RetryClass.RetryPair, _) => Exponential(1, 4, 256, maxRetries: 5),
            (RetryClass.Retry, ApiCallLimit or WabaCallLimit) => Exponential(60, 2, 3600, maxRetries: 6),
            (RetryClass.Retry, UnknownError) => Exponential(2, 2, 8, maxRetries: 3),
            (RetryClass.Retry, Maintenance) => attempt <= 3 ? TimeSpan.FromSeconds(60 + (240 * jitter)) : null,
            (RetryClass.Retry, _) => Exponential(2, 2, 240, maxRetries: 9),
            _ => null,
        };

        // Jitter only lengthens, by up to a fifth: Meta counts a retry that comes too early.
        TimeSpan? Exponential(double firstSeconds, double factor, double mostSeconds, int maxRetries) =>
            attempt <= maxRetries
                ? TimeSpan.FromSeconds(Math.Min(firstSeconds * Math.Pow(factor, attempt - 1), mostSeconds) * (1 + (jitter / 5)))
                : null;
    }

    private static Dictionary<int, RetryClass> Table()
    {
        Dictionary<int, RetryClass> table = [];
        Add(
            RetryClass.StopSender,
            0, 190, // token invalid or expired
            3, 10, // permission missing
            33, // number deleted
            368, 131031, // restricted or disabled for policy
            131005, // access denied
            131037, // display name not approved
            131042, // payment
            131045, // registration or certificate
            131048); // spam rate limit on the number
        Add(
            RetryClass.Retry,
            ApiCallLimit, WabaCallLimit,
            1, 2, 131016, 133004, // temporary trouble at Meta
            130429, // throughput reached
            UnknownError,
            Maintenance);
        Add(RetryClass.RetryPair, 131056);
        Add(
            RetryClass.Wait,
            132015, // template paused
            132069, // flow throttled
            137000); // identity hash mismatch: verify the customer
        Add(
            RetryClass.Fail,
            100, 131008, 131009, 135000, // bad parameters
            130472, // customer is in an experiment of Meta
            130497, // country not allowed
            131021, // recipient is the sender
            131026, // undeliverable
            131047, // the 24-hour window is closed
            131049, // Meta chose not to deliver
            131050, // customer stopped marketing
            131051, // type unsupported
            131052, 131053, // media
            131060, // unavailable on a shared number
            131062, // user id not allowed for this template
            132000, 132001, 132005, 132007, 132012, 132016, 132068, // template or flow
            134100, 134101, 134102, // marketing-only interface
            139100, 139101, 139102, 139103, // block list
            2593107, 2593108, 2593109); // history sync
        return table;

        void Add(RetryClass retryClass, params ReadOnlySpan<int> codes)
        {
            foreach (int code in codes)
            {
                table.Add(code, retryClass);
            }
        }
    }
}
