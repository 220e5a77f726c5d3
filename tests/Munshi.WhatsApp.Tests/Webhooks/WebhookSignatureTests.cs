using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Munshi.WhatsApp.Webhooks;

namespace Munshi.WhatsApp.Tests.Webhooks;

public sealed class WebhookSignatureTests
{
    private const string EmptyDelivery = """{"object":"whatsapp_business_account","entry":[]}""";
    private const string EmptyDeliverySignature = "sha256=dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756";

    private static readonly byte[] Secret = "test_app_secret"u8.ToArray();

    // printf '%s' BODY | openssl dgst -sha256 -hmac test_app_secret
    [Theory]
    [InlineData(EmptyDelivery, EmptyDeliverySignature)]
    [InlineData("""{"text":"\u0928\u092e\u0938\u094d\u0924\u0947"}""", "sha256=31e2efb08b834231fb3a2226033eacbf2d72f773bbad696a3ea20af2e975b9af")]
    public void Body_signed_with_the_app_secret_matches(string body, string header)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body);

        Assert.True(WebhookSignature.Matches(bytes, header, Secret));
        Assert.Equal(header, WebhookSignature.Sign(bytes, Secret));
    }

    // RFC 4231, test cases 2 and 6.
    [Theory]
    [InlineData("4a656665", "7768617420646f2079612077616e7420666f72206e6f7468696e673f", "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")]
    [InlineData(
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204b6579202d2048617368204b6579204669727374",
        "sha256=60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")]
    public void Published_hmac_vectors_match(string key, string data, string header) =>
        Assert.True(WebhookSignature.Matches(Convert.FromHexString(data), header, Convert.FromHexString(key)));

    [Fact]
    public async Task Signature_is_the_one_openssl_makes()
    {
        byte[] body = Enumerable.Range(0, 70_000).Select(i => (byte)(i * 31)).ToArray();
        ProcessStartInfo start = new("openssl", ["dgst", "-sha256", "-hmac", "test_app_secret", "-r"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using Process? openssl = TryStart(start);
        Assert.SkipWhen(openssl is null, "openssl is not installed");

        await openssl.StandardInput.BaseStream.WriteAsync(body, TestContext.Current.CancellationToken);
        openssl.StandardInput.Close();
        string printed = await openssl.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await openssl.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal("sha256=" + printed.Split(' ')[0], WebhookSignature.Sign(body, Secret));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("sha256=")]
    [InlineData("dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756")]
    [InlineData("sha1=dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756")]
    [InlineData("SHA256=dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756")]
    [InlineData("sha256=DEC6A680679A968E7E0319355B23599CBFC54502C0784668E9618BAA0C633756")]
    [InlineData(" sha256=dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756")]
    [InlineData("sha256=dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756 ")]
    [InlineData("sha256=dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c63375")]
    [InlineData("sha256=dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756,sha256=dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756")]
    [InlineData("sha256=gec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756")]
    [InlineData("sha256=dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c63375\uff16")]
    [InlineData("sha256=0000000000000000000000000000000000000000000000000000000000000000")]
    public void Header_of_any_other_form_or_value_does_not_match(string? header) =>
        Assert.False(WebhookSignature.Matches(Encoding.UTF8.GetBytes(EmptyDelivery), header, Secret));

    [Fact]
    public void One_changed_bit_of_the_body_does_not_match()
    {
        byte[] body = Encoding.UTF8.GetBytes(EmptyDelivery);
        for (int bit = 0; bit < body.Length * 8; bit++)
        {
            byte[] changed = [.. body];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.False(WebhookSignature.Matches(changed, EmptyDeliverySignature, Secret));
        }
    }

    [Fact]
    public void Empty_app_secret_matches_nothing_and_signs_nothing()
    {
        // printf '' | openssl dgst -sha256 -hmac ''
        const string AnyoneCanMakeThis = "sha256=b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad";

        Assert.False(WebhookSignature.Matches([], AnyoneCanMakeThis, []));
        Assert.Throws<ArgumentException>(() => WebhookSignature.Sign([], []));
    }

    [Fact]
    public void Check_allocates_nothing()
    {
        byte[] body = Encoding.UTF8.GetBytes(EmptyDelivery);
        bool matched = WebhookSignature.Matches(body, EmptyDeliverySignature, Secret);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            matched &= WebhookSignature.Matches(body, EmptyDeliverySignature, Secret);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(matched);
    }

    private static Process? TryStart(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
