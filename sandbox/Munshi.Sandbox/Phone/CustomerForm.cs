using System.Security.Cryptography;

namespace Munshi.Sandbox.Phone;

/// <summary>A customer's message as an HTML form: the page without JavaScript, and files.</summary>
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

        return (new CustomerInput
        {
            Text = Field(form, "text")?.ReplaceLineEndings("\n"), // forms send CR LF
            ButtonId = Field(form, "buttonId"),
            ListId = Field(form, "listId"),
            ReplyTo = Field(form, "replyTo"),
            Name = Field(form, "name"),
            Reaction = Reaction(Field(form, "react")),
            File = form.Files.Count == 0 ? null : await FileAsync(form.Files[0], cancellationToken),
        }, "");
    }

    private static string? Field(IFormCollection form, string name) => form[name].ToString() is { Length: > 0 } value ? value : null;

    /// <param name="react">A message's id, a space and an emoji; without the emoji, the reaction is taken back.</param>
    private static ReactionInput? Reaction(string? react) =>
        react?.Split(' ', 2) is [string id, .. string[] emoji] ? new ReactionInput(id, emoji.FirstOrDefault()) : null;

    private static async Task<CustomerFile?> FileAsync(IFormFile file, CancellationToken cancellationToken)
    {
        if (file.Length == 0 && file.FileName.Length == 0)
        {
            return null; // a file field left empty
        }

        await using Stream content = file.OpenReadStream();
        byte[] hash = await SHA256.HashDataAsync(content, cancellationToken);
        string type = string.IsNullOrEmpty(file.ContentType) ? "application/octet-stream" : file.ContentType;
        return new CustomerFile(file.FileName, type, Convert.ToHexStringLower(hash));
    }
}
