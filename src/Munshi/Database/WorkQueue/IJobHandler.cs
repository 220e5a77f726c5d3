namespace Munshi.Database.WorkQueue;

/// <summary>Does the jobs of one kind.</summary>
/// <remarks>
/// A job may be handed out again after a crash or when its lease ran out, so a handler first asks for the subject under its
/// lease (<see cref="Jobs.SubjectAsync"/>) and completes the job in the transaction of its effect. An exception means: try again later.
/// </remarks>
internal interface IJobHandler
{
    string Kind { get; }

    Task HandleAsync(JobLease lease, CancellationToken cancellationToken);

    /// <summary>Writes down that nothing came of it, in the transaction that puts the job among the dead letters.</summary>
    /// <remarks>It must need as little as can be: what kept the job from being done may stand in its way too.</remarks>
    Task GiveUpAsync(WorkspaceTransaction transaction, Guid subject);
}
