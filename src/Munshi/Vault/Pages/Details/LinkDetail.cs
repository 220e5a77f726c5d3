namespace Munshi.Vault.Pages.Details;

/// <summary>A button of ours that opens an address.</summary>
public sealed record LinkDetail(string Label, string Address) : MessageDetail;
