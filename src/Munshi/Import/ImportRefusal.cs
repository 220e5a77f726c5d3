using System.Text.Json;
using Munshi.WhatsApp.Exports;

namespace Munshi.Import;

/// <summary>Why a file was not imported, beside what <see cref="ExportRefusal"/> says of the file itself.</summary>
internal enum ImportRefusal
{
    /// <summary>Its dates can be read in two ways.</summary>
    DatesUnclear,

    /// <summary>What was typed is no phone number.</summary>
    WrongNumber,

    /// <summary>It would be of a time that has not come yet.</summary>
    OfTheFuture,

    /// <summary>More messages than any phone exports.</summary>
    TooManyMessages,

    NobodyWrote,

    /// <summary>More than two people wrote.</summary>
    Group,

    /// <summary>Nobody of the name that was given wrote.</summary>
    BusinessNotFound,

    /// <summary>It does not tell which of the two is the business.</summary>
    BusinessUnclear,

    /// <summary>It does not hold the customer's number, and none was given.</summary>
    NumberMissing,

    /// <summary>Another import of the same chat began, or its customer was joined with another or separated.</summary>
    Overtaken,

    /// <summary>What was kept of the file cannot be read any more.</summary>
    FileLost,

    /// <summary>It was tried again and again, and something of ours failed each time.</summary>
    Failed,
}

/// <summary>The word of a refusal, as rows and texts name it.</summary>
internal static class ImportRefusalWord
{
    public static string Of(ImportRefusal refusal) => JsonNamingPolicy.KebabCaseLower.ConvertName(refusal.ToString());

    public static string Of(ExportRefusal refusal) => JsonNamingPolicy.KebabCaseLower.ConvertName(refusal.ToString());
}
