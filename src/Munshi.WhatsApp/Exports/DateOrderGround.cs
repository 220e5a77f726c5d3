namespace Munshi.WhatsApp.Exports;

/// <summary>How well the order of dates is known, the weakest last.</summary>
public enum DateOrderGround
{
    /// <summary>The layout allows no other, a number above 12 stands in one place, or the caller said so.</summary>
    Certain,

    /// <summary>The other order would make time run backwards or into the future, or contradicts the files' names.</summary>
    Inferred,

    /// <summary>Only the habit of writing (leading zeros) speaks for it.</summary>
    Leaning,

    /// <summary>Nothing in the file speaks for it.</summary>
    Guessed,
}
