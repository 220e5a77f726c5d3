namespace Munshi.Responder;

/// <summary>What the customer chose, found among what we offered in this very conversation.</summary>
/// <param name="OptionId">As we had given it.</param>
/// <param name="Offer">The message that offered it.</param>
internal sealed record Choice(string OptionId, Said Offer);
