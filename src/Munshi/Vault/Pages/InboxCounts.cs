namespace Munshi.Vault.Pages;

/// <summary>How many conversations each view holds.</summary>
public sealed record InboxCounts(int All, int Waiting, int Mine)
{
    /// <summary>Counted no further; one more stands for "more".</summary>
    public const int Most = 9999;
}
