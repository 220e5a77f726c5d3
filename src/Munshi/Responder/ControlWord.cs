namespace Munshi.Responder;

/// <summary>A message that is an instruction to us rather than a question.</summary>
internal enum ControlWord
{
    None,

    /// <summary>No more automatic messages.</summary>
    Stop,

    /// <summary>Automatic messages again.</summary>
    Start,

    /// <summary>A person, please.</summary>
    Person,
}
