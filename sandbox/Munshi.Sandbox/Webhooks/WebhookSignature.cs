using System.Security.Cryptography;
using System.Text;

namespace Munshi.Sandbox.Webhooks;

/// <summary>The value of <c>X-Hub-Signature-256</c>.</summary>
internal static class WebhookSignature
{
    public static string Of(byte[] body, string appSecret) =>
        "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(appSecret), body));
}
