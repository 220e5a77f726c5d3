using System.Text;
using Munshi.WhatsApp.Webhooks;

namespace Munshi.WhatsApp.Tests.Webhooks;

public sealed class StatusUpdateTests
{
    [Fact]
    public void Delivered_status_is_read_with_its_price_and_our_callback_data()
    {
        StatusUpdate status = Payload.ReadStatus(
            """{"id":"wamid.OUT06","status":"delivered","timestamp":"1795241000","recipient_id":"919000000101","recipient_user_id":"IN.77","biz_opaque_callback_data":"outbox:01JD","pricing":{"billable":true,"pricing_model":"PMP","type":"regular","category":"service"}}""");

        Assert.Equal(("wamid.OUT06", "delivered", DeliveryStatus.Delivered, 1795241000L), (status.ProviderId, status.StatusText, status.Status, status.At.Seconds));
        Assert.Equal(("919000000101", "IN.77", "outbox:01JD"), (status.RecipientId, status.RecipientUserId, status.CallbackData));
        Assert.Equal(("service", "regular", null, PayloadFlaws.None), (status.PricingCategory, status.PricingType, status.ErrorCode, status.Flaws));
    }

    [Fact]
    public void Failed_status_is_read_with_its_error()
    {
        StatusUpdate status = Payload.ReadStatus(
            """{"id":"wamid.OUT07","status":"failed","timestamp":"1795241010","recipient_id":"919000000101","errors":[{"code":131047,"title":"Re-engagement message"}]}""");

        Assert.Equal((DeliveryStatus.Failed, 131047, "Re-engagement message"), (status.Status, status.ErrorCode, status.ErrorTitle));
    }

    [Fact]
    public void Failed_status_keeps_every_error_with_its_details()
    {
        StatusUpdate status = Payload.ReadStatus(
            """{"id":"wamid.OUT07","status":"failed","timestamp":"1795241010","errors":[{"code":131047,"title":"t","message":"m","error_data":{"details":"more than 24 hours"},"href":"https://x.example"},{"code":131026}]}""");

        Assert.Equal(
            [
                new ProviderError { Code = 131047, Title = "t", Message = "m", Details = "more than 24 hours", Link = "https://x.example" },
                new ProviderError { Code = 131026 },
            ],
            status.Errors);
    }

