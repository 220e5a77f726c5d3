using Microsoft.Data.Sqlite;

namespace Munshi.Keyring;

/// <summary>The one way to open <c>keyring.db</c>: <c>journal_mode=TRUNCATE</c>, <c>secure_delete=ON</c>, <c>synchronous=FULL</c>, mode 0600.</summary>
internal static class KeyringConnection
{
    /// <summary>An open connection. Others wait up to 10 s for a writer.</summary>
    public static SqliteConnection Open(string path)
    {
        SqliteConnectionStringBuilder builder = new() { DataSource = path, Pooling = false, DefaultTimeout = 10 };
        SqliteConnection connection = new(builder.ConnectionString);
        connection.Open();
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using SqliteCommand settings = connection.CreateCommand();
        settings.CommandText =
            """
            PRAGMA busy_timeout=10000;
            PRAGMA secure_delete=ON;
            PRAGMA journal_mode=TRUNCATE;
            PRAGMA synchronous=FULL;
            """;
        settings.ExecuteNonQuery();
        return connection;
    }
}
