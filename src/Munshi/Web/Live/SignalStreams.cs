using Munshi.Access;
using Munshi.Database.WorkQueue;

namespace Munshi.Web.Live;

/// <summary>The open pages' streams. What changes in a workspace is told to its own pages and to no other.</summary>
internal sealed class SignalStreams : IDisposable
{
    /// <summary>Streams of one session; browsers need one, whatever the number of tabs.</summary>
    public const int MostOfSession = 8;

    private readonly Lock _gate = new();
    private readonly List<SignalStream> _open = [];
    private readonly Wakeups _wakeups;
    private readonly Sessions _sessions;

    public SignalStreams(Wakeups wakeups, Sessions sessions)
    {
        (_wakeups, _sessions) = (wakeups, sessions);
        wakeups.ConversationChanged += OnConversationChanged;
        wakeups.ConversationRead += OnConversationRead;
        wakeups.CallbackSeen += OnCallbackSeen;
        wakeups.Resumed += OnResumed;
        sessions.Ended += OnSessionEnded;
    }

    /// <summary>Null when the session has <see cref="MostOfSession"/> already. The caller closes it.</summary>
    public SignalStream? Open(SignedIn person)
    {
        lock (_gate)
        {
            if (_open.Count(stream => stream.SessionId == person.SessionId) >= MostOfSession)
            {
                return null;
            }

            SignalStream stream = new(person.ClientId, person.SessionId);
            _open.Add(stream);
            return stream;
        }
    }

    public void Close(SignalStream stream)
    {
        lock (_gate)
        {
            _open.Remove(stream);
            stream.Dispose();
        }
    }

    public void Dispose()
    {
        _wakeups.ConversationChanged -= OnConversationChanged;
        _wakeups.ConversationRead -= OnConversationRead;
        _wakeups.CallbackSeen -= OnCallbackSeen;
        _wakeups.Resumed -= OnResumed;
        _sessions.Ended -= OnSessionEnded;
    }

    private void OnConversationChanged(Guid clientId, Guid conversationId) =>
        Tell(stream => stream.ClientId == clientId, $"conv:{conversationId}", "inbox");

    private void OnConversationRead(Guid clientId, Guid conversationId) => Tell(stream => stream.ClientId == clientId, "inbox");

    private void OnCallbackSeen(Guid clientId) => Tell(stream => stream.ClientId == clientId, "callback");

    private void OnResumed() => Tell(_ => true, SignalStream.Resync);

    private void OnSessionEnded(Guid sessionId)
    {
        lock (_gate)
        {
            foreach (SignalStream stream in _open.Where(stream => stream.SessionId == sessionId))
            {
                stream.End();
            }
        }
    }

    private void Tell(Func<SignalStream, bool> whom, params ReadOnlySpan<string> signals)
    {
        lock (_gate)
        {
            foreach (SignalStream stream in _open.Where(whom))
            {
                foreach (string signal in signals)
                {
                    stream.Offer(signal);
                }
            }
        }
    }
}
