namespace Munshi.Sandbox.Control;

/// <summary>A business phone number and the Meta app that speaks for it.</summary>
internal sealed record BusinessNumber
{
    public const string DefaultPhoneNumberId = "100000000000001";
    public const string DefaultDisplayPhoneNumber = "919000000001";
    public const string DefaultWabaId = "200000000000001";
    public const string DefaultBusinessName = "Sandbox Shop";

    public required Uri Callback { get; init; }

    public required string AppSecret { get; init; }

    public required string VerifyToken { get; init; }

    public required string AccessToken { get; init; }

    public required string PhoneNumberId { get; init; }

    /// <summary>Digits, no plus, as Meta writes it in <c>metadata</c>.</summary>
    public required string DisplayPhoneNumber { get; init; }

    public required string WabaId { get; init; }

    public required string BusinessName { get; init; }
}
