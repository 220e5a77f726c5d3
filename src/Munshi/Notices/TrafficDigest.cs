using System.Globalization;
using Microsoft.Extensions.Localization;
using Munshi.Vault;
using Munshi.Web;
using Munshi.Web.Resources;

namespace Munshi.Notices;

/// <summary>The digest's first part: what came in, who answered, who still waits.</summary>
internal sealed class TrafficDigest(Traffic traffic, IStringLocalizer<Text> text) : IDigestSection
{
    public async Task<DigestSection?> WriteAsync(
        Guid clientId, DateTimeOffset from, DateTimeOffset to, CultureInfo culture, CancellationToken cancellationToken)
    {
        TrafficCounts counts = await traffic.CountAsync(clientId, from, to, cancellationToken);
        return new DigestSection(
            text["Digest.Traffic"],
            [
                text.Plural("Digest.Received", counts.Received),
                text.Plural("Digest.Automatic", counts.AnsweredAutomatically),
                text.Plural("Digest.ByPeople", counts.AnsweredByPeople),
                text.Plural("Digest.Waiting", counts.Waiting),
            ]);
    }
}
