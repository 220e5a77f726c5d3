using Munshi.Channels;

namespace Munshi.Setup;

/// <summary>Finds what stands in the way.</summary>
internal static class SetupTroubles
{
    private const int TestNumberList = 131030;

    /// <summary>What a refusal of Graph means while setting up.</summary>
    public static SetupTrouble OfCode(int code) => code switch
    {
        0 or 190 => SetupTrouble.Token,
        3 or 10 or 131005 or (>= 200 and <= 299) => SetupTrouble.Permission,
        33 or 100 => SetupTrouble.UnknownNumber,
        >= 133000 and <= 133016 => SetupTrouble.NotRegistered,
        TestNumberList => SetupTrouble.NotListed,
        131042 => SetupTrouble.Payment,
        131047 => SetupTrouble.WindowClosed,
        132000 or 132001 or 132012 or 132015 or 132016 => SetupTrouble.Template,
        131021 or 131026 => SetupTrouble.Undeliverable,
        368 or 131031 or 131037 or 131045 => SetupTrouble.Restricted,
        1 or 2 or 4 or 80007 or 130429 or 131000 or 131016 or 131048 or 131056 or 131057 => SetupTrouble.Busy,
        _ => SetupTrouble.Other,
    };

    /// <summary>What the callback shows, worst first.</summary>
    public static IEnumerable<SetupTrouble> Of(SetupState state)
    {
        CallbackState seen = state.Callback;
        if (seen.BadSignatureAt is { } bad && !(seen.DeliveryAt > bad))
        {
            yield return SetupTrouble.WrongSecret;
        }

        if (seen.RefusedHandshakeAt is { } refused && !(seen.HandshakeAt > refused))
        {
            yield return SetupTrouble.WrongVerifyToken;
        }

        if (state is { ArrivedAt: null, NumberId: not null } && seen is { HandshakeAt: not null, DeliveryAt: null, BadSignatures: 0 })
        {
            yield return SetupTrouble.NoWebhook;
        }
    }

    /// <summary>What the last test message came to; null when Meta took it.</summary>
    public static SetupTrouble? Of(TestResult test) => test.Outcome switch
    {
        "accepted" => null,
        "refused" => OfCode(test.Code ?? -1),
        "not-sent" => SetupTrouble.Unreachable,
        _ => SetupTrouble.Uncertain,
    };
}
