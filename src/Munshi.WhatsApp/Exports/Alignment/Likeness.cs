namespace Munshi.WhatsApp.Exports.Alignment;

/// <summary>How surely two messages of one time and one person are the same one.</summary>
internal static class Likeness
{
    /// <summary>So much the same words count.</summary>
    public const int Same = 8;

    private const int SameKind = 3;
    private const int Changed = 2;

    /// <returns>0 where they are two.</returns>
    public static int Of(in ChatItem kept, in ChatItem fresh) => (kept.Class, fresh.Class) switch
    {
        _ when kept.Class == fresh.Class && kept.Body == fresh.Body => Same,
        _ when kept.Body == fresh.Body && (kept.Class, fresh.Class) is (BodyClass.Unknown, BodyClass.Words) or (BodyClass.Words, BodyClass.Unknown) => Same, // the mark was typed
        _ when (kept.IsCut && fresh.CompletesCut) || (fresh.IsCut && kept.CompletesCut) => Changed,
        (BodyClass.Words, BodyClass.Words) => kept.Edited || fresh.Edited ? Changed : 0,
        (BodyClass.Deleted, BodyClass.App or BodyClass.Call) or (BodyClass.App or BodyClass.Call, BodyClass.Deleted) => 0,
        (BodyClass.Deleted, BodyClass.Deleted) => Same,
        (BodyClass.Unknown, BodyClass.App) or (BodyClass.App, BodyClass.Unknown) => 0,
        (BodyClass.Deleted, _) or (_, BodyClass.Deleted) => Changed,
        (BodyClass.Unknown, BodyClass.Unknown) => SameKind,
        (BodyClass.Unknown, _) or (_, BodyClass.Unknown) => Changed,
        _ => kept.Class == fresh.Class ? SameKind : 0,
    };
}
