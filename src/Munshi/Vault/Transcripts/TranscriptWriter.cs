using Munshi.Access;
using Munshi.Audit.Proving;
using Munshi.Ledger.Transcripts;
using Munshi.Workspaces;

namespace Munshi.Vault.Transcripts;

/// <summary>Writes a conversation as one HTML file that proves itself, as it is read: <c>docs/data-format.md</c>, "Transcript". Memory does not grow with the conversation.</summary>
internal sealed class TranscriptWriter(
    TranscriptReader reader, TranscriptArticles articles, TranscriptDocument document, Members members, WorkspaceRegistry workspaces, LogAttester attester)
{
    private const string SealOpening = "<pre id=\"seal\">\n";
    private const string SealClosing = "</pre>\n</body>\n</html>\n";

    /// <param name="person">Who saves it.</param>
    /// <param name="plan">What it is of.</param>
    /// <param name="target">A file that lacks its seal is refused by the verifier, so nothing that was broken off passes for whole.</param>
    /// <param name="cancellationToken">Honoured throughout.</param>
    public Task WriteAsync(SignedIn person, TranscriptPlan plan, Stream target, CancellationToken cancellationToken) =>
        WriteAsync(person.ClientId, person.Name, plan, target, cancellationToken);

    /// <inheritdoc cref="WriteAsync(SignedIn, TranscriptPlan, Stream, CancellationToken)"/>
    /// <param name="clientId">The workspace.</param>
    /// <param name="savedBy">Who, or what, saves it.</param>
    /// <param name="plan">What it is of.</param>
    /// <param name="target">As above.</param>
    /// <param name="cancellationToken">Honoured throughout.</param>
    public async Task WriteAsync(Guid clientId, string savedBy, TranscriptPlan plan, Stream target, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<Guid, Member> people = await members.ListAsync(clientId, cancellationToken);
        string workspace = await workspaces.NameAsync(clientId, cancellationToken);
        using TranscriptOutput output = new(target);
        document.WriteHead(output, plan, workspace, savedBy);
        long messages = 0;
        await foreach (TranscriptEntry entry in reader.ReadAsync(clientId, plan, people, cancellationToken))
        {
            articles.Write(output, entry);
            messages++;
            await output.FlushSomeAsync(cancellationToken);
        }

        document.WriteEnd(output);
        await output.FlushAsync(cancellationToken);
        TranscriptSeal seal = new(clientId, plan.ConversationId, plan.At, messages, output.Length, output.Hash());
        output.Raw($"{SealOpening}{attester.Attest(plan.Key, seal.Encode())}{SealClosing}".TrimEnd('\n'));
        await output.FlushAsync(cancellationToken);
    }
}
