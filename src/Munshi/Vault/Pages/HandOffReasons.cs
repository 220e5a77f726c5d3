namespace Munshi.Vault.Pages;

/// <summary>The reason words of hand-offs, in the groups that have a text of their own.</summary>
public static class HandOffReasons
{
    /// <summary>The last part of the text's key.</summary>
    public static string Of(string reason) => reason switch
    {
        "person-asked-for" => "Person",
        "complaint" => "Complaint",
        "statement" => "Statement",
        "not-words" => "NotWords",
        "not-helped" => "NotHelped",
        "choice-retired" or "choice-unknown" => "Choice",
        "same-answer-again" or "same-menu-again" => "Loop",
        "too-many-replies" or "many-messages" => "Many",
        "other-bot-says-so" or "other-bot-repeats" or "other-bot-too-quick" => "Bot",
        "opted-out" => "OptedOut",
        "window-closed" => "Window",
        "restored" => "Restored",
        _ => "NoAnswer",
    };
}
