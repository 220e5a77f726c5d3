using System.Buffers.Text;
using System.Security.Cryptography;
using Munshi.Audit;
using Munshi.Channels.Health;
using Munshi.Web;
using Munshi.Workspaces;

namespace Munshi.Access;

/// <summary>Makes the <see cref="PageContext"/> of a page behind sign-in.</summary>
internal sealed class DashboardPages(PageContextSource pages, WorkspaceRegistry workspaces, LedgerGauge ledger, ChannelGauge channel)
{
    private const int BrowserKeyBytes = 12;

    public async Task<PageContext> CreateAsync(HttpContext context, SignedIn person, CancellationToken cancellationToken) => pages.Create(
        context,
        new Viewer
        {
            WorkspaceName = await workspaces.NameAsync(person.ClientId, cancellationToken),
            UserName = person.Name,
            IsOwner = person.Role == MemberRole.Owner,
            BrowserKey = BrowserKey(person),
            Ledger = await ledger.StateAsync(cancellationToken),
            Channel = await channel.ToneAsync(person.ClientId, cancellationToken),
        });

    private static string BrowserKey(SignedIn person)
    {
        byte[] hash = SHA256.HashData([.. person.ClientId.ToByteArray(), .. person.PersonId.ToByteArray()]);
        return Base64Url.EncodeToString(hash.AsSpan(0, BrowserKeyBytes));
    }
}
