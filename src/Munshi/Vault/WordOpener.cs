using System.Security.Cryptography;
using System.Text;
using Munshi.Keyring;

namespace Munshi.Vault;

/// <summary>Opens what stands sealed in the vault, for pages: a lost key or an altered value costs those words, not the page.</summary>
internal sealed partial class WordOpener(KeyCustodian custodian, ILogger<WordOpener> logger)
{
    /// <param name="keyId">The key that the row names.</param>
    /// <param name="context">Where the value stands.</param>
    /// <param name="sealedValue">Null where nothing was written.</param>
    public Words Open(Guid keyId, in SealContext context, byte[]? sealedValue)
    {
        (byte[]? opened, WordsLoss loss) = OpenBytes(keyId, context, sealedValue);
        return new Words(opened is null ? null : Encoding.UTF8.GetString(opened), loss);
    }

    /// <summary>As <see cref="Open"/>, of what is read further.</summary>
    public (byte[]? Value, WordsLoss Loss) OpenBytes(Guid keyId, in SealContext context, byte[]? sealedValue)
    {
        if (sealedValue is null)
        {
            return (null, WordsLoss.None);
        }

        if (custodian.Find(keyId) is not { } key)
        {
            return (null, WordsLoss.Erased);
        }

        try
        {
            return (SealedValue.Open(key, context, sealedValue), WordsLoss.None);
        }
        catch (CryptographicException)
        {
            Log.Damaged(logger, context.Column, context.RowId);
            return (null, WordsLoss.Damaged);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(7001, LogLevel.Error, "A sealed value does not open under its key: {Column} of row {RowId}")]
        public static partial void Damaged(ILogger logger, string column, Guid rowId);
    }
}
