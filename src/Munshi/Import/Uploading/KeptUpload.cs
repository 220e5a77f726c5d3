namespace Munshi.Import.Uploading;

/// <summary>An uploaded file that is kept, and nobody's yet.</summary>
/// <param name="Id">Of the upload to be.</param>
/// <param name="KeyId">Its own key.</param>
/// <param name="Length">Of the file, in bytes.</param>
/// <param name="Hash">SHA-256 of the encrypted file; null where it was too large, and is not kept.</param>
internal sealed record KeptUpload(Guid Id, Guid KeyId, long Length, byte[]? Hash);
