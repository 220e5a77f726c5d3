using System.Text.Json;
using Munshi.WhatsApp.Json;

namespace Munshi.WhatsApp.Webhooks;

/// <summary>Reads one item of <c>errors[]</c>, wherever it stands.</summary>
internal static class ErrorReader
{
    public const int MaxTitleLength = 256;

    public static ProviderError Read(PayloadReader reader, JsonElement error) => new()
    {
        Code = error.Field("code"u8).Int32(),
        Title = reader.Text(error.Field("title"u8), MaxTitleLength),
        Message = reader.Line(error.Field("message"u8)),
        Details = reader.Words(error.Field("error_data"u8).Field("details"u8)),
        Link = PayloadReader.Link(error.Field("href"u8)),
    };
}
