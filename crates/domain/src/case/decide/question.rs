//! Asking the reporter, and the reporter's answer.

use super::super::command::Text;
use super::super::refusal::{Refusal, RequiredText};
use super::super::state::OpenCase;
use super::super::{Decision, Event};
use super::{fact, nothing, require};
use crate::ids::QuestionId;

/// Puts a question that the reporter finds under the follow-up code.
pub(super) fn ask(case: &OpenCase, it: &Text<QuestionId>) -> Decision {
    require(&it.text, RequiredText::Question)?;
    match case.questions.get(&it.about) {
        None => fact(Event::ReporterAsked { question: it.about, text: it.text.clone() }),
        Some(asked) if asked.text == it.text => nothing(),
        Some(_) => Err(Refusal::QuestionTaken { question: it.about }),
    }
}

/// Keeps the reporter's answer; a second thought is an addition to the report.
pub(super) fn answer(case: &OpenCase, it: &Text<QuestionId>) -> Decision {
    require(&it.text, RequiredText::Answer)?;
    let question = it.about;
    let asked = case.questions.get(&question).ok_or(Refusal::QuestionUnknown { question })?;
    match &asked.answer {
        None => fact(Event::ReporterAnswered { question, text: it.text.clone() }),
        Some(answer) if *answer == it.text => nothing(),
        Some(_) => Err(Refusal::QuestionTaken { question }),
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::super::super::command::Request;
    use super::super::super::spec::*;
    use super::*;

    const QUESTION: QuestionId = QuestionId(Uuid::from_u128(31));

    fn asked() -> Event {
        Event::ReporterAsked { question: QUESTION, text: text("was it locked?") }
    }

    fn answered() -> Event {
        Event::ReporterAnswered { question: QUESTION, text: text("yes") }
    }

    fn about(said: &str) -> Text<QuestionId> {
        Text { about: QUESTION, text: text(said) }
    }

    #[test]
    fn a_question_is_put_once() {
        let ask = |said| by_dpo(Request::AskReporter(about(said)));
        given([reported()]).when(ask("was it locked?")).then([asked()]);
        given([reported(), asked()]).when(ask("was it locked?")).then([]);
        given([reported(), asked()])
            .when(ask("where?"))
            .then_refused(Refusal::QuestionTaken { question: QUESTION });
        given([reported()])
            .when(ask(""))
            .then_refused(Refusal::TextMissing { what: RequiredText::Question });
    }

    #[test]
    fn a_question_is_answered_once() {
        let answer = |said| by_reporter(Request::AnswerQuestion(about(said)));
        given([reported(), asked()]).when(answer("yes")).then([answered()]);
        given([reported(), asked(), answered()]).when(answer("yes")).then([]);
        given([reported(), asked(), answered()])
            .when(answer("no"))
            .then_refused(Refusal::QuestionTaken { question: QUESTION });
        given([reported(), asked()])
            .when(answer(""))
            .then_refused(Refusal::TextMissing { what: RequiredText::Answer });
    }

    #[test]
    fn a_question_nobody_put_cannot_be_answered() {
        given([reported()])
            .when(by_reporter(Request::AnswerQuestion(about("yes"))))
            .then_refused(Refusal::QuestionUnknown { question: QUESTION });
    }
}