    [Fact]
    public void Price_and_conversation_are_read_whole()
    {
        StatusUpdate status = Payload.ReadStatus(
            """{"id":"1","status":"sent","timestamp":"1795241000","pricing":{"billable":false,"pricing_model":"PMP","type":"free_entry_point","category":"referral_conversion"},"conversation":{"id":"conv1","expiration_timestamp":"1795327400","origin":{"type":"referral_conversion"}}}""");

        Assert.Equal(
            new StatusPricing { Billable = false, Model = "PMP", Type = "free_entry_point", Category = "referral_conversion" }, status.Pricing);
        Assert.Equal(
            new StatusConversation { Id = "conv1", Origin = "referral_conversion", ExpiresAt = new ProviderTime(1795327400) }, status.Conversation);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"billable":"true","pricing_model":1,"type":null,"category":[]}""")]
    public void Price_of_which_nothing_is_told_is_empty(string pricing) =>
        Assert.Equal(new StatusPricing(), Payload.ReadStatus($$"""{"id":"1","pricing":{{pricing}}}""").Pricing);

    [Fact]
    public void Status_without_a_price_has_none() =>
        Assert.Equal((null, null), (Payload.ReadStatus("""{"id":"1","pricing":null}""").Pricing, Payload.ReadStatus("""{"id":"1"}""").Conversation));

    [Fact]
    public void Recipient_without_a_phone_number_is_known_by_the_user_id()
    {
        StatusUpdate status = StatusUpdate.Read(Assert.Single(Payload.Split(Payload.Delivery(Payload.Change("messages", """
            "contacts":[{"profile":{"name":"Asha","username":"asha.rao"},"user_id":"IN.77"}],
            "statuses":[{"id":"1","status":"read","timestamp":"1795241000","recipient_user_id":"IN.77","parent_recipient_user_id":"IN.ENT.1"}]
            """)))).Json);

        Assert.Equal((new CustomerIdentity(null, "IN.77", "IN.ENT.1"), "Asha", "asha.rao"), (status.Customer, status.ProfileName, status.Username));
        Assert.Equal((null, "IN.77", PayloadFlaws.None), (status.RecipientId, status.RecipientUserId, status.Flaws));
    }

    [Theory]
    [InlineData("parent_recipient_user_id")]
    [InlineData("recipient_parent_user_id")]
    public void Parent_of_the_recipient_is_read_in_both_spellings(string name) =>
        Assert.Equal(
            new CustomerIdentity(null, "IN.77", "IN.ENT.1"),
            Payload.ReadStatus($$"""{"id":"1","recipient_id":"","recipient_user_id":"IN.77","{{name}}":"IN.ENT.1"}""").Customer);

    [Fact]
    public void Status_of_a_group_is_about_one_member()
    {
        StatusUpdate status = Payload.ReadStatus(
            """{"id":"1","status":"read","timestamp":"1795241000","recipient_type":"group","recipient_id":"GROUP-1","recipient_participant_id":"919000000101","recipient_participant_user_id":"IN.77","recipient_participant_parent_user_id":"IN.ENT.1"}""");

        Assert.Equal(("GROUP-1", new CustomerIdentity("919000000101", "IN.77", "IN.ENT.1"), null, PayloadFlaws.None), (status.GroupId, status.Customer, status.RecipientId, status.Flaws));
    }

    [Theory]
    [InlineData("sent", DeliveryStatus.Sent, 1)]
    [InlineData("delivered", DeliveryStatus.Delivered, 2)]
    [InlineData("read", DeliveryStatus.Read, 3)]
    [InlineData("played", DeliveryStatus.Played, 4)]
    [InlineData("failed", DeliveryStatus.Failed, 0)]
    [InlineData("teleported", DeliveryStatus.Unknown, 0)]
    [InlineData("READ", DeliveryStatus.Unknown, 0)]
    public void Status_word_has_its_rank(string word, DeliveryStatus expected, int rank)
    {
        DeliveryStatus status = Payload.ReadStatus($$"""{"id":"1","status":"{{word}}","timestamp":"1795241000"}""").Status;

        Assert.Equal((expected, rank), (status, status.Rank()));
    }

    [Theory]
    [InlineData(DeliveryStatus.Sent, DeliveryStatus.Delivered, DeliveryStatus.Delivered)]
    [InlineData(DeliveryStatus.Read, DeliveryStatus.Delivered, DeliveryStatus.Read)]
    [InlineData(DeliveryStatus.Sent, DeliveryStatus.Failed, DeliveryStatus.Failed)]
    [InlineData(DeliveryStatus.Delivered, DeliveryStatus.Failed, DeliveryStatus.Delivered)]
    [InlineData(DeliveryStatus.Read, DeliveryStatus.Failed, DeliveryStatus.Read)]
    [InlineData(DeliveryStatus.Unknown, DeliveryStatus.Sent, DeliveryStatus.Sent)]
    [InlineData(DeliveryStatus.Unknown, DeliveryStatus.Failed, DeliveryStatus.Failed)]
    [InlineData(DeliveryStatus.Played, DeliveryStatus.Played, DeliveryStatus.Played)]
    public void What_is_shown_does_not_depend_on_the_order_of_arrival(DeliveryStatus one, DeliveryStatus other, DeliveryStatus shown)
    {
        Assert.Equal(shown, DeliveryStatusOrder.Shown(one, other));
        Assert.Equal(shown, DeliveryStatusOrder.Shown(other, one));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"status":"sent"}""")]
    public void What_is_no_status_is_unreadable_and_no_exception(string json) =>
        Assert.Equal(PayloadFlaws.Unreadable, StatusUpdate.Read(Encoding.UTF8.GetBytes(json)).Flaws);

    [Fact]
    public void Printed_status_shows_no_ids_or_numbers() =>
        Assert.Equal(
            "StatusUpdate { Status = Sent, ErrorCode = , Flaws = None }",
            Payload.ReadStatus("""{"id":"wamid.OUT06","status":"sent","timestamp":"1795241000","recipient_id":"919000000101"}""").ToString());
}
