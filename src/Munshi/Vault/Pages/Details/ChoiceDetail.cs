namespace Munshi.Vault.Pages.Details;

/// <summary>A row of a list that the customer chose.</summary>
/// <param name="Description">Its second line.</param>
public sealed record ChoiceDetail(string Description) : MessageDetail;
