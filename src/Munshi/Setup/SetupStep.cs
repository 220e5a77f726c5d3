namespace Munshi.Setup;

/// <summary>The steps of connecting a real number, in their order.</summary>
public enum SetupStep
{
    App,
    Webhook,
    Number,
    Test,
    Knowledge,
}
