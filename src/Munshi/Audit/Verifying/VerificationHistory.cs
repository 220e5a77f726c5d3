using Munshi.Database;
using Npgsql;

namespace Munshi.Audit.Verifying;

/// <summary>What verifications came to: <c>ledger.verification</c>.</summary>
internal sealed class VerificationHistory(Databases databases, TimeProvider clock)
{
    private const string Insert =
        """
        INSERT INTO ledger.verification (id, at, scope, entries, findings, log, seq, kind, expected, found)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """;

    private const string ReadNewest =
        "SELECT id, at, entries, findings, log, seq, kind, expected, found FROM ledger.verification WHERE scope = $1 AND at <= $2 ORDER BY at DESC LIMIT 1";

    /// <summary>What is dated later than another process's clock may be ahead was not written by a check, and hides none.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(1);

    public Task AddAsync(VerificationRecord record, CancellationToken cancellationToken) => databases.Audit.ExecuteAsync(
        [
            new Statement(Insert)
                .Uuid(record.Id)
                .Time(record.At)
                .Text(Name(record.Scope))
                .Long(record.Entries)
                .Long(record.Findings)
                .Uuid(record.First?.Log)
                .Long(record.First?.Seq)
                .Text(record.First?.Kind.ToString())
                .Text(record.First?.Expected)
                .Text(record.First?.Found),
        ],
        cancellationToken);

    /// <summary>The last of a scope; null where there was none.</summary>
    public Task<VerificationRecord?> NewestAsync(VerificationScope scope, CancellationToken cancellationToken) =>
        databases.Reader.RowAsync(new Statement(ReadNewest).Text(Name(scope)).Time(clock.GetUtcNow() + Ahead), reader => Read(reader, scope), cancellationToken);

    private static VerificationRecord Read(NpgsqlDataReader reader, VerificationScope scope) => new(
        reader.GetGuid(0),
        reader.GetFieldValue<DateTimeOffset>(1),
        scope,
        reader.GetInt64(2),
        reader.GetInt64(3),
        Enum.TryParse(reader.OrNull<string>(6), out FindingKind kind)
            ? new LedgerFinding(reader.IsDBNull(4) ? null : reader.GetGuid(4), reader.IsDBNull(5) ? null : reader.GetInt64(5), kind, reader.OrNull<string>(7) ?? "", reader.OrNull<string>(8) ?? "")
            : null);

    private static string Name(VerificationScope scope) => scope == VerificationScope.Full ? "full" : "tail";
}
