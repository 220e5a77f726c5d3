using System.Globalization;

namespace Munshi.Notices;

/// <summary>A capability's part of the daily digest.</summary>
/// <remarks>
/// It tells counts and states, never a customer's data. It is asked when the mail is written, again if the mail is sent again, in the workspace's
/// job; the current culture is the recipient's too. An exception leaves the section out of this mail and is logged; the other sections stand. Safe for concurrent use.
/// </remarks>
internal interface IDigestSection
{
    /// <param name="clientId">The workspace.</param>
    /// <param name="from">The beginning of the recipient's yesterday, UTC.</param>
    /// <param name="to">Its end, not included.</param>
    /// <param name="culture">The recipient's; one of <see cref="Web.Language.All"/>.</param>
    /// <param name="cancellationToken">Honoured throughout.</param>
    /// <returns>Null where there is nothing to tell.</returns>
    Task<DigestSection?> WriteAsync(Guid clientId, DateTimeOffset from, DateTimeOffset to, CultureInfo culture, CancellationToken cancellationToken);
}
