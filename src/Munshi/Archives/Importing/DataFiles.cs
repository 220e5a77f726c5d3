using Munshi.Archives.Importing.Lines;

namespace Munshi.Archives.Importing;

/// <summary>The files of an archive's <c>data/</c>, each with what a line of it is and what it cannot do without.</summary>
internal static class DataFiles
{
    public static readonly DataFile<WorkspaceLine> Workspace = new("workspace", WorkspaceLine.Read, line => $"{line.Id}");

    public static readonly DataFile<PersonLine> People = new("people", PersonLine.Read, line => $"{line.Id}") { IdOf = line => line.Id };

    public static readonly DataFile<LeftLine> Numbers = new("numbers", LeftLine.ReadNumber, line => $"{line.Id}");

    public static readonly DataFile<ContactLine> Contacts = new("contacts", ContactLine.Read, line => $"{line.Id}") { IdOf = line => line.Id };

    public static readonly DataFile<IdentifierLine> Identifiers = new("identifiers", IdentifierLine.Read, line => $"{line.Id}")
    {
        IdOf = line => line.Id,
        Needs = line => [new("contact", Contacts, line.ContactId)],
    };

    /// <summary>Conversations that one of them names may be younger than those of the archive, and nothing needs them.</summary>
    public static readonly DataFile<ContactEventLine> ContactEvents = new("contact-events", ContactEventLine.Read, line => $"{line.Id}")
    {
        IdOf = line => line.Id,
        Needs = line => [new("contact", Contacts, line.ContactId), new("other", Contacts, line.OtherId), new("undoes", ContactEvents!, line.Undoes)],
    };

    public static readonly DataFile<LeftLine> Choices = new("marketing-choices", LeftLine.ReadChoice, line => $"{line.Id}");

    public static readonly DataFile<NameLine> Labels = new("labels", NameLine.ReadLabel, line => $"{line.Id}") { IdOf = line => line.Id };

    public static readonly DataFile<ConversationLine> Conversations = new("conversations", ConversationLine.From, line => $"{line.Id}")
    {
        IdOf = line => line.Id,
        Needs = line => [new("contact", Contacts, line.ContactId), new("person", People, line.PersonId), .. line.Labels.Select(label => new DataReference("labels", Labels, label))],
    };

    public static readonly DataFile<ConversationEventLine> ConversationEvents = new("conversation-events", ConversationEventLine.Read, line => $"{line.Id}")
    {
        Needs = line => [new("conversation", Conversations, line.ConversationId)],
    };

    public static readonly DataFile<NoteLine> Notes = new("notes", NoteLine.Read, line => $"{line.Id}")
    {
        Needs = line =>
        [
            new("conversation", Conversations, line.ConversationId), new("identifier", Identifiers, line.IdentifierId), new("person", People, line.PersonId),
            new("deletedBy", People, line.DeletedBy),
        ],
    };

    public static readonly DataFile<ViewLine> SavedViews = new("saved-views", ViewLine.Read, line => $"{line.Id}")
    {
        Needs = line => [new("person", People, line.PersonId), new("label", Labels, line.LabelId)],
    };

    public static readonly DataFile<NameLine> Fields = new("fields", NameLine.ReadField, line => $"{line.Id}") { IdOf = line => line.Id };

    public static readonly DataFile<FieldValueLine> FieldValues = new("field-values", FieldValueLine.Read, line => $"{line.Id}")
    {
        Needs = line => [new("field", Fields, line.FieldId), new("identifier", Identifiers, line.IdentifierId), new("person", People, line.PersonId)],
    };

    public static readonly DataFile<MessageLine> Messages = new("messages", MessageLine.Read, line => $"{line.Id}")
    {
        IdOf = line => line.Id,
        Needs = line => [new("conversation", Conversations, line.ConversationId), new("identifier", Identifiers, line.IdentifierId)],
    };

    public static readonly DataFile<StatusLine> Statuses = new("statuses", StatusLine.Read, line => $"{line.Id}")
    {
        Needs = line => [new("message", Messages, line.MessageId)],
    };

    public static readonly DataFile<MediaLine> Media = new("media", MediaLine.Read, line => $"{line.Id}")
    {
        Needs = line => [new("message", Messages, line.MessageId)],
    };

    public static readonly DataFile<ChatLine> Chats = new("imports", ChatLine.Read, line => $"{line.Id}")
    {
        IdOf = line => line.Id,
        Needs = line => [new("conversation", Conversations, line.ConversationId), new("identifier", Identifiers, line.IdentifierId)],
    };

    public static readonly DataFile<ObservationLine> Observations = new("observations", ObservationLine.Read, line => line.Order)
    {
        Needs = line => [new("import", Chats, line.ImportId), new("message", Messages, line.MessageId)],
    };

    public static readonly DataFile<KnowledgeLine> Knowledge = new("knowledge", KnowledgeLine.Read, line => $"{line.Id}");

    public static readonly DataFile<LeftLine> Templates = new("templates", LeftLine.ReadTemplate, line => $"{line.Id}");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<DataFile> All { get; } =
    [
        Workspace, People, Numbers, Contacts, Identifiers, ContactEvents, Choices, Conversations, ConversationEvents, Labels, Notes, SavedViews, Fields, FieldValues, Messages,
        Statuses, Media, Chats, Observations, Knowledge, Templates,
    ];
}
