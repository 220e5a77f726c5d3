namespace Munshi.Knowledge;

/// <summary>What in the wording of a question forbids answering by machine, however well an entry fits.</summary>
internal enum AnswerBar
{
    None,
    Negation,
    Complaint,
    SeveralQuestions,
    PersonWanted,
}
