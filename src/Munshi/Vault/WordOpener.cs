using System.Security.Cryptography;
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
        if (sealedValue is null)
        {
            return Words.None;
        }

        if (custodian.Find(keyId) is not { } key)
        {
            return new Words(null, WordsLoss.Erased);
        }

        try
        {
            return new Words(SealedValue.OpenText(key, context, sealedValue), WordsLoss.None);
        }
        catch (CryptographicException)
        {
            Log.Damaged(logger, context.Column, context.RowId);
            return new Words(null, WordsLoss.Damaged);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(7001, LogLevel.Error, "A sealed value does not open under its key: {Column} of row {RowId}")]
        public static partial void Damaged(ILogger logger, string column, Guid rowId);
    }
}
