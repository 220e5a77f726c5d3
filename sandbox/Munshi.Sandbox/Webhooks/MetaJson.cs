using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Munshi.Sandbox.Webhooks;

/// <summary>JSON as Meta's servers write it: ASCII only, <c>\u0928</c> in lower-case hex, slashes escaped.</summary>
internal static class MetaJson
{
    private const int UnicodeEscapeLength = 6;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(JsonNode node)
    {
        string plain = node.ToJsonString(Plain);
        StringBuilder text = new(plain.Length);
        for (int index = 0; index < plain.Length; index++)
        {
            // None of these characters stands outside a string in JSON.
            switch (plain[index])
            {
                case '\\' when plain[index + 1] == 'u':
                    text.Append(plain[index..(index + UnicodeEscapeLength)].ToLowerInvariant());
                    index += UnicodeEscapeLength - 1;
                    break;
                case '\\':
                    text.Append(plain, index, 2);
                    index++;
                    break;
                case '/':
                    text.Append("\\/");
                    break;
                case > '~':
                    text.Append("\\u").Append(((int)plain[index]).ToString("x4", CultureInfo.InvariantCulture));
                    break;
                default:
                    text.Append(plain[index]);
                    break;
            }
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }
}
