using System.Globalization;

namespace Munshi.WhatsApp.Tests.Exports.Generated;

/// <summary>How a phone of one country writes what stands before a message, and the app's own words.</summary>
/// <param name="Name">For the test's name.</param>
/// <param name="IsApple">Whether the phone writes seconds, brackets, CRLF and marks.</param>
/// <param name="Header">Of a wall-clock time; on iOS what stands between the brackets.</param>
/// <param name="Omitted">Android's words for a file that is left out.</param>
/// <param name="Attached">Behind or before the name of a file.</param>
/// <param name="Deleted">In the place of a message.</param>
/// <param name="Edited">Behind a message.</param>
internal sealed record PhoneLocale(
    string Name,
    bool IsApple,
    Func<DateTime, string> Header,
    string Omitted = "<Media omitted>",
    string Attached = "file attached",
    string Deleted = "This message was deleted",
    string Edited = "<This message was edited>")
{
    private const string AppleAttached = "attached";

    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    public static readonly IReadOnlyList<PhoneLocale> All =
    [
        new("android en-US", false, at => Written(at, "M/d/yy, h:mm ") + Half(at, "AM", "PM")),
        new("android en-US narrow space", false, at => Written(at, "M/d/yy, h:mm\u202F") + Half(at, "AM", "PM")),
        new("android en-IN", false, at => Written(at, "dd/MM/yy, h:mm\u202F") + Half(at, "am", "pm")),
        new("android en-GB", false, at => Written(at, "dd/MM/yyyy, HH:mm")),
        new("android de", false, at => Written(at, "dd.MM.yy, HH:mm"), "<Medien ausgeschlossen>", "Datei angehängt", "Diese Nachricht wurde gelöscht.", "<Diese Nachricht wurde bearbeitet.>"),
        new("android cs", false, at => Written(at, "dd.MM.yy HH:mm"), "<Média vynechány>", "soubor byl přiložen"),
        new("android ru", false, at => Written(at, "dd.MM.yyyy, HH:mm"), "<Без медиафайлов>", "файл добавлен"),
        new("android nl", false, at => Written(at, "dd-MM-yyyy HH:mm"), "<Media weggelaten>", "bestand bijgevoegd"),
        new("android fr", false, at => Written(at, "dd/MM/yyyy à HH:mm"), "<Média omis>", "fichier joint", Edited: "<Ce message a été modifié>"),
        new("android en-CA", false, at => Written(at, "yyyy-MM-dd, h:mm ") + Half(at, "a.m.", "p.m.")),
        new("android sv", false, at => Written(at, "yyyy-MM-dd HH:mm")),
        new("android en-ZA", false, at => Written(at, "yyyy/MM/dd, HH:mm")),
        new("android ja", false, at => Written(at, "yyyy/MM/dd ") + Half(at, "午前", "午後") + Written(at, "h:mm"), "<メディアなし>", "ファイル添付"),
        new("android es-MX", false, at => Written(at, "d/M/yyyy, h:mm\u202F") + Half(at, "a.\u00A0m.", "p.\u00A0m."), "<Multimedia omitido>", "archivo adjunto", Edited: "<Se editó este mensaje.>"),
        new("android pt-BR", false, at => Written(at, "dd/MM/yyyy HH:mm"), "<Mídia oculta>", "arquivo anexado", Edited: "<Mensagem editada>"),
        new("android hi", false, at => Devanagari(Written(at, "dd/MM/yy, h:mm ")) + Half(at, "पूर्वाह्न", "अपराह्न"), "<मीडिया के बिना>"),
        new("android bn", false, at => Bengali(Written(at, "dd/MM/yy, h:mm ")) + Half(at, "পূর্বাহ্ণ", "অপরাহ্ণ")),
        new("android ko", false, at => Written(at, "yyyy. M. d. ") + Half(at, "오전", "오후") + Written(at, " h:mm")),
        new("android fi", false, at => Written(at, "d.M.yyyy 'klo' HH.mm")),
        new("android vi", false, at => Written(at, "HH:mm, dd/MM/yyyy")),
        new("android unknown words", false, at => Written(at, "dd/MM/yyyy, HH:mm"), "<Xyz zyx>", "abc def"),
        new("ios en-US", true, at => Written(at, "M/d/yy, h:mm:ss\u202F") + Half(at, "AM", "PM"), Attached: AppleAttached),
        new("ios de", true, at => Written(at, "dd.MM.yy, HH:mm:ss"), Attached: "Anhang", Deleted: "Diese Nachricht wurde gelöscht.", Edited: "<Diese Nachricht wurde bearbeitet.>"),
        new("ios id", true, at => Written(at, "dd/MM/yy HH.mm.ss"), Attached: AppleAttached),
        new("ios fi", true, at => Written(at, "d.M.yyyy 'klo' HH.mm.ss"), Attached: AppleAttached),
        new("ios vi", true, at => Written(at, "HH:mm:ss, dd/MM/yyyy"), Attached: AppleAttached),
        new("ios ja", true, at => Written(at, "yyyy/MM/dd HH:mm:ss"), Attached: "添付ファイル"),
        new("ios ja era", true, at => FormattableString.Invariant($"R{at.Year - 2018}/") + Written(at, "MM/dd HH:mm:ss"), Attached: "添付ファイル"),
        new("ios th", true, at => Written(at, "d/M/") + FormattableString.Invariant($"{at.Year + 543} BE") + Written(at, ", HH:mm:ss"), Attached: AppleAttached),
        new("ios fa", true, at => Persian(at) + Extended(Written(at, "، HH:mm:ss")), Attached: AppleAttached),
        new("ios ar", true, at => Arabic(Written(at, "d\u200F/M\u200F/yyyy، h:mm:ss\u00A0")) + Half(at, "ص", "م"), Attached: AppleAttached),
        new("ios ar latin digits", true, at => Written(at, "\u200Fdd\u200F/MM\u200F/yyyy، HH:mm:ss"), Attached: AppleAttached),
        new("ios unknown words", true, at => Written(at, "dd/MM/yyyy, HH:mm:ss"), Attached: "abc", Edited: "<zzz yyy>"),
    ];

    public override string ToString() => Name;

    private static string Written(DateTime at, string format) => at.ToString(format, Plain);

    private static string Half(DateTime at, string forenoon, string afternoon) => at.Hour < 12 ? forenoon : afternoon;

    private static string Devanagari(string text) => Digits(text, '०');

    private static string Bengali(string text) => Digits(text, '০');

    private static string Arabic(string text) => Digits(text, '٠');

    private static string Extended(string text) => Digits(text, '۰');

    private static string Digits(string text, char zero) => string.Concat(text.Select(letter => char.IsAsciiDigit(letter) ? (char)(zero + letter - '0') : letter));

    private static string Persian(DateTime at)
    {
        PersianCalendar calendar = new();
        return Extended(FormattableString.Invariant($"{calendar.GetYear(at)}/{calendar.GetMonth(at)}/{calendar.GetDayOfMonth(at)}"));
    }
}
