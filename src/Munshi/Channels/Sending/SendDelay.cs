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

    /// <summary>The number is stopped: Meta refuses all its messages alike.</summary>
    public const string Stopped = "send.stopped";

    /// <summary>It is not its turn yet: so much is sent that Meta would refuse it.</summary>
    public const string Paced = "send.paced";

    /// <returns>Null for another failure of the job.</returns>
    public static SendDelay? Read(string stored) => stored.Split(' ') switch
    {
        [Behind or Unreachable or Paced] => new SendDelay(stored),
        [{ } word and (Refused or Stopped), { } number] when int.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int code) => new SendDelay(word, code),
        _ => null,
    };
}
