using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Munshi.Bench.Intake;

/// <summary>One thread, kept-alive connections, one request at a time on each: the two cores belong to the server.</summary>
internal sealed class LoadGenerator : IDisposable
{
    private readonly List<Socket> _sockets = [];
    private readonly Dictionary<Socket, long> _due = [];
    private readonly Queue<Socket> _idle = new();
    private readonly List<Socket> _ready = [];
    private readonly byte[] _answer = new byte[16 * 1024];
    private readonly List<double> _milliseconds = [];
    private int _refused;

    public LoadGenerator(int port, int connections)
    {
        for (int i = 0; i < connections; i++)
        {
            Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Connect(IPAddress.Loopback, port);
            _sockets.Add(socket);
        }
    }

    /// <summary>Every connection always has a request under way.</summary>
    public LoadResult AsMuchAsPossible(Deliveries deliveries, TimeSpan time, CancellationToken cancellationToken)
    {
        Begin();
        long began = Stopwatch.GetTimestamp();
        long end = began + Ticks(time);
        foreach (Socket socket in _sockets)
        {
            Send(socket, deliveries, Stopwatch.GetTimestamp());
        }

        while (_due.Count > 0)
        {
            Wait(TimeSpan.FromSeconds(10), cancellationToken);
            foreach (Socket socket in _ready)
            {
                Receive(socket);
                long now = Stopwatch.GetTimestamp();
                if (now < end)
                {
                    Send(socket, deliveries, now);
                }
            }
        }

        return End(began);
    }

    /// <summary>Requests are due at even intervals, whatever became of the earlier ones; what waits for a connection waits on the clock.</summary>
    public LoadResult AtRate(Deliveries deliveries, double perSecond, TimeSpan time, CancellationToken cancellationToken)
    {
        Begin();
        _idle.Clear();
        _sockets.ForEach(_idle.Enqueue);
        long began = Stopwatch.GetTimestamp();
        long total = (long)(perSecond * time.TotalSeconds);
        long sent = 0;
        while (sent < total || _due.Count > 0)
        {
            long due = began + (long)(sent * Stopwatch.Frequency / perSecond);
            long now = Stopwatch.GetTimestamp();
            if (sent < total && now >= due && _idle.TryDequeue(out Socket? free))
            {
                Send(free, deliveries, due);
                sent++;
                continue;
            }

            // Where nothing is under way there is nothing to select on: the wait is then for the next due time alone.
            TimeSpan pause = sent < total && _idle.Count > 0 ? Stopwatch.GetElapsedTime(now, Math.Max(due, now)) : TimeSpan.FromSeconds(10);
            Wait(pause, cancellationToken);
            foreach (Socket socket in _ready)
            {
                Receive(socket);
                _idle.Enqueue(socket);
            }
        }

        return End(began);
    }

    public void Dispose() => _sockets.ForEach(socket => socket.Dispose());

    private void Begin()
    {
        _milliseconds.Clear();
        _refused = 0;
    }

    private LoadResult End(long began)
    {
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        double[] sorted = [.. _milliseconds.Order()];
        return new LoadResult(sorted.Length, _refused, seconds, sorted)
        {
            Slowest = [.. _milliseconds.Chunk(Math.Max(1, (int)(sorted.Length / Math.Max(1, seconds)))).Select(second => second.Max())],
        };
    }

    private void Wait(TimeSpan time, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _ready.Clear();
        if (_due.Count > 0)
        {
            _ready.AddRange(_due.Keys);
            Socket.Select(_ready, null, null, (int)Math.Max(time.TotalMicroseconds, 1));
        }
        else
        {
            cancellationToken.WaitHandle.WaitOne(time);
        }
    }

    private void Send(Socket socket, Deliveries deliveries, long due)
    {
        ReadOnlySpan<byte> request = deliveries.Next();
        if (request.IsEmpty)
        {
            throw new InvalidOperationException("More deliveries were made ready than sent was thought possible.");
        }

        _due[socket] = due;
        while (!request.IsEmpty)
        {
            request = request[socket.Send(request)..];
        }
    }

    private void Receive(Socket socket)
    {
        int length = 0;
        do
        {
            int read = socket.Receive(_answer.AsSpan(length));
            length += read > 0 ? read : throw new InvalidOperationException("The server closed a connection.");
        }
        while (!_answer.AsSpan(0, length).EndsWith("\r\n\r\n"u8)); // the answers have no body

        if (_answer.AsSpan(0, length).StartsWith("HTTP/1.1 200 "u8))
        {
            _milliseconds.Add(Stopwatch.GetElapsedTime(_due[socket]).TotalMilliseconds);
        }
        else
        {
            _refused++;
        }

        _due.Remove(socket);
    }

    private static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);
}
