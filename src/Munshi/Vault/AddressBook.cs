using Munshi.Audit;
using Munshi.Database;
using Munshi.WhatsApp.Webhooks.Coexistence;

namespace Munshi.Vault;

/// <summary>The address book of the phone that shares the business number: what its owner calls a customer, until the customer tells a name.</summary>
/// <remarks>A name that is removed there stays here: it was told, and the conversation is still theirs.</remarks>
internal sealed class AddressBook(Correspondents correspondents, TimeProvider clock)
{
    /// <param name="transaction">The transaction that also settles the update.</param>
    /// <param name="change">As read from the update.</param>
    public async Task<ReceiptOutcome> ReceiveAsync(WorkspaceTransaction transaction, AddressBookChange change)
    {
        IReadOnlyList<IdentifierClaim> claims = IdentifierClaim.From(change.Customer.UserId, change.Customer.Phone);
        if (claims.Count == 0)
        {
            return new ReceiptOutcome.Unusable("no-sender");
        }

        if (change.Action is AddressBookAction.Add && (change.FullName ?? change.FirstName) is { } name && !string.IsNullOrWhiteSpace(name))
        {
            Correspondent customer = await correspondents.ResolveAsync(transaction, claims, profileName: null, clock.GetMicrosecondNow(), Actor.Intake);
            Correspondents.NameUnlessKnown(transaction, customer.Author, name);
        }

        return new ReceiptOutcome.Noted();
    }
}
