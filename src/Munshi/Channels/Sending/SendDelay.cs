using System.Globalization;

namespace Munshi.Channels.Sending;

/// <summary>Why a message has not left yet, kept with its job as the type of the last failure.</summary>
/// <param name="Word">One of the words below.</param>
/// <param name="Code">Meta's, where Meta refused it for now; −1 for a refusal without one.</param>
internal sealed record SendDelay(string Word, int? Code = null)
{
    /// <summary>An earlier message of the conversation has to leave first.</summary>
    public const string Behind = "send.behind";

    /// <summary>Nobody answered at Meta's address.</summary>
    public const string Unreachable = "send.unreachable";

    /// <summary>Meta refused it for now.</summary>
    public const string Refused = "send.refused";

    /// <summary>As it stands in <c>work.job.last_error</c>.</summary>
    public string Stored => Code is { } code ? string.Create(CultureInfo.InvariantCulture, $"{Word} {code}") : Word;

    /// <returns>Null for another failure of the job.</returns>
    public static SendDelay? Read(string stored) => stored.Split(' ') switch
    {
        [Behind or Unreachable] => new SendDelay(stored),
        [Refused, { } number] when int.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int code) => new SendDelay(Refused, code),
        _ => null,
    };
}
