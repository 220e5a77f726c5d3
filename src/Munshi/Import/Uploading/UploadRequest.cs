using System.Text.Json;
using Munshi.WhatsApp.Exports;

namespace Munshi.Import.Uploading;

/// <summary>What was asked for beside an uploaded file; sealed as JSON.</summary>
/// <param name="FileName">As the browser called it, without a path.</param>
/// <param name="Contact">The customer's number as typed; null where nothing was.</param>
/// <param name="Business">The business's name in the export as typed; null where nothing was.</param>
/// <param name="TimeZone">IANA name of the zone where the phone was.</param>
/// <param name="Order">How its dates are written; null for what the file tells.</param>
internal sealed record UploadRequest(string FileName, string? Contact, string? Business, string TimeZone, DateOrder? Order)
{
    public const int MaxFieldLength = 200;

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this);

    public static UploadRequest Read(byte[] json) => JsonSerializer.Deserialize<UploadRequest>(json)!;

    public override string ToString() => nameof(UploadRequest);
}
