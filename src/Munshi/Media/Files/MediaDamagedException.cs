namespace Munshi.Media.Files;

/// <summary>A stored file is not what was written: cut off, prolonged, altered, put together anew, another's, or under another key.</summary>
internal sealed class MediaDamagedException : Exception
{
    public MediaDamagedException()
        : base("The stored file is not what was written.")
    {
    }

    public MediaDamagedException(Exception inner)
        : base("The stored file is not what was written.", inner)
    {
    }
}
