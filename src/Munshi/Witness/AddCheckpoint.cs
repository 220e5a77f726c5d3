using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Munshi.Ledger.Notes;

namespace Munshi.Witness;

/// <summary><c>POST /add-checkpoint</c>: the body judged, the answer as C2SP tlog-witness has it.</summary>
internal static partial class AddCheckpoint
{
    /// <summary>128 KiB: 63 hashes and a note with more signatures than witnesses there are. Kestrel answers 413 above it.</summary>
    internal const int MaxBodyBytes = 128 * 1024;

    private const string PlainText = "text/plain; charset=utf-8";

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/add-checkpoint", HandleAsync)
        .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes));

    internal static async Task<Utf8ContentHttpResult> HandleAsync(
        HttpRequest request, CheckpointWitness witness, ILogger<CheckpointWitness> logger, CancellationToken cancellationToken)
    {
        using MemoryStream received = new();
        try
        {
            await request.Body.CopyToAsync(received, cancellationToken);
        }
        catch (BadHttpRequestException refused)
        {
            return Refuse("the body is too long, or broken off", refused.StatusCode);
        }

        switch (witness.Add(received.GetBuffer().AsSpan(0, (int)received.Length)))
        {
            case WitnessVerdict.Cosigned cosigned:
                return TypedResults.Text(AddCheckpointResponse.Encode([cosigned.Line]), PlainText, StatusCodes.Status200OK);
            case WitnessVerdict.Conflict conflict:
                return TypedResults.Text(AddCheckpointResponse.EncodeSize(conflict.Size), AddCheckpointResponse.SizeContentType, StatusCodes.Status409Conflict);
            case WitnessVerdict.Malformed malformed:
                return Refuse(malformed.Reason, StatusCodes.Status400BadRequest);
            case WitnessVerdict.UnknownLog:
                return Refuse("the log is not known", StatusCodes.Status404NotFound);
            case WitnessVerdict.Unsigned unsigned:
                Log.Unsigned(logger, unsigned.Reason);
                return Refuse(unsigned.Reason, StatusCodes.Status403Forbidden);
            case WitnessVerdict.Inconsistent inconsistent:
                if (inconsistent.IsSigned)
                {
                    Log.Inconsistent(logger, inconsistent.Reason);
                }

                return Refuse(inconsistent.Reason, StatusCodes.Status422UnprocessableEntity);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static Utf8ContentHttpResult Refuse(string reason, int status) =>
        TypedResults.Text(System.Text.Encoding.UTF8.GetBytes($"{reason}\n"), PlainText, status);

    private static partial class Log
    {
        [LoggerMessage(17003, LogLevel.Warning, "A checkpoint in a known log's name was refused: {Reason}")]
        public static partial void Unsigned(ILogger logger, string reason);

        [LoggerMessage(17004, LogLevel.Error, "A checkpoint does not continue the one cosigned before: {Reason}")]
        public static partial void Inconsistent(ILogger logger, string reason);
    }
}
