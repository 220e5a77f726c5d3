using Munshi.Sandbox.Control;
using Munshi.Sandbox.Webhooks;

namespace Munshi.Sandbox.Phone;

/// <summary>The customer opens the chat: what the business wrote becomes read, and the business is told.</summary>
internal sealed class ReadReceipts(StatusWebhooks statuses)
{
    public (IReadOnlyList<PhoneMessageView> Messages, long Version) Open(BusinessNumber number, PhoneThread thread)
    {
        (IReadOnlyList<PhoneMessageView> all, IReadOnlyList<PhoneMessage> newlyRead, long version) = thread.Open();
        foreach (PhoneMessage message in newlyRead)
        {
            statuses.Send(number, thread, message, MessageStatus.Read);
        }

        return (all, version);
    }
}
