using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Munshi.Web;

namespace Munshi.Vault;

/// <summary>
/// The form that sends a file (multipart/form-data, RFC 7578), read part by part as it comes, so that nothing of the file lies on a disk unencrypted. The
/// token that proves the form stands in front of the file, as in the page.
/// </summary>
internal sealed class FileForm(IAntiforgery antiforgery, IOptions<AntiforgeryOptions> options)
{
    /// <summary>Room for a caption far over the limit, so that it too comes back.</summary>
    private const int MaxFieldBytes = 64 * 1024;

    private const int MaxParts = 8;
    private const int MaxBoundaryLength = 70;

    /// <param name="context">The request.</param>
    /// <param name="file">Takes the file and what the browser calls it; null there where none was chosen.</param>
    /// <returns>The other fields by name; null for a form that was not made by this server for this browser, or cannot be read.</returns>
    /// <exception cref="BadHttpRequestException">The form is too large.</exception>
    public async Task<IReadOnlyDictionary<string, string>?> ReadAsync(HttpContext context, Func<Stream, string?, Task> file)
    {
        if (!FormOrigin.IsOwn(context.Request) || Boundary(context.Request) is not { } boundary)
        {
            return null;
        }

        MultipartReader reader = new(boundary, context.Request.Body);
        Dictionary<string, string> fields = [];
        bool isOurs = false;
        try
        {
            for (int part = 0; await reader.ReadNextSectionAsync(context.RequestAborted) is { } section; part++)
            {
                if (part == MaxParts || !ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out ContentDispositionHeaderValue? disposition))
                {
                    return null;
                }

                if (!disposition.IsFileDisposition())
                {
                    if (await TextAsync(section.Body, context.RequestAborted) is not { } text)
                    {
                        return null;
                    }

                    fields[disposition.Name.ToString().Trim('"')] = text;
                    continue;
                }

                if (!(isOurs = isOurs || await IsOursAsync(context, fields)))
                {
                    return null;
                }

                string name = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).ToString();
                await file(section.Body, name.Length > 0 ? Path.GetFileName(name) : null);
                await section.Body.CopyToAsync(Stream.Null, context.RequestAborted); // a browser reads no answer before all is sent
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            return null;
        }

        return isOurs ? fields : null;
    }

    private async Task<bool> IsOursAsync(HttpContext context, Dictionary<string, string> fields)
    {
        if (fields.GetValueOrDefault(options.Value.FormFieldName) is not { Length: > 0 } token)
        {
            return false;
        }

        context.Request.Headers[options.Value.HeaderName!] = token; // so that it is not looked for in the form
        return await antiforgery.IsRequestValidAsync(context);
    }

    private static string? Boundary(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
        && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
        && HeaderUtilities.RemoveQuotes(type.Boundary) is { Length: > 0 and <= MaxBoundaryLength } boundary
            ? boundary.ToString()
            : null;

    /// <summary>Null where it is too long.</summary>
    private static async Task<string?> TextAsync(Stream body, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[MaxFieldBytes + 1];
        int read = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return read > MaxFieldBytes ? null : Encoding.UTF8.GetString(buffer, 0, read);
    }
}
