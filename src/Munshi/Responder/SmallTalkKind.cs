namespace Munshi.Responder;

/// <summary>What a message says that asks for nothing.</summary>
internal enum SmallTalkKind
{
    /// <summary>It says more than that.</summary>
    None,

    /// <summary>A greeting, a call for attention, or "I have a question" without it.</summary>
    Greeting,

    /// <summary>Thanks, or a good-bye.</summary>
    Thanks,

    /// <summary>OK, yes, or a sign without words.</summary>
    Nod,
}
