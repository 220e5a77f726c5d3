namespace Munshi.Sandbox.Webhooks;

/// <summary>What came back from a callback.</summary>
internal abstract record CallbackAnswer
{
    private CallbackAnswer()
    {
    }

    internal sealed record Answered(int Status, string Body) : CallbackAnswer;

    internal sealed record Unreachable(string Reason) : CallbackAnswer;
}
