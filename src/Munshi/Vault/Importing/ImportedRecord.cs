namespace Munshi.Vault.Importing;

/// <summary>A record of a file with what is kept of it already.</summary>
/// <param name="Ordinal">Its place in the file, from 0.</param>
/// <param name="Message">What the file holds.</param>
/// <param name="Kept">The message that it is; null for a new one.</param>
/// <param name="Seen">Events of that message that the file shows too.</param>
/// <param name="Changes">What had become of it and is not known yet, in order; of a new message too.</param>
/// <param name="Differs">Whether the file says it otherwise than what stands, and nothing had become of it: with a caption, in another language.</param>
internal sealed record ImportedRecord(
    long Ordinal, ImportedMessage Message, KeptMessage? Kept, IReadOnlyList<Guid> Seen, IReadOnlyList<ImportedChange> Changes, bool Differs)
{
    public override string ToString() => $"{nameof(ImportedRecord)} {Ordinal}";
}
