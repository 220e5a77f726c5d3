namespace Munshi.Sandbox.Phone;

/// <summary>Which message of a conversation is about which.</summary>
internal sealed class ThreadIndex
{
    private readonly Dictionary<string, PhoneMessage> _byWamid = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Wamid, MessageDirection From), PhoneMessage> _reactions = [];

    /// <param name="messages">Oldest first: the last of two with the same id counts.</param>
    public ThreadIndex(IReadOnlyList<PhoneMessage> messages)
    {
        foreach (PhoneMessage message in messages)
        {
            _byWamid[message.Wamid] = message;
            if (message is { Kind: "reaction", About: { } about })
            {
                _reactions[(about, message.Direction)] = message;
            }
        }
    }

    /// <summary>The message that this one quotes, answers or reacts to; null where this phone has none.</summary>
    public PhoneMessage? About(PhoneMessage message) => message.About is { } about ? _byWamid.GetValueOrDefault(about) : null;

    /// <summary>The last reaction of each side; one with an empty text took the reaction back.</summary>
    public (PhoneMessage? Own, PhoneMessage? Theirs) ReactionsTo(PhoneMessage message) =>
        (_reactions.GetValueOrDefault((message.Wamid, MessageDirection.Customer)), _reactions.GetValueOrDefault((message.Wamid, MessageDirection.Business)));
}
