using Munshi.WhatsApp.Sending;

namespace Munshi.Responder;

/// <summary>The one message of a turn.</summary>
internal sealed record Composed(string Text, ReplyOptions? Options)
{
    public override string ToString() => nameof(Composed);
}
