namespace Munshi.Setup;

/// <summary>How making the first owner ended.</summary>
internal abstract record FirstOwnerOutcome
{
    private FirstOwnerOutcome() { }

    /// <param name="Session">The session's token, for the cookie.</param>
    internal sealed record Made(string Session) : FirstOwnerOutcome
    {
        public override string ToString() => nameof(Made);
    }

    /// <summary>A name is empty or too long.</summary>
    internal sealed record BadName : FirstOwnerOutcome;

    /// <summary>The claim is none, too old, or somebody else was first.</summary>
    internal sealed record NoClaim : FirstOwnerOutcome;
}
