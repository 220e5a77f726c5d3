using System.ComponentModel;
using System.Diagnostics;
using Npgsql;

namespace Munshi.Database;

/// <summary>A program that was started with <c>nice</c> has what the database does for it done as nicely: most of the work of a long check is PostgreSQL's.</summary>
internal static class BackendPriority
{
    /// <summary>Whether this process gives way to others.</summary>
    public static bool IsLowered { get; } = IsBelowNormal(Process.GetCurrentProcess());

    /// <summary>Lowers the priority of the connection's backend; left as it is where the system does not allow it.</summary>
    public static void Lower(NpgsqlConnection connection)
    {
        try
        {
            using Process backend = Process.GetProcessById(connection.ProcessID);
            backend.PriorityClass = ProcessPriorityClass.BelowNormal;
            File.WriteAllText($"/proc/{backend.Id}/autogroup", "10"); // each backend is a session, which Linux weighs against the others as a whole
        }
        catch (Exception refused) when (refused is ArgumentException or Win32Exception or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
        }
    }

    private static bool IsBelowNormal(Process process)
    {
        using (process)
        {
            return process.PriorityClass is ProcessPriorityClass.BelowNormal or ProcessPriorityClass.Idle;
        }
    }
}
