using Munshi.Vault;

namespace Munshi.Tests.Dashboard;

public sealed class MaskedNumberTests
{
    [Theory]
    [InlineData("919000000101", "+91 ••••• ••101")]
    [InlineData("14155550123", "+••••••••123")]
    [InlineData("123", "+•••")]
    public void Only_the_last_three_digits_are_shown(string digits, string masked)
    {
        Assert.Equal(masked, MaskedNumber.Of(digits));
    }
}
