using Munshi.Bench.Groups;
using Munshi.CommandLine;

namespace Munshi.Bench.Load;

/// <summary>A vault that holds imported chats of 10,000 messages each, in small of 500.</summary>
internal sealed class FilledVault(RunningMunshi munshi, Installation installation, BenchOptions options)
{
    private int _chats;

    public int MessagesOfAChat { get; } = options.Pick(10_000, 500);

    /// <summary>Messages that stand in it.</summary>
    public long Messages => (long)_chats * MessagesOfAChat;

    /// <summary>Imports chats until there are so many.</summary>
    public async Task FillAsync(int chats, CancellationToken cancellationToken)
    {
        for (; _chats < chats; _chats++)
        {
            (string path, string contact) = await ChatFile.WriteAsync(options.Directory, _chats, MessagesOfAChat, cancellationToken);
            await ImportedChat.AddAsync(installation, munshi.ClientId, path, contact, MessagesOfAChat, cancellationToken);
            File.Delete(path);
            if ((_chats + 1) % 10 == 0)
            {
                Console.Error.WriteLine($"filled: {Messages + MessagesOfAChat} messages");
            }
        }
    }
}
