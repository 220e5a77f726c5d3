using System.Runtime.CompilerServices;

namespace Munshi.Tests.Web;

/// <summary>The product's sources, found from where this file was compiled.</summary>
internal static class SourceTree
{
    public static string Product => Path.GetFullPath(Path.Combine(Here(), "../../../src/Munshi"));

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
