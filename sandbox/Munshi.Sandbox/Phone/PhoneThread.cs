using Munshi.Sandbox.Journal;

namespace Munshi.Sandbox.Phone;

/// <summary>The conversation of one customer's phone with one business number. Safe for concurrent use.</summary>
/// <param name="first">The customer's number; it may change.</param>
/// <param name="changed">Called after every change that someone may see.</param>
internal sealed class PhoneThread(string phoneNumberId, CustomerNumber first, JournalFile journal, TimeProvider clock, Func<long> changed)
{
    private readonly Lock _gate = new();
    private readonly List<PhoneMessage> _messages = [];
    private readonly List<long> _versions = []; // beside _messages: when each changed last
    private readonly Pulse _changed = new(clock);
    private CustomerIdentity _identity = new(first, first.DefaultName, null, false);
    private DateTimeOffset? _lastInboundAt;
    private long _version;
    private long _stamp;
    private DateTimeOffset _typingUntil;

    public string PhoneNumberId => phoneNumberId;

    public CustomerNumber Customer => Identity.Number;

    public string ProfileName => Identity.ProfileName;

    /// <summary>What the business learns of the customer.</summary>
    public CustomerIdentity Identity
    {
        get
        {
            lock (_gate)
            {
                return _identity;
            }
        }
    }

    /// <summary>When the customer last wrote: the 24-hour window opens there.</summary>
    public DateTimeOffset? LastInboundAt
    {
        get
        {
            lock (_gate)
            {
                return _lastInboundAt;
            }
        }
    }

    /// <summary>Rises on every change.</summary>
    public long Version
    {
        get
        {
            lock (_gate)
            {
                return _version;
            }
        }
    }

    /// <summary>How much longer the business seems to be typing; zero when it is not.</summary>
    public TimeSpan Typing
    {
        get
        {
            lock (_gate)
            {
                TimeSpan left = _typingUntil - clock.GetUtcNow();
                return left > TimeSpan.Zero ? left : TimeSpan.Zero;
            }
        }
    }

    /// <summary>0 when there is no message.</summary>
    public long LastSequence
    {
        get
        {
            lock (_gate)
            {
                return _messages.Count == 0 ? 0 : _messages[^1].Sequence;
            }
        }
    }

    public Task UntilAsync(Func<bool> ready, TimeSpan atMost, CancellationToken cancellationToken) =>
        _changed.UntilAsync(ready, atMost, cancellationToken);

    /// <summary>Adds a message; its sequence is drawn inside, so that a phone's order is the order of sequences.</summary>
    /// <param name="beforeShown">Queues the webhooks, before anyone can see the message: so they go in the same order.</param>
    public PhoneMessage Append(Func<PhoneMessage> create, Action<PhoneMessage> beforeShown)
    {
        PhoneMessage message;
        lock (_gate)
        {
            message = create();
            Add(message);
            journal.Append(new JournalLine.Message(message));
            beforeShown(message);
        }

        Changed();
        return message;
    }

    /// <summary>Moves a message forward; a step back or an unknown message changes nothing.</summary>
    public void Advance(long sequence, MessageStatus status)
    {
        lock (_gate)
        {
            int index = _messages.FindLastIndex(message => message.Sequence == sequence);
            if (index < 0 || !TryAdvance(index, status))
            {
                return;
            }

            journal.Append(new JournalLine.Status(phoneNumberId, _identity.Number.Digits, sequence, status));
        }

        Changed();
    }

    /// <summary>The typing indicator: goes after 25 s or with the next message, as with Meta.</summary>
    public void ShowTyping()
    {
        lock (_gate)
        {
            _typingUntil = clock.GetUtcNow().AddSeconds(25);
        }

        Changed();
    }

    /// <summary>The name from now on; the business learns of it with the next message.</summary>
    public void Rename(string name)
    {
        lock (_gate)
        {
            _identity = _identity with { ProfileName = name };
        }

        Changed();
    }

    /// <summary>What the business learns from now on, with the next webhook.</summary>
    public void Identify(string? username, bool isPhoneKeptBack)
    {
        lock (_gate)
        {
            journal.Append(new JournalLine.Identity(phoneNumberId, _identity.Number.Digits, username, isPhoneKeptBack));
            _identity = _identity with { Username = username, IsPhoneKeptBack = isPhoneKeptBack };
        }

        Changed();
    }

    /// <summary>The conversation goes on under another number.</summary>
    public void Move(CustomerNumber to)
    {
        lock (_gate)
        {
            journal.Append(new JournalLine.Move(phoneNumberId, _identity.Number.Digits, to.Digits));
            RestoreMove(to);
        }

        Changed();
    }

