using Munshi.Database.Cluster;

namespace Munshi.Media.Looking;

/// <summary>The programs that look into files, as they are on this machine.</summary>
/// <remarks>Nothing is installed for them: without them, files are shown without small pictures and waveforms.</remarks>
internal sealed class MediaTools
{
    /// <summary>1 GiB of address space, and no file, core or further descriptor to speak of.</summary>
    private static readonly string[] Limits = ["--as=1073741824", "--cpu=20", "--fsize=0", "--core=0", "--nofile=64"];

    private const string Nobody = "65534";

    public MediaTools()
        : this(Environment.GetEnvironmentVariable("PATH"))
    {
    }

    /// <param name="path">As the environment's.</param>
    internal MediaTools(string? path)
    {
        string? ffmpeg = Find(path, "ffmpeg"), unshare = Find(path, "unshare"), prlimit = Find(path, "prlimit"), setpriv = Find(path, "setpriv");
        State = ffmpeg is null ? "no-ffmpeg" : unshare is null || prlimit is null || setpriv is null ? "no-isolation" : "on";
        if (State == "on")
        {
            // Root gives the program a user of its own; anybody else a user namespace, without which there is no network namespace.
            bool root = NativeFile.EffectiveUser == 0;
            Command =
            [
                unshare!, .. root ? (string[])["--net"] : ["--map-root-user", "--net"], "--",
                prlimit!, .. Limits, "--",
                setpriv!, "--no-new-privs", .. root ? (string[])[$"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups"] : [], "--",
                ffmpeg!,
            ];
        }
    }

    /// <summary><c>on</c>, <c>no-ffmpeg</c>, or <c>no-isolation</c> where the programs of util-linux are missing that keep it apart.</summary>
    public string State { get; }

    /// <summary>The program and what stands before it; empty where there is none.</summary>
    public IReadOnlyList<string> Command { get; } = [];

    private static string? Find(string? path, string name) =>
        (path ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries).Append("/usr/sbin").Append("/sbin")
            .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
