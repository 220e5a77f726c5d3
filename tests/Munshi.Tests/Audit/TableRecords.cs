using System.Security.Cryptography;
using Munshi.Audit;
using Munshi.Database;
using Munshi.Tests.Postgres;

namespace Munshi.Tests.Audit;

/// <summary>Records in a table of the test's own, committed with their events.</summary>
internal sealed class TableRecords(TestDatabase database) : IEvidenceSource
{
    public string ObjectKind => "message";

    public IReadOnlySet<string> BirthActions { get; } = new HashSet<string> { "message.received" };

    public Task CreateAsync() => database.AsSuperuserAsync(
        """
        CREATE TABLE public.record (client_id uuid, id uuid, commitment bytea, ciphertext_hash bytea);
        GRANT USAGE ON SCHEMA public TO munshi_app, munshi_reader;
        GRANT INSERT ON public.record TO munshi_app;
        GRANT SELECT ON public.record TO munshi_reader;
        """);

    public Task ActAsync(Guid clientId)
    {
        Evidence record = new(Guid.NewGuid(), RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32), KeyPresent: true);
        Statement insert = new Statement("INSERT INTO public.record VALUES ($1, $2, $3, $4)")
            .Uuid(clientId).Uuid(record.ObjectId).Bytes(record.Commitment).Bytes(record.CiphertextHash);
        return database.Databases.App.ExecuteAsync(
            clientId, [insert, AuditTrail.Statement(clientId, AuditedDatabase.Received(record, TimeSpan.Zero))], TestContext.Current.CancellationToken);
    }

    public IAsyncEnumerable<Evidence> ReadAsync(Guid clientId, CancellationToken cancellationToken) => database.Databases.Reader.StreamAsync(
        new Statement("SELECT id, ciphertext_hash, commitment FROM public.record WHERE client_id = $1").Uuid(clientId),
        reader => new Evidence(reader.GetGuid(0), reader.OrNull<byte[]>(1), reader.OrNull<byte[]>(2), KeyPresent: true),
        cancellationToken);

    public IAsyncEnumerable<Evidence> ReadAsync(Guid clientId, Guid[] ids, CancellationToken cancellationToken) => throw new NotSupportedException();
}
