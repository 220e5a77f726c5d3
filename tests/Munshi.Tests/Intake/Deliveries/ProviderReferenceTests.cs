using System.Text;
using Munshi.Intake;
using Munshi.Intake.Deliveries;
using Munshi.Keyring;

namespace Munshi.Tests.Intake.Deliveries;

public sealed class ProviderReferenceTests
{
    [Theory]
    [InlineData("""{"field":"messages","kind":"message","metadata":{"id":"no"},"contacts":[{"id":"no"}],"message":{"from":"91","context":{"id":"no"},"id":"wamid.A","text":{"id":"no"}}}""", "wamid.A")]
    [InlineData("""{"status":{"errors":[{"id":"no"}],"id":"wamid.\u0042"}}""", "wamid.B")]
    [InlineData("""{"echo":{"id":"wamid.C"}}""", "wamid.C")]
    [InlineData("""{"history":{"phase":1},"thread":{"id":"no"},"message":{"id":"wamid.D"}}""", "wamid.D")]
    [InlineData("""{"account":{"id":"no"}}""", null)]
    [InlineData("""{"message":{"id":7}}""", null)]
    [InlineData("""{"message":{"id":""}}""", null)]
    [InlineData("""{"message":{"id":"\ud83d"}}""", null)]
    [InlineData("""{"message":"id"}""", null)]
    [InlineData("""{"message":{"id":"cut""", null)]
    [InlineData("[]", null)]
    [InlineData("", null)]
    public void The_id_is_that_of_the_message_or_status_itself(string json, string? id) =>
        Assert.Equal(id, ProviderReference.IdIn(Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData(256, true)]
    [InlineData(257, false)]
    public void An_id_of_no_usable_length_is_none(int length, bool isUsable) =>
        Assert.Equal(isUsable, ProviderReference.IdIn(Encoding.UTF8.GetBytes($$$"""{"message":{"id":"{{{new string('x', length)}}}"}}""")) is not null);

    [Fact]
    public void The_reference_says_nothing_without_the_hours_key()
    {
        KeyMaterial one = new(Convert.FromHexString("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"));
        KeyMaterial other = new(new byte[32]);

        Assert.NotEqual(ProviderReference.Of(one, "wamid.A"), ProviderReference.Of(other, "wamid.A"));
        Assert.NotEqual(ProviderReference.Of(one, "wamid.A"), ProviderReference.Of(one, "wamid.B"));
        Assert.Equal(32, ProviderReference.Of(one, "wamid.A").Length);
        Assert.Equal(ProviderReference.Of(one, "wamid.A"), ProviderReference.Of(one, """{"status":{"id":"wamid.A"}}"""u8));
    }

    // printf '\x1c\x18\x0c919000000101\x15\x02\x00\x12\x18\x03ABC\x00' | base64
    [Theory]
    [InlineData("wamid.HBgMOTE5MDAwMDAwMTAxFQIAEhgDQUJDAA==", "919000000101")]
    [InlineData("wamid.HBgMOTE5MDAwMDAwMTAxFQIAEhgDQUJDAA", "919000000101")]
    [InlineData("wamid.HBgM0001", null)]
    [InlineData("wamid.", null)]
    [InlineData("HBgMOTE5MDAwMDAwMTAxFQIAEhgDQUJDAA==", null)]
    [InlineData("wamid.%%%", null)]
    [InlineData("wamid.AAAAAAAAAAAAAAAA", null)]
    public void The_phone_number_is_read_where_the_id_holds_one(string providerId, string? phone) =>
        Assert.Equal(phone, PhoneInProviderId.Read(providerId));

    // RFC 9562, appendix A.6: 017F22E2-79B0-7CC3-98C4-DC0C0C07398F is of 2022-02-22T19:22:22Z
    [Fact]
    public void The_first_id_of_a_millisecond_is_not_above_any_of_it_and_above_those_before()
    {
        DateTimeOffset at = new(2022, 2, 22, 19, 22, 22, TimeSpan.Zero);

        Assert.Equal("017f22e2-79b0-0000-0000-000000000000", UpdateIds.First(at).ToString());
        Assert.True(string.CompareOrdinal(UpdateIds.First(at.AddMilliseconds(1)).ToString(), "017f22e2-79b0-7cc3-98c4-dc0c0c07398f") > 0);
        Assert.Equal(Guid.Empty, UpdateIds.First(DateTimeOffset.UnixEpoch.AddDays(-1)));
    }
}
