namespace Munshi.Vault.Fields;

/// <summary>What is noted of one customer.</summary>
/// <param name="Field">Under which name.</param>
/// <param name="Text">Absent where nothing is noted, or it is lost.</param>
/// <param name="Loss">Why there is none, if something was noted.</param>
/// <param name="Version">Of what stands there; a form made over an older one is refused. Null while nothing ever stood there.</param>
public sealed record FieldValue(Field Field, string? Text, WordsLoss Loss, Guid? Version)
{
    public override string ToString() => $"{nameof(FieldValue)} of {Field}";
}
