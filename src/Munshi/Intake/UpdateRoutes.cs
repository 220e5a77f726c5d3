using Munshi.Channels;
using Munshi.Channels.Health;
using Munshi.WhatsApp.Webhooks;
using Munshi.WhatsApp.Webhooks.Account;

namespace Munshi.Intake;

/// <summary>Whom the updates of one delivery concern: by the number that one names, or else by the account that a change is about. Nothing is guessed.</summary>
internal sealed class UpdateRoutes(Numbers numbers, NumberAccounts accounts, Guid appId)
{
    private readonly Dictionary<string, Guid?> _byNumber = [];

    /// <returns>The workspaces; where there is none, the word that says why.</returns>
    public async Task<(IReadOnlyList<Guid> Workspaces, string Reason)> OfAsync(WebhookUpdate update, CancellationToken cancellationToken)
    {
        if (update.PhoneNumberId is { } phoneNumberId)
        {
            if (!_byNumber.TryGetValue(phoneNumberId, out Guid? clientId))
            {
                clientId = await numbers.WorkspaceOfAsync(appId, phoneNumberId, cancellationToken);
                _byNumber.Add(phoneNumberId, clientId);
            }

            return (clientId is { } workspace ? [workspace] : [], "unknown-number");
        }

        if (update.WabaId is not { } accountId || update.Kind is not (UpdateKind.Account or UpdateKind.Number or UpdateKind.Template or UpdateKind.Unknown))
        {
            return ([], "no-number");
        }

        string? display = update.Kind is UpdateKind.Number ? DisplayNumberOf(AccountEvent.Read(update.Json)) ?? "" : null;
        return (await accounts.WorkspacesAsync(appId, accountId, display, cancellationToken), "unknown-account");
    }

    private static string? DisplayNumberOf(AccountEvent change) => change switch
    {
        NumberQualityChanged quality => quality.DisplayPhone,
        NumberNameChanged name => name.DisplayPhone,
        _ => null,
    };
}
