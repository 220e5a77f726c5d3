namespace Munshi.Vault;

/// <summary>What stands for the number or user id of a customer of an archive whose key was destroyed before it was written: nobody can have it, so that it is found by nobody.</summary>
internal static class ErasedIdentifier
{
    private const string Prefix = "erased ";

    public static string ValueOf(Guid identifierId) => $"{Prefix}{identifierId}";

    /// <summary>What was opened, or that it was erased.</summary>
    public static Words Told(Guid identifierId, Words value) => value.Text == ValueOf(identifierId) ? new Words(null, WordsLoss.Erased) : value;
}
