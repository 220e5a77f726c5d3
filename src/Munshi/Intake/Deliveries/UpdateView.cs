namespace Munshi.Intake.Deliveries;

/// <summary>One update and all that is known of it.</summary>
public sealed record UpdateView
{
    public required UpdateRow Row { get; init; }

    /// <summary>When its delivery was taken apart, UTC; null where that was not kept yet.</summary>
    public DateTimeOffset? SortedAt { get; init; }

    /// <summary>Its place among the parts of its delivery, from 1.</summary>
    public required int Place { get; init; }

    /// <summary>How many parts of the delivery are this workspace's.</summary>
    public required int OfDelivery { get; init; }

    /// <summary>Null where nothing is to be done.</summary>
    public UpdateJob? Job { get; init; }

    /// <summary>The message in question, to its entry in the ledger.</summary>
    public Guid? MessageId { get; init; }

    /// <summary>JSON as Meta wrote it, indented; null where it is not shown.</summary>
    public string? Content { get; init; }

    /// <summary>Whether <see cref="Content"/> is only its beginning.</summary>
    public bool IsCut { get; init; }

    /// <summary>Why the content is not shown.</summary>
    public ContentLoss Loss { get; init; }

    /// <summary>What asking for a replay came to: the last part of a text's name.</summary>
    public string? Done { get; init; }

    public bool MayReplay => Row.HasFailed && Loss is ContentLoss.None;

    public override string ToString() => $"{nameof(UpdateView)} {Row.Id}";
}
