using Munshi.Database;
using Munshi.Database.WorkQueue;
using Munshi.WhatsApp.Sending;
using Npgsql;

namespace Munshi.Channels.Templates;

/// <summary>The message templates of the workspace's numbers, asked for at Meta and kept.</summary>
internal sealed class TemplateBook(WorkspaceDatabase database, Numbers numbers, GraphTemplates graph, TimeProvider clock)
{
    /// <summary>Asks for a number's templates; its subject is the number.</summary>
    public const string RefreshJob = "channel.templates";

    private const string Columns = "SELECT id, name, language, category, status, components::text FROM channel.template WHERE client_id = $1 AND ";

    private static readonly string KeepTemplates = Sql.Read("Channels/Templates/keep_templates.sql");

    /// <summary>Asks Meta now. What is known stays where there is no answer.</summary>
    /// <returns>Whether there was one; true also where nothing can be asked, because the number's account is not known.</returns>
    public async Task<bool> RefreshAsync(Guid clientId, Guid numberId, CancellationToken cancellationToken)
    {
        if (await numbers.AccountAsync(clientId, numberId, cancellationToken) is not { } account)
        {
            return true;
        }

        NumberCredentials from = await numbers.CredentialsAsync(clientId, numberId, cancellationToken);
        if (await graph.ListAsync(account, from.AccessToken, cancellationToken) is not TemplateListOutcome.Listed listed)
        {
            return false;
        }

        DateTimeOffset now = clock.GetMicrosecondNow();
        TemplateInfo[] all = [.. listed.Templates.DistinctBy(template => (template.Name, template.Language))];
        await database.ExecuteAsync(
            clientId,
            [
                new Statement("DELETE FROM channel.template WHERE client_id = $1 AND number_id = $2 AND NOT (name || ' ' || language) = ANY ($3)")
                    .Uuid(clientId).Uuid(numberId).Texts([.. all.Select(template => $"{template.Name} {template.Language}")]),
                new Statement(KeepTemplates)
                    .Uuid(clientId).Uuid(numberId).Time(now)
                    .Uuids([.. all.Select(_ => Guid.CreateVersion7(now))])
                    .Texts([.. all.Select(template => template.Name)])
                    .Texts([.. all.Select(template => template.Language)])
                    .Texts([.. all.Select(template => template.Category)])
                    .Texts([.. all.Select(template => template.Status)])
                    .Texts([.. all.Select(template => template.Components)]),
            ],
            cancellationToken);
        return true;
    }

    /// <summary>Asks for a number's templates soon, in the transaction of what says that they changed.</summary>
    public static void Refresh(WorkspaceTransaction transaction, Guid numberId, DateTimeOffset now) =>
        Jobs.Enqueue(transaction, RefreshJob, numberId, now);

    /// <summary>By name, then language.</summary>
    public Task<IReadOnlyList<Template>> ListAsync(Guid clientId, Guid numberId, CancellationToken cancellationToken) => database.RowsAsync(
        clientId, new Statement(Columns + "number_id = $2 ORDER BY name, language").Uuid(clientId).Uuid(numberId), Read, cancellationToken);

    public Task<Template?> FindAsync(Guid clientId, Guid templateId, CancellationToken cancellationToken) =>
        database.RowAsync<Template>(clientId, new Statement(Columns + "id = $2").Uuid(clientId).Uuid(templateId), Read, cancellationToken);

    /// <summary>As it is known at this moment; null for one that the number's account does not have.</summary>
    public static Task<Template?> FindAsync(WorkspaceTransaction transaction, Guid numberId, OutboundTemplate wanted) =>
        transaction.RowAsync<Template>(
            new Statement(Columns + "number_id = $2 AND name = $3 AND language = $4")
                .Uuid(transaction.ClientId).Uuid(numberId).Text(wanted.Name).Text(wanted.LanguageCode),
            Read);

    private static Template Read(NpgsqlDataReader reader) => new(
        reader.GetGuid(0), new TemplateInfo(reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetString(5)));
}
