namespace Munshi.Setup;

/// <summary>What may stand in the way, each explained in words on the page (<c>SetupTrouble.*</c>).</summary>
/// <remarks>Meta's codes: "Error codes" of the Cloud API, 2025-12-12.</remarks>
public enum SetupTrouble
{
    WrongSecret,
    WrongVerifyToken,
    Token,
    Permission,
    UnknownNumber,
    NotRegistered,
    NotListed,
    Payment,
    WindowClosed,
    Template,
    Undeliverable,
    Restricted,
    Busy,
    Unreachable,
    Uncertain,
    NoWebhook,
    Other,
}
