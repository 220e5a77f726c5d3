using System.Text.Json.Nodes;

namespace Munshi.Sandbox.Graph;

/// <summary>How the Graph API took a call.</summary>
internal abstract record SendOutcome
{
    private SendOutcome()
    {
    }

    internal sealed record Accepted(JsonObject Answer) : SendOutcome;

    internal sealed record Refused(GraphError Error) : SendOutcome;
}
