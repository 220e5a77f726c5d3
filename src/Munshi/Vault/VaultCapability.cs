using Munshi.Audit;
using Munshi.Database;
using Munshi.Vault.Evidence;
using Munshi.Vault.Importing;
using Munshi.Vault.Searching;
using Munshi.Vault.Suppression;

namespace Munshi.Vault;

/// <summary>The system of record: contacts, conversations, messages and what became of them.</summary>
internal static class VaultCapability
{
    public static IServiceCollection AddVault(this IServiceCollection services)
    {
        services.AddSingleton<DataKeys>();
        services.AddSingleton<Correspondents>();
        services.AddSingleton<ReceivedMessages>();
        services.AddSingleton<ReceivedTogether>();
        services.AddSingleton<MessageStatuses>();
        services.AddSingleton<PhoneMessages>();
        services.AddSingleton<AddressBook>();
        services.AddSingleton<MarketingChoices>();
        services.AddSingleton<ImportedMessages>();
        services.AddSingleton<KeptChat>();
        services.AddSingleton<ImportWithdrawals>();
        services.AddSingleton<ImportList>();
        services.AddSingleton<WordOpener>();
        services.AddSingleton<MessageChanges>();
        services.AddSingleton<SentMessages>();
        services.AddSingleton<MessageTexts>();
        services.AddSingleton<QuotedMessages>();
        services.AddSingleton<Conversing>();
        services.AddSingleton<Recipients>();
        services.AddSingleton<OptOutLookup>();
        services.AddSingleton<Traffic>();
        services.AddSingleton<Ownership>();
        return services;
    }

    /// <summary>Inbox and conversation pages.</summary>
    public static IServiceCollection AddInbox(this IServiceCollection services)
    {
        services.AddSingleton<ContactLabels>();
        services.AddSingleton<SendProblems>();
        services.AddSingleton<Reactions>();
        services.AddSingleton<MessagePlaces>();
        services.AddSingleton<ReferencedMessages>();
        services.AddSingleton<StatusNames>();
        services.AddSingleton<MessageViews>();
        services.AddSingleton<InboxReader>();
        services.AddSingleton<ConversationReader>();
        services.AddSingleton<ConversationFinder>();
        services.AddSingleton<SuppressionList>();
        services.AddSingleton<SearchedMessages>();
        services.AddSingleton<SearchedPeople>();
        services.AddSingleton<FileForm>();
        services.AddScoped<ConversationScreen>();
        return services;
    }

    public static void MapInbox(this IEndpointRouteBuilder routes)
    {
        ShowInbox.Map(routes);
        ShowConversation.Map(routes);
        ChangeOwner.Map(routes);
        SendReply.Map(routes);
        SendReaction.Map(routes);
        SendTemplate.Map(routes);
        SendFile.Map(routes);
        TellTyping.Map(routes);
        FindConversation.Map(routes);
        ShowSuppression.Map(routes);
    }

    /// <summary>What the ledger's verifier checks the vault by.</summary>
    public static IServiceCollection AddVaultEvidence(this IServiceCollection services)
    {
        services.AddSingleton<IEvidenceSource, MessageEvidence>();
        services.AddSingleton<IEvidenceSource, StatusEvidence>();
        services.AddSingleton<IEvidenceSource, IdentifierEvidence>();
        services.AddSingleton<IEvidenceSource, ImportEvidence>();
        services.AddSingleton<IEvidenceSource, MarketingChoiceEvidence>();
        services.AddSingleton<IEvidenceSource>(provider => RowEvidence.Contacts(provider.GetRequiredService<Databases>()));
        services.AddSingleton<IEvidenceSource>(provider => RowEvidence.Conversations(provider.GetRequiredService<Databases>()));
        return services;
    }
}
