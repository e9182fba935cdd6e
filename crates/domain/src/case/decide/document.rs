//! Writing the memo, and marking what of it the public is not given.

use super::super::document::{Event as Written, ExemptPassage, Request};
use super::super::memo::{Memo, MemoPart};
use super::super::refusal::{Refusal, RequiredText};
use super::super::state::OpenCase;
use super::super::{Decision, Event};
use super::{fact, nothing};

pub(super) fn decide(case: &OpenCase, request: &Request) -> Decision {
    match request {
        Request::DraftMemo(memo) => draft(case, memo),
        Request::ExemptPassages(passages) => exempt(case, passages),
    }
}

/// Keeps the memo as far as it is written. Empty parts are no hindrance yet.
fn draft(case: &OpenCase, memo: &Memo) -> Decision {
    if case.memo_as_written() == Some(memo) {
        return nothing();
    }
    let version = case.documents.draft.as_ref().map_or(1, |(version, _)| version + 1);
    fact(Event::Document(Written::MemoDrafted { version, memo: Box::new(memo.clone()) }))
}

/// Marks the passages. Each stands in the memo, has a legal ground and says why it applies: the
/// public is given everything else (offentleglova § 3 and § 12).
fn exempt(case: &OpenCase, passages: &[ExemptPassage]) -> Decision {
    if passages.iter().any(|it| it.passage.is_blank()) {
        return Err(Refusal::TextMissing { what: RequiredText::Passage });
    }
    if passages.iter().any(|it| it.ground.trim().is_empty()) {
        return Err(Refusal::TextMissing { what: RequiredText::LegalGround });
    }
    if passages.iter().any(|it| it.reason.is_blank()) {
        return Err(Refusal::TextMissing { what: RequiredText::Reason });
    }
    if passages == case.documents.exempt {
        return nothing();
    }
    match case.memo_as_written() {
        Some(memo) => require_found(passages, memo)?,
        None if passages.is_empty() => {}
        None => return Err(Refusal::PassageNotFound { parts: parts(passages.iter()) }),
    }
    fact(Event::Document(Written::PassagesExempted { passages: passages.to_vec() }))
}

/// Whether every passage stands in the memo: one that was rewritten would be given to the public
/// in its new words.
pub(super) fn require_found(passages: &[ExemptPassage], memo: &Memo) -> Result<(), Refusal> {
    let parts = parts(passages.iter().filter(|it| !it.stands_in(memo)));
    if parts.is_empty() { Ok(()) } else { Err(Refusal::PassageNotFound { parts }) }
}

fn parts<'a>(passages: impl Iterator<Item = &'a ExemptPassage>) -> Vec<MemoPart> {
    let mut parts: Vec<MemoPart> = passages.map(|it| it.part).collect();
    parts.sort_unstable();
    parts.dedup();
    parts
}

#[cfg(test)]
mod tests {
    use super::super::super::command::{self, Command};
    use super::super::super::spec::*;
    use super::*;

    fn writes(request: Request) -> Command {
        by_dpo(command::Request::Document(request))
    }

    fn drafted(version: u32, memo: Memo) -> Event {
        Event::Document(Written::MemoDrafted { version, memo: Box::new(memo) })
    }

    fn half() -> Memo {
        Memo { conclusion: text(""), ..memo() }
    }

    fn passage(words: &str) -> ExemptPassage {
        ExemptPassage {
            part: MemoPart::Description,
            passage: text(words),
            ground: "offl. § 13".to_owned(),
            reason: text("it tells of somebody's health"),
        }
    }

    fn mark(passages: &[ExemptPassage]) -> Command {
        writes(Request::ExemptPassages(passages.to_vec()))
    }

    fn marked(passages: &[ExemptPassage]) -> Event {
        Event::Document(Written::PassagesExempted { passages: passages.to_vec() })
    }

    #[test]
    fn a_memo_is_written_in_versions_with_parts_still_empty() {
        let draft = |memo: Memo| writes(Request::DraftMemo(Box::new(memo)));
        given([reported()]).when(draft(half())).then([drafted(1, half())]);
        given([reported(), drafted(1, half())]).when(draft(half())).then([]);
        given([reported(), drafted(1, half())]).when(draft(memo())).then([drafted(2, memo())]);
        given([reported(), memo_submitted(1)]).when(draft(memo())).then([]);
        given([reported(), drafted(1, half()), memo_submitted(1)])
            .when(draft(half()))
            .then([drafted(1, half())]);
    }

    #[test]
    fn a_passage_stands_in_the_memo_and_says_why_it_is_exempt() {
        let words = memo().description.get().cloned().expect("it is known");
        let there = passage(&words);
        given([reported(), memo_submitted(1)])
            .when(mark(std::slice::from_ref(&there)))
            .then([marked(std::slice::from_ref(&there))]);
        given([reported(), memo_submitted(1)])
            .when(mark(&[passage("nowhere to be found")]))
            .then_refused(Refusal::PassageNotFound { parts: vec![MemoPart::Description] });
        given([reported()])
            .when(mark(std::slice::from_ref(&there)))
            .then_refused(Refusal::PassageNotFound { parts: vec![MemoPart::Description] });
        let groundless = ExemptPassage { ground: " ".to_owned(), ..there.clone() };
        given([reported(), memo_submitted(1)])
            .when(mark(&[groundless]))
            .then_refused(Refusal::TextMissing { what: RequiredText::LegalGround });
        let unexplained = ExemptPassage { reason: text(""), ..there };
        given([reported(), memo_submitted(1)])
            .when(mark(&[unexplained]))
            .then_refused(Refusal::TextMissing { what: RequiredText::Reason });
    }

    #[test]
    fn a_memo_in_which_a_marked_passage_was_rewritten_is_not_submitted() {
        let there = passage(&memo().description.get().cloned().expect("it is known"));
        let rewritten = Memo { description: text("Something else."), ..memo() };
        let submit = |memo| by_dpo(command::Request::SubmitMemo(Box::new(memo)));
        let history = [reported(), drafted(1, memo()), marked(&[there])];
        given(history.clone())
            .when(submit(rewritten))
            .then_refused(Refusal::PassageNotFound { parts: vec![MemoPart::Description] });
        given(history).when(submit(memo())).then([memo_submitted(1)]);
    }
}
