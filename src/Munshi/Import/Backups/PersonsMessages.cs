using Munshi.WhatsApp.Exports;

namespace Munshi.Import.Backups;

/// <summary>One person's messages in a backup, as records of an export.</summary>
/// <param name="messages">As they stand.</param>
/// <param name="owner">How the phone's owner is named in the records.</param>
/// <param name="customer">How the other is named there; never the same.</param>
/// <param name="name">What the other calls themselves; null where the backup does not tell.</param>
internal sealed class PersonsMessages(BackupMessages messages, string owner, string customer, string? name)
{
    private readonly BackupRecords _records = new(owner, customer);

    public Participants.Known People => new(owner, customer);

    public string? Name => name;

    /// <summary>What was met; complete once they were read to their end.</summary>
    public IReadOnlyList<BackupProblem> Problems => _records.Problems;

    /// <summary>In the order of the phone, with their own rows, times in UTC. Each call begins anew.</summary>
    /// <exception cref="BackupDamagedException">They cannot be read.</exception>
    public IEnumerable<ExportMessage> Read() => _records.Of(messages.Read());
}
