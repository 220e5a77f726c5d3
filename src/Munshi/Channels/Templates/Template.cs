using Munshi.WhatsApp.Sending;

namespace Munshi.Channels.Templates;

/// <summary>A template of a number's account, as it was last asked for.</summary>
/// <param name="Id">Ours.</param>
/// <param name="Info">Meta's.</param>
internal sealed record Template(Guid Id, TemplateInfo Info)
{
    public bool IsApproved => Info.Status == "APPROVED";

    public bool IsMarketing => Info.Category == "MARKETING";

    /// <summary>Null where its components are not of a form known.</summary>
    public TemplateWording? Wording { get; } = TemplateWording.Read(Info.Components);
}
