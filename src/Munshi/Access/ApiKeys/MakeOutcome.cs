namespace Munshi.Access.ApiKeys;

/// <summary>How making a key ended.</summary>
internal abstract record MakeOutcome
{
    private MakeOutcome()
    {
    }

    /// <param name="Secret">Shown once, and not kept.</param>
    internal sealed record Made(string Secret) : MakeOutcome
    {
        public override string ToString() => nameof(Made);
    }

    /// <summary>The same form was sent before, and its key is there.</summary>
    internal sealed record MadeBefore : MakeOutcome;

    /// <summary>The workspace has as many keys in use as it may have.</summary>
    internal sealed record TooMany : MakeOutcome;
}
