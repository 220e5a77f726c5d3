namespace Munshi.Tests.Canary;

/// <summary>Texts that exist nowhere else. Wherever one is found, it came from the conversation it was put into.</summary>
internal static class Canaries
{
    public const string BusinessName = "Pelican Loom House";
    public const string StaffName = "Devyani Sandpiper";
    public const string AppSecret = "appsecret-plover-0123456789abcdef";
    public const string VerifyToken = "verifytoken-whimbrel-01";
    public const string AccessToken = "accesstoken-dunlin-0123456789";
    public const string PhoneNumberId = "100000777131313";
    public const string BusinessNumber = "919000077731";
    public const string FaqQuestion = "When does the cormorant counter open?";
    public const string FaqAnswer = "The cormorant counter opens at seven.";

    public const string CustomerNumber = "919000031313";
    public const string ProfileName = "Banalata Spoonbill";
    public const string Text = "Have you the kingfisher weave in teal?";
    public const string HindiText = "क्या मोरपंखी कढ़ाई वाली साड़ी है?";
    public const string ProviderId = "wamid.HBgMOTE5MDAwMDMxMzEzcedarwaxwing";
    public const string UserId = "IN.7131313131313131313";
    public const string OrderNote = "flamingo border, gift wrap";
    public const string HologramNote = "an avocet in the air";
    public const string StaffReply = "The heron blue one is kept for you.";

    public const string KeyName = "The bittern's bookkeeping";

    public const string QuarantinedText = "oystercatcher for nobody";
    public const string MalformedText = "turnstone, not json";
    public const string UnsignedText = "godwit without signature";
    public const string WrongVerifyToken = "lapwing-guessed-token";

    /// <summary>Written in the clear on purpose, to see that the search finds it.</summary>
    public const string Control = "a phalarope in the clear";

    /// <summary>Everything that must be found nowhere; tokens made on the way are added by the test.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        BusinessName, StaffName, AppSecret, VerifyToken, AccessToken, PhoneNumberId, BusinessNumber[2..], FaqQuestion, FaqAnswer,
        CustomerNumber[2..], ProfileName, Text, HindiText, ProviderId, UserId[3..], OrderNote, HologramNote, StaffReply, KeyName,
        QuarantinedText, MalformedText, UnsignedText, WrongVerifyToken,
    ];
}
