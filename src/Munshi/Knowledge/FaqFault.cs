namespace Munshi.Knowledge;

/// <summary>The commonest things wrong with a FAQ file, which a page says in the reader's language.</summary>
public enum FaqFault
{
    /// <summary>None of the others; said in English.</summary>
    Other,

    /// <summary>Nothing was sent, or nothing stands in it.</summary>
    Empty,

    /// <summary>An Excel workbook.</summary>
    Excel,

    NotUtf8,

    TooLarge,

    /// <summary>The header lacks the columns of <see cref="FaqProblem.Detail"/>.</summary>
    Columns,

    /// <summary>A row has more or fewer cells than the header.</summary>
    Cells,

    /// <summary>A field is empty.</summary>
    Missing,

    /// <summary>A field has too many characters, or the examples are too many.</summary>
    TooLong,

    /// <summary>An id stands twice.</summary>
    Twice,

    /// <summary>An id has other characters than it may.</summary>
    Letters,
}
