namespace Munshi.Vault.Joining;

/// <summary>The addresses of the pages that say who a conversation is with.</summary>
public static class ContactUrls
{
    public static string Contact(Guid conversation) => $"/inbox/{conversation}/contact";

    /// <summary>After an act, which the page tells of.</summary>
    public static string Done(Guid conversation, Guid act) => $"{Contact(conversation)}?done={act}";

    /// <summary>With those who were found.</summary>
    /// <param name="conversation">Whose page.</param>
    /// <param name="sought">What was looked for, by <see cref="SoughtWords"/>.</param>
    public static string Found(Guid conversation, string sought) => $"{Contact(conversation)}?found={sought}";

    /// <summary>Two customers side by side.</summary>
    public static string Joining(Guid conversation, Guid other) => $"{Contact(conversation)}/joining?with={other}";

    public static string Separation(Guid conversation) => $"{Contact(conversation)}/separation";

    public static string Undo(Guid conversation) => $"{Contact(conversation)}/undo";
}
