using Munshi.Audit;
using Munshi.Keyring;
using Munshi.Ledger;

namespace Munshi.Archives.Importing;

/// <summary>That the reading of an archive was begun, as it stands in <c>workspace.archive_import</c> from then on.</summary>
/// <param name="ClientId">The workspace that is made; the record's own id too.</param>
/// <param name="Origin">The workspace, elsewhere, that the archive is of.</param>
/// <param name="Manifest">SHA-256 of the archive's list of files.</param>
/// <param name="ExportedAt">When the archive was asked for.</param>
/// <param name="BegunAt">In whole microseconds.</param>
internal sealed record ArchiveBeginRecord(Guid ClientId, Guid Origin, Digest Manifest, DateTimeOffset ExportedAt, DateTimeOffset BegunAt)
{
    public const string ObjectKind = "archive-begin";
    public const string Action = "workspace.import-begun";

    /// <summary>The immutable record as it is committed to; the fields and their order stand in <c>docs/data-format.md</c>.</summary>
    public RecordCommitment Canonical() => new RecordCommitment()
        .Field("origin", Origin.ToString())
        .Field("manifest", Manifest.ToString())
        .Field("exported-at", ExportedAt)
        .Field("begun-at", BegunAt);

    /// <param name="actor">Who reads it in.</param>
    /// <param name="secret">The workspace's own key.</param>
    public AuditEvent Event(Actor actor, KeyMaterial secret) => new(actor, Action, ObjectKind, ClientId, BegunAt, Canonical().Commit(secret, ClientId));
}
