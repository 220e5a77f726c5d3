namespace Munshi.Tests.Running;

/// <summary>Files of the repository, found from the test program's folder upwards.</summary>
internal static class RepositoryFiles
{
    public static string Path(string relative)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Munshi.slnx")))
            {
                return System.IO.Path.Combine(folder.FullName, relative);
            }
        }

        throw new FileNotFoundException("Not inside a checkout of the repository.", relative);
    }
}
