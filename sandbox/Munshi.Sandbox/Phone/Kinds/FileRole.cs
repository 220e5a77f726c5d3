namespace Munshi.Sandbox.Phone.Kinds;

/// <summary>What a file is sent as.</summary>
internal enum FileRole
{
    /// <summary>What its type says.</summary>
    Plain,

    Sticker,

    /// <summary>As if recorded in the chat.</summary>
    Voice,
}
