using System.Security.Cryptography;
using System.Text;

namespace Munshi.Sandbox.Phone;

/// <summary>Message ids in Meta's form: <c>wamid.</c> and base64 of a header, the customer's digits in ASCII and a random part.</summary>
internal static class Wamid
{
    private const int RandomBytes = 10;

    public static string New(CustomerNumber customer, MessageDirection direction) => New(customer.Digits, direction);

    /// <remarks>A number that is kept back does not stand in the id either.</remarks>
    public static string New(CustomerIdentity customer, MessageDirection direction) => New(customer.Phone ?? customer.UserId, direction);

    private static string New(string who, MessageDirection direction)
    {
        byte[] digits = Encoding.ASCII.GetBytes(who);
        byte[] random = Encoding.ASCII.GetBytes(Convert.ToHexString(RandomNumberGenerator.GetBytes(RandomBytes)));
        byte[] bytes =
        [
            0x1C, 0x18, (byte)digits.Length, .. digits,
            0x15, 0x02, 0x00, direction == MessageDirection.Business ? (byte)0x11 : (byte)0x12,
            0x18, (byte)random.Length, .. random, 0x00,
        ];
        return "wamid." + Convert.ToBase64String(bytes);
    }
}
