namespace Munshi.Import.Uploading;

/// <summary>An upload that is to be imported.</summary>
/// <param name="Id">The upload.</param>
/// <param name="PersonId">Who uploaded it.</param>
/// <param name="KeyId">Its key.</param>
/// <param name="FileHash">Where the encrypted file lies.</param>
/// <param name="Request">What was asked for; null where the key is gone.</param>
/// <param name="IsStopping">Whether somebody broke it off.</param>
internal sealed record OpenUpload(Guid Id, Guid PersonId, Guid KeyId, byte[] FileHash, UploadRequest? Request, bool IsStopping)
{
    public override string ToString() => $"{nameof(OpenUpload)} {Id}";
}
