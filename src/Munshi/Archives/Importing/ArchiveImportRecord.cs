using Munshi.Audit;
using Munshi.Keyring;
using Munshi.Ledger;

namespace Munshi.Archives.Importing;

/// <summary>Of which archive a workspace was made, column by column as it stands in <c>workspace.archive_import</c> once all of it is here.</summary>
/// <param name="ClientId">The workspace that was made; the record's own id too.</param>
/// <param name="Origin">The workspace, elsewhere, that the archive is of.</param>
/// <param name="Manifest">SHA-256 of the archive's list of files.</param>
/// <param name="ExportedAt">When the archive was asked for.</param>
/// <param name="BegunAt">When its reading began, in whole microseconds.</param>
/// <param name="CompletedAt">When all was here.</param>
internal sealed record ArchiveImportRecord(Guid ClientId, Guid Origin, Digest Manifest, DateTimeOffset ExportedAt, DateTimeOffset BegunAt, DateTimeOffset CompletedAt)
{
    public const string ObjectKind = "archive";
    public const string Action = "workspace.imported";

    /// <summary>The immutable record as it is committed to; the fields and their order stand in <c>docs/data-format.md</c>.</summary>
    public RecordCommitment Canonical() => new RecordCommitment()
        .Field("origin", Origin.ToString())
        .Field("manifest", Manifest.ToString())
        .Field("exported-at", ExportedAt)
        .Field("begun-at", BegunAt)
        .Field("completed-at", CompletedAt);

    /// <param name="actor">Who read it in.</param>
    /// <param name="secret">The workspace's own key.</param>
    public AuditEvent Event(Actor actor, KeyMaterial secret) => new(actor, Action, ObjectKind, ClientId, CompletedAt, Canonical().Commit(secret, ClientId));
}
