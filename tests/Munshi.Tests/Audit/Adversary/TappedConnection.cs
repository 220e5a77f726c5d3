using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Munshi.Tests.Audit.Adversary;

/// <summary>One connection through a <see cref="StatementTap"/>: PostgreSQL's protocol 3.0, message by message.</summary>
internal sealed class TappedConnection(Socket client, Socket server, string role, Func<string, string, bool> mayPass)
{
    /// <summary>What follows a statement that writes: the answer to its transaction.</summary>
    public const string Answered = "answered";

    private const int SslRequest = 80877103;
    private const int GssRequest = 80877104;
    private const int CancelRequest = 80877102;

    private readonly Dictionary<string, string> _statements = [];
    private string _previous = "connected";
    private string _bound = "";
    private volatile string? _wrote;

    public async Task RunAsync()
    {
        using NetworkStream fromClient = new(client, ownsSocket: true);
        using NetworkStream fromServer = new(server, ownsSocket: true);
        try
        {
            bool isTapped = await StartAsync(fromClient, fromServer);
            Task[] ways = isTapped
                ? [ForwardAsync(fromClient, fromServer, MayPassForward), ForwardAsync(fromServer, fromClient, MayPassBack)]
                : [fromClient.CopyToAsync(fromServer), fromServer.CopyToAsync(fromClient)];
            await Task.WhenAny(ways);
        }
        catch (Exception ended) when (ended is IOException or SocketException or ObjectDisposedException)
        {
            // One of the two is gone: so is the other now.
        }
    }

    /// <returns>Whether it is the role's.</returns>
    private async Task<bool> StartAsync(NetworkStream fromClient, NetworkStream fromServer)
    {
        while (true)
        {
            byte[] packet = new byte[4];
            await fromClient.ReadExactlyAsync(packet);
            int length = BinaryPrimitives.ReadInt32BigEndian(packet);
            Array.Resize(ref packet, length);
            await fromClient.ReadExactlyAsync(packet.AsMemory(4));
            int code = BinaryPrimitives.ReadInt32BigEndian(packet.AsSpan(4));
            if (code is SslRequest or GssRequest)
            {
                await fromClient.WriteAsync("N"u8.ToArray());
                continue;
            }

            await fromServer.WriteAsync(packet);
            return code != CancelRequest && Encoding.UTF8.GetString(packet.AsSpan(8)).Contains($"user\0{role}\0", StringComparison.Ordinal);
        }
    }

    private static async Task ForwardAsync(NetworkStream from, NetworkStream to, Func<char, byte[], bool> mayPass)
    {
        using BufferedStream buffered = new(from, 64 * 1024);
        byte[] head = new byte[5];
        while (true)
        {
            await buffered.ReadExactlyAsync(head);
            byte[] message = new byte[1 + BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(1))];
            head.CopyTo(message, 0);
            await buffered.ReadExactlyAsync(message.AsMemory(5));
            if (!mayPass((char)head[0], message))
            {
                return;
            }

            await to.WriteAsync(message);
        }
    }

    private bool MayPassForward(char type, byte[] message)
    {
        string[] words = type is 'P' or 'B' or 'Q' ? Encoding.UTF8.GetString(message.AsSpan(5)).Split('\0', 3) : [];
        switch (type)
        {
            case 'P':
                _statements[words[0]] = words[1];
                return true;

            case 'B':
                _bound = _statements[words[1]];
                return true;

            case 'Q':
                return MayPass(words[0]);

            case 'E':
                return MayPass(_bound);

            default:
                return true;
        }
    }

    private bool MayPass(string statement)
    {
        bool passes = mayPass(_previous, statement);
        _previous = statement;
        _wrote = statement.Contains("INSERT INTO", StringComparison.Ordinal) || statement.StartsWith("UPDATE", StringComparison.Ordinal) ? statement : null;
        return passes;
    }

    private bool MayPassBack(char type, byte[] message)
    {
        if (type != 'Z' || _wrote is not { } wrote)
        {
            return true;
        }

        _wrote = null;
        return mayPass(wrote, Answered);
    }
}
