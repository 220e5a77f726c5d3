namespace Munshi.Intake.Deliveries;

/// <summary>Why an update's content is not shown.</summary>
public enum ContentLoss
{
    None,

    /// <summary>The hour's key was destroyed.</summary>
    KeyGone,

    /// <summary>The bytes are not those that were stored.</summary>
    Altered,

    /// <summary>The message that it became can no longer be read.</summary>
    MessageErased,
}
