namespace Munshi.Sandbox.Phone.Kinds;

/// <summary>Where a message came from: forwarded, from a product's page, from an advertisement.</summary>
internal static class MessageOrigin
{
    /// <summary>The message with its marks; refused where Meta documents none for its kind.</summary>
    public static Composition Mark(Composition.Composed message, CustomerInput input)
    {
        bool isForwarded = input.Forwarded == true || input.FrequentlyForwarded == true;
        if (isForwarded && (message.Kind is not ("text" or "image" or "video") || message.About is not null || input.Forwarded == input.FrequentlyForwarded))
        {
            return new Composition.Refused("Give one of forwarded and frequentlyForwarded, with a text, a picture or a video, and without replyTo.");
        }

        if ((input.Product is not null || input.Referral is not null) && message.Kind != "text")
        {
            return new Composition.Refused("product and referral go with a text.");
        }

        if (input.Product is { IsGood: false })
        {
            return new Composition.Refused("product.retailerId and product.catalogId must have 1 to 100 characters.");
        }

        if (input.Referral?.Refusal is { } wrong)
        {
            return new Composition.Refused(wrong);
        }

        List<string> marks = [];
        if (isForwarded)
        {
            message.Context[input.Forwarded == true ? "forwarded" : "frequently_forwarded"] = true;
            marks.Add(input.Forwarded == true ? "Forwarded" : "Forwarded many times");
        }

        if (input.Referral is { } referral)
        {
            message.Beside["referral"] = referral.ToJson();
            marks.Add($"From an advertisement: {referral.Title}");
        }

        if (input.Product is { } product)
        {
            message.Context["referred_product"] = product.ToJson();
            marks.Add($"About the product {product.RetailerId}");
        }

        return marks.Count == 0 ? message : message with { Mark = string.Join(" · ", marks) };
    }
}
