namespace Munshi.Database.Cluster;

/// <summary>The installed server programs of one major version.</summary>
internal sealed record ServerPrograms(int MajorVersion, string Directory)
{
    /// <summary>The oldest PostgreSQL Munshi runs on.</summary>
    public const int OldestMajorVersion = 15;

    public string InitDb => Path.Combine(Directory, "initdb");

    public string Control => Path.Combine(Directory, "pg_ctl");

    public string Postgres => Path.Combine(Directory, "postgres");
}
