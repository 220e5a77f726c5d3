namespace Munshi.Sandbox.Media;

/// <summary>What Meta takes as an upload: types and sizes.</summary>
internal static class UploadLimits
{
    public const int MiB = 1024 * 1024;

    /// <summary>The largest of all.</summary>
    public const int MostBytes = 100 * MiB;

    /// <summary>A little more than the largest file, so that one that is too large gets an answer.</summary>
    public const int MaxBodyBytes = MostBytes + (2 * MiB);

    private static readonly Dictionary<string, int> ByType = new(StringComparer.OrdinalIgnoreCase)
    {
        ["audio/aac"] = 16 * MiB,
        ["audio/amr"] = 16 * MiB,
        ["audio/mpeg"] = 16 * MiB,
        ["audio/mp4"] = 16 * MiB,
        ["audio/ogg"] = 16 * MiB,
        ["image/jpeg"] = 5 * MiB,
        ["image/png"] = 5 * MiB,
        ["image/webp"] = 500 * 1024,
        ["video/3gpp"] = 16 * MiB,
        ["video/mp4"] = 16 * MiB,
        ["text/plain"] = MostBytes,
        ["application/pdf"] = MostBytes,
        ["application/msword"] = MostBytes,
        ["application/vnd.ms-excel"] = MostBytes,
        ["application/vnd.ms-powerpoint"] = MostBytes,
        ["application/vnd.openxmlformats-officedocument.wordprocessingml.document"] = MostBytes,
        ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"] = MostBytes,
        ["application/vnd.openxmlformats-officedocument.presentationml.presentation"] = MostBytes,
    };

    /// <summary>Null for a type that is not taken.</summary>
    /// <param name="contentType">Parameters do not count.</param>
    public static int? Of(string contentType) => ByType.TryGetValue(contentType.Split(';')[0].Trim(), out int bytes) ? bytes : null;
}
