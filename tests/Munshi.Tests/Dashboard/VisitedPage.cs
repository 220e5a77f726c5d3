using System.Net;
using AngleSharp.Dom;

namespace Munshi.Tests.Dashboard;

/// <param name="Status">The answer's.</param>
/// <param name="Location">Where it leads, if it redirects.</param>
/// <param name="Document">The page as a browser reads it.</param>
/// <param name="Html">The page as sent.</param>
internal sealed record VisitedPage(HttpStatusCode Status, string? Location, IDocument Document, string Html)
{
    public string Text(string selector) => Document.QuerySelector(selector)?.TextContent.Trim() ?? throw new InvalidOperationException($"No {selector}.");
}
