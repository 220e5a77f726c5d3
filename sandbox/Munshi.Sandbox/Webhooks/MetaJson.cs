using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Munshi.Sandbox.Webhooks;

/// <summary>JSON as Meta's servers write it: ASCII only, <c>\u0928</c> in lower-case hex, slashes escaped.</summary>
internal static class MetaJson
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(JsonNode node)
    {
        StringBuilder text = new();
        foreach (char character in node.ToJsonString(Plain))
        {
            // Neither kind of character stands outside a string in JSON.
            _ = character switch
            {
                '/' => text.Append("\\/"),
                > '~' => text.Append("\\u").Append(((int)character).ToString("x4", CultureInfo.InvariantCulture)),
                _ => text.Append(character),
            };
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }
}