    /// <summary>The row of the list of customers.</summary>
    public Conversation Summary()
    {
        lock (_gate)
        {
            int last = _messages.FindLastIndex(message => message.Kind is not ("reaction" or "edit" or "revoke"));
            return new Conversation(
                _identity.Number.Digits,
                _identity.ProfileName,
                _messages.Count(message => message is { Direction: MessageDirection.Business, Status: < MessageStatus.Read, Kind: not "reaction" }),
                last < 0 ? null : MessageViews.Of(_messages[last], _versions[last], new ThreadIndex([])),
                _stamp);
        }
    }

    /// <summary>Everything, without anything becoming read.</summary>
    public (IReadOnlyList<PhoneMessageView> All, long Version) Peek()
    {
        lock (_gate)
        {
            return (Views(), _version);
        }
    }

    /// <summary>Marks the customer's messages up to this one as read by the business.</summary>
    public void MarkReadByBusiness(long upTo)
    {
        foreach (PhoneMessage message in Find(message => message.Direction == MessageDirection.Customer && message.Sequence <= upTo && message.Status != MessageStatus.Read))
        {
            Advance(message.Sequence, MessageStatus.Read);
        }
    }

    /// <summary>What the customer sees on opening the chat: everything; what was unread is read from now on and returned apart.</summary>
    public (IReadOnlyList<PhoneMessageView> All, IReadOnlyList<PhoneMessage> NewlyRead, long Version) Open()
    {
        List<PhoneMessage> newlyRead = [];
        IReadOnlyList<PhoneMessageView> all;
        long version;
        lock (_gate)
        {
            for (int index = 0; index < _messages.Count; index++)
            {
                if (_messages[index].Direction == MessageDirection.Business && TryAdvance(index, MessageStatus.Read))
                {
                    newlyRead.Add(_messages[index]);
                    journal.Append(new JournalLine.Status(phoneNumberId, _identity.Number.Digits, _messages[index].Sequence, MessageStatus.Read));
                }
            }

            all = Views();
            version = _version;
        }

        if (newlyRead.Count > 0)
        {
            Changed();
        }

        return (all, newlyRead, version);
    }

    public PhoneMessageView View(PhoneMessage message)
    {
        lock (_gate)
        {
            int index = _messages.FindLastIndex(known => known.Sequence == message.Sequence);
            return MessageViews.Of(_messages[index], _versions[index], new ThreadIndex(_messages));
        }
    }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<PhoneMessage> Find(Func<PhoneMessage, bool> wanted)
    {
        lock (_gate)
        {
            return [.. _messages.AsEnumerable().Reverse().Where(wanted)];
        }
    }

    public void Restore(PhoneMessage message)
    {
        lock (_gate)
        {
            Add(message);
        }
    }

    public void RestoreIdentity(string? username, bool isPhoneKeptBack)
    {
        lock (_gate)
        {
            _identity = _identity with { Username = username, IsPhoneKeptBack = isPhoneKeptBack };
        }
    }

    public void RestoreMove(CustomerNumber to)
    {
        lock (_gate)
        {
            bool hasName = _identity.ProfileName != _identity.Number.DefaultName;
            _identity = _identity with { Number = to, ProfileName = hasName ? _identity.ProfileName : to.DefaultName };
            _version++;
        }
    }

    public void Restore(long sequence, MessageStatus status)
    {
        lock (_gate)
        {
            int index = _messages.FindLastIndex(message => message.Sequence == sequence);
            if (index >= 0)
            {
                TryAdvance(index, status);
            }
        }
    }

    private IReadOnlyList<PhoneMessageView> Views()
    {
        ThreadIndex index = new(_messages);
        return [.. _messages.Select((message, at) => MessageViews.Of(message, _versions[at], index))];
    }

    private void Changed()
    {
        Interlocked.Exchange(ref _stamp, changed());
        _changed.Send();
    }

    private void Add(PhoneMessage message)
    {
        _messages.Add(message);
        _versions.Add(++_version);
        int changed = message.IsChange ? _messages.FindLastIndex(message.Changes) : -1;
        if (changed >= 0)
        {
            (_messages[changed], _versions[changed]) = (_messages[changed].ChangedTo(message), ++_version);
        }

        _identity = _identity with { ProfileName = message.ProfileName ?? _identity.ProfileName };
        _typingUntil = message.Direction == MessageDirection.Business ? default : _typingUntil;
        if (message.Direction == MessageDirection.Customer && !(message.At < _lastInboundAt))
        {
            _lastInboundAt = message.At;
        }
    }

    private bool TryAdvance(int index, MessageStatus status)
    {
        if (_messages[index].Status >= status)
        {
            return false;
        }

        _messages[index] = _messages[index] with { Status = status };
        _versions[index] = ++_version;
        return true;
    }
}
