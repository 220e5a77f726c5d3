namespace Munshi.Vault.Pages.Details;

/// <summary>What a message holds beside its words: <see cref="FileDetail"/>, <see cref="PlaceDetail"/>, <see cref="CardsDetail"/>, <see cref="BasketDetail"/>, <see cref="FormDetail"/>, <see cref="NewNumberDetail"/>, <see cref="NoteDetail"/>, <see cref="ChoiceDetail"/> or <see cref="GapDetail"/>.</summary>
public abstract record MessageDetail
{
    private protected MessageDetail()
    {
    }

    /// <summary>Whether the words of the message are shown by the detail itself.</summary>
    public virtual bool HoldsWords => false;

    /// <summary>Nothing of what people wrote.</summary>
    public sealed override string ToString() => GetType().Name;
}
