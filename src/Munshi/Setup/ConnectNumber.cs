using Munshi.Access;
using Munshi.Audit;
using Munshi.Channels;
using Munshi.Channels.Health;
using Munshi.Web;
using Munshi.WhatsApp.Sending;

namespace Munshi.Setup;

/// <summary><c>POST /setup/number</c>: looks the number up at Meta, subscribes the account, and only then keeps number and token.</summary>
internal static partial class ConnectNumber
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost(SetupUrls.Number, HandleAsync)
        .WithName(nameof(ConnectNumber))
        .ForOwners()
        .AddEndpointFilter<FormTokenFilter>()
        .DisableAntiforgery();

    internal static async Task<IResult> HandleAsync(
        HttpContext context,
        SignedIn person,
        MetaApps apps,
        Numbers numbers,
        NumberAccounts accounts,
        GraphAccount graph,
        SetupProgress progress,
        SetupScreen screen,
        ILogger<SetupScreen> logger,
        CancellationToken cancellationToken)
    {
        IFormCollection form = await context.Request.ReadFormAsync(cancellationToken);
        bool fromSettings = form["from"] == SetupUrls.FromSettings;
        string token = form["token"].ToString().Trim();
        SetupForm given = new() { PhoneNumberId = form["phoneNumberId"].ToString().Trim(), WabaId = form["wabaId"].ToString().Trim() };
        if ((await apps.ListAsync(person.ClientId, cancellationToken)) is not [.., Guid app])
        {
            return TypedResults.LocalRedirect(SetupUrls.Step(SetupStep.App));
        }

        if (ProblemOf(given, token) is { } problem)
        {
            return await AgainAsync(given with { Problem = problem });
        }

        AccountOutcome found = await graph.ReadNumberAsync(given.PhoneNumberId, token, cancellationToken);
        Log.Asked(logger, found);
        if (TroubleOf(found) is { } unusable)
        {
            return await AgainAsync(given with { Trouble = unusable, Code = (found as AccountOutcome.Refused)?.Code });
        }

        if (found is not AccountOutcome.Number { DisplayNumber: { } display })
        {
            return await AgainAsync(given with { Trouble = SetupTrouble.Other });
        }

        if (given.WabaId.Length > 0)
        {
            AccountOutcome subscribed = await graph.SubscribeAsync(given.WabaId, token, cancellationToken);
            Log.Subscribed(logger, subscribed);
            if (TroubleOf(subscribed) is { } refused)
            {
                return await AgainAsync(given with { Trouble = refused, Code = (subscribed as AccountOutcome.Refused)?.Code });
            }
        }

        // One that is connected stays on its app; a new one goes on the newest.
        Guid on = await numbers.FindAsync(person.ClientId, given.PhoneNumberId, cancellationToken) is { } known
            ? await numbers.AppOfAsync(person.ClientId, known, cancellationToken)
            : app;
        Actor actor = Actor.Person(person.PersonId);
        NumberOutcome outcome = await numbers.ConnectAsync(person.ClientId, on, given.PhoneNumberId, display, token, actor, cancellationToken);
        switch (outcome)
        {
            case NumberOutcome.Differs:
                return await AgainAsync(given with { Problem = "Setup.Number.Differs" });
            case NumberOutcome.Refused:
                return await AgainAsync(given with { Problem = "Setup.Number.Taken" });
        }

        if (given.WabaId.Length > 0 && outcome is NumberOutcome.Connected connected)
        {
            await accounts.KeepAsync(person.ClientId, connected.NumberId, given.WabaId, display, cancellationToken);
            await progress.KeepAccountAsync(person.ClientId, given.WabaId, actor, cancellationToken);
        }

        return TypedResults.LocalRedirect(fromSettings ? $"{SetupUrls.Settings}?replaced=token" : SetupUrls.Step(SetupStep.Test));

        Task<IResult> AgainAsync(SetupForm shown) => fromSettings
            ? screen.SettingsAsync(context, person, shown, secretProblem: null, replaced: false, cancellationToken)
            : screen.StepAsync(context, person, SetupStep.Number, shown, cancellationToken);
    }

    private static string? ProblemOf(SetupForm given, string token)
    {
        if (LooksLikeNumber(given.PhoneNumberId!) || LooksLikeNumber(given.WabaId!))
        {
            return "Setup.Number.IsNumber";
        }

        if (!IsId(given.PhoneNumberId!))
        {
            return "Setup.Number.BadId";
        }

        if (given.WabaId!.Length > 0 && !IsId(given.WabaId))
        {
            return "Setup.Number.BadAccount";
        }

        if (IsId(token))
        {
            return "Setup.Number.TokenIsId";
        }

        return token.Length is < 8 or > 1024 || token.AsSpan().ContainsAnyExceptInRange('!', '~') ? "Setup.Number.BadToken" : null;
    }

    /// <summary>As people write phone numbers, or ten digits of India's mobile numbers, with or without 91 or 0; Meta's ids are longer.</summary>
    private static bool LooksLikeNumber(string text)
    {
        string digits = string.Concat(text.Where(char.IsAsciiDigit));
        return (digits.Length is >= 8 and <= 15 && digits.Length < text.Length && text.All(c => char.IsAsciiDigit(c) || c is '+' or ' ' or '-' or '(' or ')' or '.'))
            || (digits.Length == text.Length && digits is [>= '6' and <= '9', ..] and { Length: 10 } or ['0', >= '6' and <= '9', ..] and { Length: 11 } or ['9', '1', >= '6' and <= '9', ..] and { Length: 12 });
    }

    private static bool IsId(string id) => id.Length is >= 5 and <= 32 && id.All(char.IsAsciiDigit);

    private static SetupTrouble? TroubleOf(AccountOutcome outcome) => outcome switch
    {
        AccountOutcome.Refused refused => SetupTroubles.OfCode(refused.Code),
        AccountOutcome.Unreachable => SetupTrouble.Unreachable,
        _ => null,
    };

    private static partial class Log
    {
        [LoggerMessage(14001, LogLevel.Information, "A number was looked up at Meta: {Outcome}")]
        public static partial void Asked(ILogger logger, AccountOutcome outcome);

        [LoggerMessage(14002, LogLevel.Information, "An account's webhooks were asked for: {Outcome}")]
        public static partial void Subscribed(ILogger logger, AccountOutcome outcome);
    }
}
