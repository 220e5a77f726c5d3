using System.Globalization;
using Microsoft.Extensions.Localization;
using Munshi.Audit.Checkpoints;
using Munshi.Audit.Witnesses;
using Munshi.Database;
using Munshi.Notices;
using Munshi.Web;
using Munshi.Web.Resources;

namespace Munshi.Audit.Verifying;

/// <summary>The digest's part on the ledger: what was added and signed, who looks on, what the last whole verification came to.</summary>
internal sealed class LedgerDigest(
    Databases databases, WitnessPolicy policy, CheckpointState signing, VerificationHistory history, IStringLocalizer<Text> text) : IDigestSection
{
    private static readonly string ReadSizes = Sql.Read("Audit/Verifying/digest_sizes.sql");

    public async Task<DigestSection?> WriteAsync(
        Guid clientId, DateTimeOffset from, DateTimeOffset to, CultureInfo culture, CancellationToken cancellationToken)
    {
        (long before, long after, long newest) = await databases.Reader.RowAsync(
            new Statement(ReadSizes).Uuid(clientId).Time(from).Time(to), reader => (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2)), cancellationToken);
        PublishedCheckpoint? published = await PublishedCheckpoint.ReadAsync(databases.Reader, policy, cancellationToken);
        VerificationRecord? full = await history.NewestAsync(VerificationScope.Full, cancellationToken);
        List<string> lines = [text.Plural("Digest.Entries", (int)Math.Min(int.MaxValue, after - before))];
        if (signing.Refusal is not null)
        {
            lines.Add(text["Digest.Refused"]);
        }

        lines.Add(published is null || newest == 0 ? text["Digest.NotSigned"] : text["Digest.Signed", newest, Time(published.At, culture)]);
        lines.Add(policy.Witnesses.Count == 0 ? text["Digest.NoWitness"] : text["Digest.Witnesses", published?.Cosigners.Count ?? 0, policy.Witnesses.Count]);
        lines.Add(full switch
        {
            null => text["Digest.NotVerified"],
            { Findings: 0 } => text["Digest.Verified", Time(full.At, culture)],
            _ => text["Digest.Differs", Time(full.At, culture)],
        });
        return new DigestSection(text["Digest.Ledger"], lines);
    }

    private static string Time(DateTimeOffset at, CultureInfo culture) => at.UtcDateTime.ToString("d MMM yyyy HH:mm 'UTC'", culture);
}
