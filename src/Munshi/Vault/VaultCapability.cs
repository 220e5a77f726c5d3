using Munshi.Audit;
using Munshi.Database;
using Munshi.Database.WorkQueue;
using Munshi.Vault.Evidence;
using Munshi.Vault.Fields;
using Munshi.Vault.Importing;
using Munshi.Vault.Joining;
using Munshi.Vault.Labels;
using Munshi.Vault.Notes;
using Munshi.Vault.Resolving;
using Munshi.Vault.Searching;
using Munshi.Vault.Suppression;
using Munshi.Vault.Transcripts;
using Munshi.Vault.Views;

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
        services.AddSingleton<ImportDecisions>();
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
        services.AddSingleton<ConversationStandings>();
        services.AddSingleton<IJobHandler, WakeConversation>();
        services.AddSingleton<ContactLabels>();
        services.AddTranscripts();
        return services;
    }

    /// <summary>Inbox and conversation pages.</summary>
    public static IServiceCollection AddInbox(this IServiceCollection services)
    {
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
        services.AddSingleton<LabelBook>();
        services.AddSingleton<ConversationLabels>();
        services.AddSingleton<NoteBook>();
        services.AddSingleton<SavedViews>();
        services.AddSingleton<ThreadAsides>();
        services.AddScoped<LabelsScreen>();
        services.AddSingleton<FieldBook>();
        services.AddSingleton<FieldValues>();
        services.AddScoped<FieldsScreen>();
        services.AddSingleton<ContactActs>();
        services.AddSingleton<ContactReader>();
        services.AddSingleton<ContactFinder>();
        services.AddSingleton<SoughtWords>();
        services.AddScoped<ContactScreen>();
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
        ChangeStanding.Map(routes);
        LabelConversation.Map(routes);
        ManageLabels.Map(routes);
        ManageFields.Map(routes);
        SetField.Map(routes);
        WriteNote.Map(routes);
        KeepView.Map(routes);
        ShowContact.Map(routes);
        JoinContacts.Map(routes);
        SeparateContact.Map(routes);
        routes.MapTranscripts();
    }

    /// <summary>What the ledger's verifier checks the vault by.</summary>
    public static IServiceCollection AddVaultEvidence(this IServiceCollection services)
    {
        services.AddSingleton<IEvidenceSource, MessageEvidence>();
        services.AddSingleton<IEvidenceSource, StatusEvidence>();
        services.AddSingleton<IEvidenceSource, IdentifierEvidence>();
        services.AddSingleton<IEvidenceSource, ImportEvidence>();
        services.AddSingleton<IEvidenceSource, MarketingChoiceEvidence>();
        services.AddSingleton<IEvidenceSource, NoteEvidence>();
        services.AddSingleton<IEvidenceSource, FieldValueEvidence>();
        services.AddSingleton<IEvidenceSource>(provider => RowEvidence.Contacts(provider.GetRequiredService<Databases>()));
        services.AddSingleton<IEvidenceSource>(provider => RowEvidence.Conversations(provider.GetRequiredService<Databases>()));
        return services;
    }
}
