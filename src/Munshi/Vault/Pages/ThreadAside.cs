using Munshi.Vault.Resolving;

namespace Munshi.Vault.Pages;

/// <summary>What stands between the messages of a thread and no customer sees.</summary>
public abstract record ThreadAside
{
    private ThreadAside() { }

    public required Guid Id { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>A member of staff; absent for one who has left, for the customer, and for what came by itself.</summary>
    public string? ByName { get; init; }

    /// <summary>The conversation was put off, resolved, or opened again.</summary>
    public sealed record Change : ThreadAside
    {
        public required StandingChange Kind { get; init; }

        /// <summary>Whether the customer did it, by writing.</summary>
        public bool ByCustomer { get; init; }

        /// <summary>Whether Munshi did it, by handing the conversation to people.</summary>
        public bool ByMunshi { get; init; }

        /// <summary>Set where it was put off.</summary>
        public DateTimeOffset? Until { get; init; }
    }

    /// <summary>What somebody wrote for their colleagues.</summary>
    public sealed record Note : ThreadAside
    {
        /// <summary>Absent where it was deleted, or lost.</summary>
        public string? Text { get; init; }

        public WordsLoss Loss { get; init; }

        public bool IsDeleted { get; init; }

        public string? DeletedBy { get; init; }

        /// <summary>Whether the viewer may.</summary>
        public bool CanDelete { get; init; }
    }

    public override string ToString() => $"{nameof(ThreadAside)} {Id}";
}
