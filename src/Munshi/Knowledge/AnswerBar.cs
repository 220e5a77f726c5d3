namespace Munshi.Knowledge;

/// <summary>What in the wording of a question forbids answering by machine, however well an entry fits.</summary>
internal enum AnswerBar
{
    None,
    Negation,
    Complaint,
    SeveralQuestions,

    /// <summary>The customer tells of something done and asks nothing that an entry says.</summary>
    Statement,
    PersonWanted,
}
