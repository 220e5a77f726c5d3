using System.Text.Json.Nodes;

namespace Munshi.Sandbox.Phone.Kinds;

/// <summary>The advertisement that led to the chat; what is left out is fictitious.</summary>
/// <param name="StatusAd">An advertisement in WhatsApp Status has no click id.</param>
internal sealed record ReferralInput(
    string? Headline = null,
    string? Body = null,
    string? SourceUrl = null,
    string? SourceId = null,
    string? ImageUrl = null,
    string? VideoUrl = null,
    string? ThumbnailUrl = null,
    string? ClickId = null,
    string? WelcomeText = null,
    bool StatusAd = false)
{
    private const int MaxLength = 2000;

    public string Title => Headline ?? "Autumn sale";

    /// <summary>Null when all is good.</summary>
    public string? Refusal =>
        new[] { Headline, Body, SourceUrl, SourceId, ImageUrl, VideoUrl, ThumbnailUrl, ClickId, WelcomeText }.Any(text => text is { Length: 0 or > MaxLength })
            ? $"The parts of referral must have 1 to {MaxLength} characters."
            : StatusAd && ClickId is not null ? "An advertisement in WhatsApp Status has no referral.clickId." : null;

    public JsonObject ToJson()
    {
        bool isVideo = VideoUrl is not null;
        JsonObject json = new()
        {
            ["source_url"] = SourceUrl ?? "https://fb.example/ads/120200000000001",
            ["source_id"] = SourceId ?? "120200000000001",
            ["source_type"] = "ad",
            ["headline"] = Title,
            ["body"] = Body ?? "Write to us for today's prices.",
            ["media_type"] = isVideo ? "video" : "image",
            [isVideo ? "video_url" : "image_url"] = isVideo ? VideoUrl : ImageUrl ?? "https://fb.example/ads/120200000000001.jpg",
        };
        if (isVideo)
        {
            json["thumbnail_url"] = ThumbnailUrl ?? "https://fb.example/ads/120200000000001-small.jpg";
        }

        if (!StatusAd)
        {
            json["ctwa_clid"] = ClickId ?? "AffSandboxClick0001";
        }

        if (WelcomeText is not null)
        {
            json["welcome_message"] = new JsonObject { ["text"] = WelcomeText };
        }

        return json;
    }
}
