using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Munshi.Audit.Checkpoints;
using Munshi.Database;
using Munshi.Notices;

namespace Munshi.Audit.Verifying;

/// <summary>Passes of <see cref="RollingCheck"/>, three a minute; tells owners what they, the daily scrub or the signer found.</summary>
internal sealed partial class RollingCheckService(
    Databases databases,
    VerificationHistory history,
    VerifiedState state,
    CheckpointState signing,
    NoticeBoard notices,
    IEnumerable<IEvidenceSource> sources,
    DataDirectory data,
    TimeProvider clock,
    ILogger<RollingCheckService> logger) : BackgroundService
{
    private const string ReadWorkspace = "SELECT client_id FROM workspace.workspace WHERE client_id = $1";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan BetweenRecords = TimeSpan.FromHours(1);

    private readonly RollingCheck _check = new(databases, [.. sources], data);
    private readonly HashSet<string> _told = [];
    private LedgerFinding? _badInRound;
    private long _entriesInRound;
    private DateTimeOffset _recorded;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await PassAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                Log.Failed(logger, failure);
            }

            await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    internal async Task PassAsync(CancellationToken cancellationToken)
    {
        (long entries, IReadOnlyList<LedgerFinding> findings, bool isRound) = await _check.PassAsync(cancellationToken);
        _entriesInRound += entries;
        if (findings.Count > 0)
        {
            _badInRound ??= findings[0];
            state.Bad ??= findings[0];
        }

        if (state.Bad is { } bad && !_told.Contains(KeyOf(bad)))
        {
            Log.Differs(logger, bad.Kind, bad.Log, bad.Seq, bad.Expected, bad.Found);
            await history.AddAsync(Record(entries, Math.Max(1, findings.Count), bad), cancellationToken);
            await TellOnceAsync(bad, KeyOf(bad), cancellationToken);
        }

        if (isRound)
        {
            await EndRoundAsync(cancellationToken);
        }

        await TellOthersAsync(cancellationToken);
    }

    private async Task EndRoundAsync(CancellationToken cancellationToken)
    {
        state.RoundDone = true;
        state.Bad = _badInRound;
        if (_badInRound is null && clock.GetUtcNow() - _recorded > BetweenRecords)
        {
            await history.AddAsync(Record(_entriesInRound, 0, null), cancellationToken);
            _recorded = clock.GetUtcNow();
        }

        (_badInRound, _entriesInRound) = (null, 0);
    }

    /// <summary>What the scrub found, in whichever process, and what stops the signer.</summary>
    private async Task TellOthersAsync(CancellationToken cancellationToken)
    {
        if (await history.NewestAsync(VerificationScope.Full, cancellationToken) is { First: { } first } full)
        {
            await TellOnceAsync(first, full.Id.ToString(), cancellationToken);
        }

        if (signing.Refusal is { } refusal)
        {
            LedgerFinding finding = new(null, null, FindingKind.SignedLast, "what was signed before", refusal);
            await TellOnceAsync(finding, KeyOf(finding), cancellationToken);
        }
    }

    /// <remarks>
    /// What could not be told is told by a later pass. Of a workspace that the database does not know, as after a restore, those that are there are told, and nothing of its rows.
    /// </remarks>
    private async Task TellOnceAsync(LedgerFinding finding, string key, CancellationToken cancellationToken)
    {
        if (_told.Contains(key))
        {
            return;
        }

        bool isOfWorkspace = finding.Log is { } ofLog
            && await databases.Reader.RowAsync(new Statement(ReadWorkspace).Uuid(ofLog), reader => reader.GetGuid(0), cancellationToken) == ofLog;
        Notice notice = new()
        {
            Severity = NoticeSeverity.Alert,
            Kind = "ledger-broken",
            Subject = isOfWorkspace ? finding.Log!.Value : Guid.Empty,
            DedupKey = key,
            Parameters =
            [
                isOfWorkspace ? finding.Log!.Value.ToString() : "instance",
                isOfWorkspace || finding.Log is null ? finding.Seq?.ToString(CultureInfo.InvariantCulture) ?? "-" : "-",
                isOfWorkspace || finding.Log is null ? Plain(finding.Expected) : "-",
                isOfWorkspace || finding.Log is null ? Plain(finding.Found) : "-",
            ],
        };
        await (isOfWorkspace ? notices.RaiseAsync(finding.Log!.Value, notice, cancellationToken) : notices.RaiseEverywhereAsync(notice, cancellationToken));
        _told.Add(key);
    }

    /// <summary>What lasts is told again each day.</summary>
    private string KeyOf(LedgerFinding finding) => string.Create(
        CultureInfo.InvariantCulture, $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(finding.ToString())))[..32]} {clock.GetUtcNow():yyyy-MM-dd}");

    private VerificationRecord Record(long entries, long findings, LedgerFinding? first) =>
        new(Guid.NewGuid(), clock.GetMicrosecondNow(), VerificationScope.Tail, entries, findings, first);

    /// <summary>What a notice may hold.</summary>
    private static string Plain(string text)
    {
        string plain = NotPlain().Replace(text, " ");
        return plain.Length <= 200 ? plain : plain[..200];
    }

    [GeneratedRegex("[^A-Za-z0-9 .:,/_+=-]")]
    private static partial Regex NotPlain();

    private static partial class Log
    {
        [LoggerMessage(1007, LogLevel.Critical, "The ledger is not as written: {Kind} in log {LogId} at {Seq}, expected {Expected}, found {Found}")]
        public static partial void Differs(ILogger logger, FindingKind kind, Guid? logId, long? seq, string expected, string found);

        [LoggerMessage(1008, LogLevel.Warning, "A pass of the ledger's check failed; the next follows in 20 s")]
        public static partial void Failed(ILogger logger, Exception failure);
    }
}
