using Munshi.Tests.Web;
using Munshi.Vault;
using Munshi.Vault.Pages;

namespace Munshi.Tests.Vault;

public sealed class FailedMessagesTests
{
    private static readonly MessageView Failed = Samples.Message(1) with
    {
        Direction = MessageDirection.Out,
        Author = MessageAuthor.Person,
        Status = DeliveryState.Failed,
    };

    [Fact]
    public void A_failed_message_always_has_the_same_key_and_another_message_another()
    {
        Guid? first = FailedMessages.Offer([Failed], canReply: true)[0].RetryKey;
        Guid? again = FailedMessages.Offer([Failed], canReply: true)[0].RetryKey;
        Guid? other = FailedMessages.Offer([Failed with { Id = Guid.NewGuid() }], canReply: true)[0].RetryKey;

        Assert.NotNull(first);
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public void Nothing_is_offered_where_nobody_may_write_or_the_text_went_out_later_or_no_person_wrote_it()
    {
        MessageView later = Samples.Message(2) with { Direction = MessageDirection.Out, Text = Failed.Text };

        Assert.Null(FailedMessages.Offer([Failed], canReply: false)[0].RetryKey);
        Assert.Null(FailedMessages.Offer([Failed, later], canReply: true)[0].RetryKey);
        Assert.Null(FailedMessages.Offer([Failed with { Author = MessageAuthor.Automatic }], canReply: true)[0].RetryKey);
        Assert.Null(FailedMessages.Offer([Failed with { Status = DeliveryState.Sent }], canReply: true)[0].RetryKey);
    }
}
