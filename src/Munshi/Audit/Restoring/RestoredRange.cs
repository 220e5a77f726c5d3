using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Munshi.Audit.Restoring;

/// <summary>Rows of a log whose leaves a restore put back and whose events and records are lost.</summary>
internal sealed record RestoredRange(Guid Log, Guid Id, long First, long Last)
{
    public const string Action = "ledger.restored";
    public const string ObjectKind = "restore";

    /// <summary>What the RESTORE leaf names as its object.</summary>
    public string Target => $"{ObjectKind}:{Id:D}";

    public bool Covers(long seq) => seq >= First && seq <= Last;

    /// <summary>What the RESTORE leaf commits to: nothing of it is secret, so the hash is plain.</summary>
    public byte[] Commit() => SHA256.HashData(Encoding.ASCII.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"munshi-restore/1\nlog {Log:D}\nfirst {First}\nlast {Last}\n")));
}
