using Munshi.Archives.Importing.Lines;
using Munshi.Audit;
using Munshi.Database;
using Munshi.Keyring;
using Munshi.Vault;
using Munshi.Vault.Fields;
using Munshi.Vault.Labels;
using Munshi.Vault.Views;
using Munshi.Workspaces;

namespace Munshi.Archives.Importing;

/// <summary>Who worked here, none of whom can sign in before they get a link, and the workspace's own words: labels, fields, saved views.</summary>
internal sealed class PeopleImport(LineBatches batches, WorkspaceKeys keys, TimeProvider clock)
{
    private const string Members = "SELECT person_id FROM access.membership WHERE client_id = $1 AND person_id = ANY ($2)";
    private const string Labels = "SELECT id FROM vault.label WHERE client_id = $1 AND id = ANY ($2)";
    private const string Fields = "SELECT id FROM vault.field WHERE client_id = $1 AND id = ANY ($2)";
    private const string Views = "SELECT id FROM vault.saved_view WHERE client_id = $1 AND id = ANY ($2)";

    /// <remarks>The same person may belong to another workspace of this installation.</remarks>
    private const string InsertPerson = "INSERT INTO access.person (id, created_at) VALUES ($1, $2) ON CONFLICT DO NOTHING";

    private const string InsertMember = "INSERT INTO access.membership (client_id, person_id, role, name_sealed, created_at) VALUES ($1, $2, $3, $4, $5)";

    private const string InsertLabel =
        "INSERT INTO vault.label (client_id, id, name_sealed, lookup, created_at, retired_at, colour) VALUES ($1, $2, $3, $4, $5, $6, $7)";

    private const string InsertField = "INSERT INTO vault.field (client_id, id, name_sealed, lookup, created_at, retired_at) VALUES ($1, $2, $3, $4, $5, $6)";

    private const string InsertView =
        """
        INSERT INTO vault.saved_view (client_id, id, person_id, name_sealed, lookup, tab, state, label_id, created_at, removed_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """;

    public async Task WriteAsync(ImportedWorkspace workspace, CancellationToken cancellationToken)
    {
        await batches.EachAsync(workspace, DataFiles.People, AddPeopleAsync, cancellationToken);
        await batches.EachAsync(workspace, DataFiles.Labels, AddLabelsAsync, cancellationToken);
        await batches.EachAsync(workspace, DataFiles.Fields, AddFieldsAsync, cancellationToken);
    }

    /// <summary>After the people and the labels.</summary>
    public Task WriteViewsAsync(ImportedWorkspace workspace, CancellationToken cancellationToken) =>
        batches.EachAsync(workspace, DataFiles.SavedViews, AddViewsAsync, cancellationToken);

    private async Task AddPeopleAsync(WorkspaceTransaction transaction, IReadOnlyList<PersonLine> batch)
    {
        DateTimeOffset now = clock.GetMicrosecondNow();
        foreach (PersonLine line in await LineBatches.NewAsync(transaction, batch, line => line.Id, Members))
        {
            byte[] name = await SealAsync(transaction, line.Id, Access.Members.NameColumn, line.Name);
            transaction.Queue(new Statement(InsertPerson).Uuid(line.Id).Time(line.CreatedAt));
            transaction.Queue(new Statement(InsertMember).Uuid(transaction.ClientId).Uuid(line.Id).Text(line.Role).Bytes(name).Time(line.CreatedAt));
            AuditTrail.Record(transaction, new AuditEvent(Actor.Operator, "member.added", "person", line.Id, now));
        }
    }

    private async Task AddLabelsAsync(WorkspaceTransaction transaction, IReadOnlyList<NameLine> batch)
    {
        foreach (NameLine line in await LineBatches.NewAsync(transaction, batch, line => line.Id, Labels))
        {
            Statement insert = await NamedAsync(transaction, new Statement(InsertLabel), line, LabelBook.NameColumn, LabelBook.LookupPurpose);
            transaction.Queue(insert.Text(line.Colour));
            AuditTrail.Record(transaction, new AuditEvent(Actor.Operator, "label.created", "label", line.Id, clock.GetMicrosecondNow()));
        }
    }

    private async Task AddFieldsAsync(WorkspaceTransaction transaction, IReadOnlyList<NameLine> batch)
    {
        foreach (NameLine line in await LineBatches.NewAsync(transaction, batch, line => line.Id, Fields))
        {
            transaction.Queue(await NamedAsync(transaction, new Statement(InsertField), line, FieldBook.NameColumn, FieldBook.LookupPurpose));
            AuditTrail.Record(transaction, new AuditEvent(Actor.Operator, "field.created", "field", line.Id, clock.GetMicrosecondNow()));
        }
    }

    private async Task AddViewsAsync(WorkspaceTransaction transaction, IReadOnlyList<ViewLine> batch)
    {
        foreach (ViewLine line in await LineBatches.NewAsync(transaction, batch, line => line.Id, Views))
        {
            transaction.Queue(new Statement(InsertView)
                .Uuid(transaction.ClientId).Uuid(line.Id).Uuid(line.PersonId)
                .Bytes(await SealAsync(transaction, line.Id, SavedViews.NameColumn, line.Name))
                .Bytes(line.RemovedAt is null ? await LookupAsync(transaction, line.Id, SavedViews.LookupPurpose, line.Name) : null)
                .Text(line.Tab).Text(line.State).Uuid(line.LabelId).Time(line.CreatedAt).Time(line.RemovedAt));
            AuditTrail.Record(transaction, new AuditEvent(Actor.Operator, "view.saved", "view", line.Id, clock.GetMicrosecondNow()));
        }
    }

    private async Task<Statement> NamedAsync(WorkspaceTransaction transaction, Statement insert, NameLine line, string column, string purpose) => insert
        .Uuid(transaction.ClientId).Uuid(line.Id)
        .Bytes(await SealAsync(transaction, line.Id, column, line.Name))
        .Bytes(line.RetiredAt is null ? await LookupAsync(transaction, line.Id, purpose, line.Name) : null)
        .Time(line.CreatedAt).Time(line.RetiredAt);

    private Task<byte[]> SealAsync(WorkspaceTransaction transaction, Guid id, string column, string? name) =>
        keys.SealAsync(new SealContext(transaction.ClientId, id, column), Name(id, name), transaction.CancellationToken);

    private Task<byte[]> LookupAsync(WorkspaceTransaction transaction, Guid id, string purpose, string? name) =>
        keys.LookupAsync(transaction.ClientId, purpose, OwnWord.Fold(Name(id, name)), transaction.CancellationToken);

    /// <summary>What is called by a name that was lost is told apart by the end of its id.</summary>
    private static string Name(Guid id, string? name) => string.IsNullOrWhiteSpace(name) ? $"? {id.ToString("N")[^8..]}" : name;
}
