namespace Munshi.Database.WorkQueue;

/// <summary>Does the jobs of one workspace in the order in which they were enqueued, and many waiting ones in one transaction: what a single one costs is mostly its own round trips and commit.</summary>
/// <remarks>A job that fails is tried again later; those behind it go on.</remarks>
internal interface IJobGroupHandler : IJobHandler
{
    /// <summary>So many at once; the transaction stays well below two seconds.</summary>
    int MostTogether { get; }

    /// <summary>Does those that are alike and ordinary, all or none of them.</summary>
    /// <param name="leases">Of one workspace, oldest first.</param>
    /// <param name="cancellationToken">Honoured until the commit.</param>
    /// <returns>Those left untouched, to be done one by one: in lines, each in its order and beside the others.</returns>
    Task<IReadOnlyList<IReadOnlyList<JobLease>>> HandleAsync(IReadOnlyList<JobLease> leases, CancellationToken cancellationToken);
}
