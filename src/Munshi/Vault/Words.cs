namespace Munshi.Vault;

/// <summary>What stood sealed, for showing: the words, or why there are none to show.</summary>
/// <param name="Text">Null where there are none.</param>
/// <param name="Loss">Why not, if something stood there.</param>
internal readonly record struct Words(string? Text, WordsLoss Loss)
{
    public static readonly Words None = new(null, WordsLoss.None);

    public override string ToString() => nameof(Words);
}
