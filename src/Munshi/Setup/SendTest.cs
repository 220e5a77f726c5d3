using System.Text.RegularExpressions;
using Munshi.Access;
using Munshi.Audit;
using Munshi.Channels;
using Munshi.Vault;
using Munshi.Web;
using Munshi.WhatsApp.Sending;

namespace Munshi.Setup;

/// <summary><c>POST /setup/test</c>: sends an approved template to a number of the owner's choice. The number is not kept; what Meta answered is.</summary>
/// <remarks>The one message that does not go through the outbox: it belongs to no conversation and is not kept in the vault.</remarks>
internal static partial class SendTest
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost(SetupUrls.Test, HandleAsync)
        .WithName(nameof(SendTest))
        .ForOwners()
        .AddEndpointFilter<FormTokenFilter>()
        .DisableAntiforgery();

    internal static async Task<IResult> HandleAsync(
        HttpContext context,
        SignedIn person,
        Numbers numbers,
        OptOutLookup optOuts,
        GraphClient graph,
        SetupProgress progress,
        SetupScreen screen,
        ILogger<SetupScreen> logger,
        CancellationToken cancellationToken)
    {
        IFormCollection form = await context.Request.ReadFormAsync(cancellationToken);
        SetupForm given = new()
        {
            Recipient = form["recipient"],
            Template = form["template"].ToString().Trim(),
            TemplateLanguage = form["templateLanguage"].ToString().Trim(),
        };
        string digits = Separators().Replace(given.Recipient ?? "", "");
        if (!Number().IsMatch(digits) || !TemplateName().IsMatch(given.Template) || !LanguageCode().IsMatch(given.TemplateLanguage))
        {
            return await AgainAsync(Number().IsMatch(digits) ? "Setup.Test.BadTemplate" : "Setup.Test.BadRecipient");
        }

        if ((await numbers.ListAsync(person.ClientId, cancellationToken)) is not [.., (Guid numberId, _)])
        {
            return TypedResults.LocalRedirect(SetupUrls.Step(SetupStep.Number));
        }

        if (await optOuts.HasOptedOutAsync(person.ClientId, digits.TrimStart('+'), cancellationToken))
        {
            return await AgainAsync("Setup.Test.OptedOut");
        }

        if (!await progress.BeginTestAsync(person.ClientId, cancellationToken))
        {
            return await AgainAsync("Setup.Test.TooSoon");
        }

        NumberCredentials from = await numbers.CredentialsAsync(person.ClientId, numberId, cancellationToken);
        SendOutcome outcome = await graph.SendAsync(
            new SendRequest
            {
                PhoneNumberId = from.PhoneNumberId,
                AccessToken = from.AccessToken,
                Recipient = new SendRecipient.Phone(digits),
                Content = new OutboundTemplate(given.Template, given.TemplateLanguage),
            },
            cancellationToken);
        Log.Sent(logger, outcome);
        (string name, int? code) = outcome switch
        {
            SendOutcome.Accepted => ("accepted", (int?)null),
            SendOutcome.Refused refused => ("refused", refused.Code),
            SendOutcome.NotSent => ("not-sent", null),
            _ => ("uncertain", null),
        };
        await progress.KeepTestAsync(person.ClientId, name, code, Actor.Person(person.PersonId), CancellationToken.None); // it was sent
        return TypedResults.LocalRedirect(SetupUrls.Test);

        Task<IResult> AgainAsync(string problem) =>
            screen.StepAsync(context, person, SetupStep.Test, given with { Problem = problem }, cancellationToken);
    }

    /// <summary>What people write between digits.</summary>
    [GeneratedRegex(@"[\s()\-.]", RegexOptions.CultureInvariant)]
    private static partial Regex Separators();

    [GeneratedRegex(@"^\+?[0-9]{8,15}$", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex("^[a-z0-9_]{1,512}$", RegexOptions.CultureInvariant)]
    private static partial Regex TemplateName();

    [GeneratedRegex("^[a-zA-Z]{2,3}(_[a-zA-Z]{2,4})?$", RegexOptions.CultureInvariant)]
    private static partial Regex LanguageCode();

    private static partial class Log
    {
        [LoggerMessage(14003, LogLevel.Information, "A test message: {Outcome}")]
        public static partial void Sent(ILogger logger, SendOutcome outcome);
    }
}
