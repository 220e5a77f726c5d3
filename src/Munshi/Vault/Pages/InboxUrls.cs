using Munshi.Vault.Resolving;

namespace Munshi.Vault.Pages;

/// <summary>The inbox's addresses.</summary>
public static class InboxUrls
{
    public static string List(InboxFilter filter, string? before = null) =>
        "/inbox" + Query(filter, before);

    public static string Newer(InboxFilter filter, string after) => "/inbox" + QueryString.FromUriComponent(Query(filter, null)).Add("after", after);

    public static string Conversation(Guid id, InboxFilter filter, string? before = null) =>
        $"/inbox/{id}" + Query(filter, before);

    public static string Owner(Guid id, InboxFilter filter) => $"/inbox/{id}/owner" + Query(filter, null);

    public static string Release(Guid id, InboxFilter filter) => $"/inbox/{id}/owner/release" + Query(filter, null);

    public static string Assign(Guid id, InboxFilter filter) => $"/inbox/{id}/owner/assign" + Query(filter, null);

    public static string UndoOwner(Guid id, InboxFilter filter) => $"/inbox/{id}/owner/undo" + Query(filter, null);

    public static string Messages(Guid id, InboxFilter filter) => $"/inbox/{id}/messages" + Query(filter, null);

    public static string Reactions(Guid id, InboxFilter filter) => $"/inbox/{id}/reactions" + Query(filter, null);

    public static string Files(Guid id, InboxFilter filter) => $"/inbox/{id}/files" + Query(filter, null);

    public static string Snooze(Guid id, InboxFilter filter) => $"/inbox/{id}/snooze" + Query(filter, null);

    public static string Resolution(Guid id, InboxFilter filter) => $"/inbox/{id}/resolution" + Query(filter, null);

    public static string Reopening(Guid id, InboxFilter filter) => $"/inbox/{id}/reopening" + Query(filter, null);

    public static string Labels(Guid id, InboxFilter filter) => $"/inbox/{id}/labels" + Query(filter, null);

    public static string Field(Guid id, Guid field, InboxFilter filter) => $"/inbox/{id}/fields/{field}" + Query(filter, null);

    public static string Notes(Guid id, InboxFilter filter) => $"/inbox/{id}/notes" + Query(filter, null);

    public static string NoteDeletion(Guid id, Guid note, InboxFilter filter) => $"/inbox/{id}/notes/{note}/deletion" + Query(filter, null);

    /// <summary>Saves what the inbox lists.</summary>
    public static string Views(InboxFilter filter) => "/inbox/views" + Query(filter, null);

    public static string ViewRemoval(Guid view, InboxFilter filter) => $"/inbox/views/{view}/removal" + Query(filter, null);

    public static string Typing(Guid id) => $"/inbox/{id}/typing";

    public static string Templates(Guid id, InboxFilter filter) => $"/inbox/{id}/templates" + Query(filter, null);

    /// <summary>The conversation with a message to be quoted.</summary>
    public static string Quote(Guid id, Guid messageId, InboxFilter filter) =>
        $"/inbox/{id}" + QueryString.FromUriComponent(Query(filter, null)).Add("quote", messageId.ToString());

    /// <summary>The conversation with a template to be filled in.</summary>
    public static string Template(Guid id, Guid templateId, InboxFilter filter) =>
        $"/inbox/{id}" + QueryString.FromUriComponent(Query(filter, null)).Add("template", templateId.ToString());

    /// <summary>The filter that <c>?view=</c>, <c>?state=</c> and <c>?label=</c> name; what is unknown narrows nothing.</summary>
    public static InboxFilter FilterOf(IQueryCollection query) => new(
        TabOf(query["view"].ToString()),
        StandingNames.OfStanding(query["state"].ToString()),
        Guid.TryParse(query["label"], out Guid label) ? label : null);

    public static InboxTab TabOf(string name) => name switch
    {
        "waiting" => InboxTab.Waiting,
        "mine" => InboxTab.Mine,
        _ => InboxTab.All,
    };

    private static string Query(InboxFilter filter, string? before)
    {
        QueryString query = default;
        query = filter.Tab switch
        {
            InboxTab.Waiting => query.Add("view", "waiting"),
            InboxTab.Mine => query.Add("view", "mine"),
            _ => query,
        };
        query = filter.Standing is Standing.Open ? query : query.Add("state", filter.Standing.Name());
        query = filter.Label is { } label ? query.Add("label", label.ToString()) : query;
        return before is null ? query.ToString() : query.Add("before", before).ToString();
    }
}
