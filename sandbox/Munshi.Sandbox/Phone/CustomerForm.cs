using System.Security.Cryptography;
using Munshi.Sandbox.Phone.Kinds;

namespace Munshi.Sandbox.Phone;

/// <summary>A customer's message as an HTML form: the page without JavaScript, and files. <c>fileAs</c> sends a file as <c>sticker</c> or <c>voice</c>.</summary>
internal static class CustomerForm
{
    public static async Task<(CustomerInput? Input, string Problem)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        IFormCollection form;
        try
        {
            form = await request.ReadFormAsync(cancellationToken);
        }
        catch (InvalidDataException exception)
        {
            return (null, $"The form cannot be read: {exception.Message}");
        }

        string? text = Field(form, "text")?.ReplaceLineEndings("\n"); // forms send CR LF
        string? edited = Field(form, "edit");
        return (KindForms.Read(form, new CustomerInput
        {
            Text = edited is null ? text : null,
            Edit = edited is null ? null : new EditInput(edited, text),
            Revoke = Field(form, "revoke") is { } deleted ? new RevokeInput(deleted) : null,
            ButtonId = Field(form, "buttonId"),
            ListId = Field(form, "listId"),
            ReplyTo = Field(form, "replyTo"),
            Name = Field(form, "name"),
            Reaction = Reaction(Field(form, "react")),
            File = form.Files.Count == 0 ? null : await FileAsync(form.Files[0], Field(form, "fileAs"), cancellationToken),
        }), "");
    }

    private static string? Field(IFormCollection form, string name) => form[name].ToString() is { Length: > 0 } value ? value : null;

    /// <param name="react">A message's id, a space and an emoji; without the emoji, the reaction is taken back.</param>
    private static ReactionInput? Reaction(string? react) =>
        react?.Split(' ', 2) is [string id, .. string[] emoji] ? new ReactionInput(id, emoji.FirstOrDefault()) : null;

    private static async Task<CustomerFile?> FileAsync(IFormFile file, string? sentAs, CancellationToken cancellationToken)
    {
        if (file.Length == 0 && file.FileName.Length == 0)
        {
            return null; // a file field left empty
        }

        await using Stream content = file.OpenReadStream();
        byte[] bytes = new byte[file.Length];
        await content.ReadExactlyAsync(bytes, cancellationToken);
        string type = string.IsNullOrEmpty(file.ContentType) ? "application/octet-stream" : file.ContentType;
        return new CustomerFile(file.FileName, type, Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes)
        {
            Role = sentAs switch
            {
                "sticker" => FileRole.Sticker,
                "voice" => FileRole.Voice,
                _ => FileRole.Plain,
            },
            IsMoving = WebpPicture.IsMoving(bytes.AsSpan(0, Math.Min(bytes.Length, WebpPicture.HeaderLength))),
        };
    }
}
