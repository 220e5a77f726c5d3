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

    public static string UndoOwner(Guid id, InboxFilter filter) => $"/inbox/{id}/owner/undo" + Query(filter, null);

    public static string Messages(Guid id, InboxFilter filter) => $"/inbox/{id}/messages" + Query(filter, null);

    public static string Reactions(Guid id, InboxFilter filter) => $"/inbox/{id}/reactions" + Query(filter, null);

    public static string Files(Guid id, InboxFilter filter) => $"/inbox/{id}/files" + Query(filter, null);

    public static string Typing(Guid id) => $"/inbox/{id}/typing";

    public static string Templates(Guid id, InboxFilter filter) => $"/inbox/{id}/templates" + Query(filter, null);

    /// <summary>The conversation with a message to be quoted.</summary>
    public static string Quote(Guid id, Guid messageId, InboxFilter filter) =>
        $"/inbox/{id}" + QueryString.FromUriComponent(Query(filter, null)).Add("quote", messageId.ToString());

    /// <summary>The conversation with a template to be filled in.</summary>
    public static string Template(Guid id, Guid templateId, InboxFilter filter) =>
        $"/inbox/{id}" + QueryString.FromUriComponent(Query(filter, null)).Add("template", templateId.ToString());

    /// <summary>The filter <c>?view=</c> names; anything unknown is <see cref="InboxFilter.All"/>.</summary>
    public static InboxFilter FilterOf(string? view) => view switch
    {
        "waiting" => InboxFilter.Waiting,
        "mine" => InboxFilter.Mine,
        _ => InboxFilter.All,
    };

    private static string Query(InboxFilter filter, string? before)
    {
        QueryString query = default;
        query = filter switch
        {
            InboxFilter.Waiting => query.Add("view", "waiting"),
            InboxFilter.Mine => query.Add("view", "mine"),
            _ => query,
        };
        return before is null ? query.ToString() : query.Add("before", before).ToString();
    }
}
