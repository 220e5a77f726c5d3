using Munshi.WhatsApp.Sending;

namespace Munshi.WhatsApp.Tests.Sending;

public sealed class SendRecipientTests
{
    [Theory]
    [InlineData("919000000101")]
    [InlineData("+919000000101")]
    public void Phone_number_always_has_its_plus(string number) => Assert.Equal("+919000000101", new SendRecipient.Phone(number).Number);

    [Theory]
    [InlineData("")]
    [InlineData("+")]
    [InlineData("++919000000101")]
    [InlineData("91 90000 00101")]
    [InlineData("IN.7700000000000000101")]
    [InlineData("९१९००००००१०१")]
    public void Anything_else_is_no_phone_number_and_is_not_repeated(string number)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new SendRecipient.Phone(number));

        Assert.Equal("A phone number is 5 to 20 digits with country code. (Parameter 'number')", error.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("919000000101")]
    [InlineData("+919000000101")]
    [InlineData(".77")]
    [InlineData("IN. 77")]
    public void Phone_number_cannot_pass_for_a_user_id(string userId) =>
        Assert.Throws<ArgumentException>(() => new SendRecipient.User(userId));
}
