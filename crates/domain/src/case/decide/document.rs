//! Writing the memo, and marking what of it the public is not given.

use super::super::document::{Event as Written, ExemptPassage, Request};
use super::super::memo::{Memo, MemoPart};
use super::super::refusal::{Refusal, RequiredText};
use super::super::state::OpenCase;
use super::super::{Decision, Event};
use super::{fact, nothing};
use crate::Erasable;
use crate::invisible::says_nothing;

pub(super) fn decide(case: &OpenCase, request: &Request) -> Decision {
    match request {
        Request::DraftMemo(memo) => draft(case, memo),
        Request::ExemptPassage(it) => exempt(case, it),
        Request::GivePassage { part, passage } => give(case, *part, passage),
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

/// Marks a passage, in place of what was said of it before. It stands in the memo, has a legal
/// ground and says why that applies: the public is given everything else (offentleglova § 3, § 12).
fn exempt(case: &OpenCase, it: &ExemptPassage) -> Decision {
    let texts = [
        (it.passage.is_blank(), RequiredText::Passage),
        (says_nothing(&it.ground), RequiredText::LegalGround),
        (it.reason.is_blank(), RequiredText::Reason),
    ];
    if let Some((_, what)) = texts.into_iter().find(|(is_missing, _)| *is_missing) {
        return Err(Refusal::TextMissing { what });
    }
    match case.memo_as_written() {
        Some(memo) => require_found(std::slice::from_ref(it), memo)?,
        None => return Err(Refusal::PassageNotFound { parts: vec![it.part] }),
    }
    let mut passages = without(case, it.part, &it.passage);
    passages.push(it.clone());
    marked(case, passages)
}

/// Takes the mark away. What is not marked is given to the public already.
fn give(case: &OpenCase, part: MemoPart, passage: &Erasable<String>) -> Decision {
    marked(case, without(case, part, passage))
}

fn without(case: &OpenCase, part: MemoPart, passage: &Erasable<String>) -> Vec<ExemptPassage> {
    let others = case.documents.exempt.iter();
    others.filter(|other| (other.part, &other.passage) != (part, passage)).cloned().collect()
}

fn marked(case: &OpenCase, passages: Vec<ExemptPassage>) -> Decision {
    let is_so = passages.len() == case.documents.exempt.len()
        && passages.iter().all(|it| case.documents.exempt.contains(it));
    if is_so { nothing() } else { fact(Event::Document(Written::PassagesExempted { passages })) }
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

    fn mark(it: ExemptPassage) -> Command {
        writes(Request::ExemptPassage(it))
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
            .when(mark(there.clone()))
            .then([marked(std::slice::from_ref(&there))]);
        given([reported(), memo_submitted(1)])
            .when(mark(passage("nowhere to be found")))
            .then_refused(Refusal::PassageNotFound { parts: vec![MemoPart::Description] });
        given([reported()])
            .when(mark(there.clone()))
            .then_refused(Refusal::PassageNotFound { parts: vec![MemoPart::Description] });
        let groundless = ExemptPassage { ground: " ".to_owned(), ..there.clone() };
        given([reported(), memo_submitted(1)])
            .when(mark(groundless))
            .then_refused(Refusal::TextMissing { what: RequiredText::LegalGround });
        let unexplained = ExemptPassage { reason: text(""), ..there };
        given([reported(), memo_submitted(1)])
            .when(mark(unexplained))
            .then_refused(Refusal::TextMissing { what: RequiredText::Reason });
    }

    #[test]
    fn a_passage_is_marked_once_and_may_be_given_after_all() {
        let there = passage(&memo().description.get().cloned().expect("it is known"));
        let otherwise = ExemptPassage { ground: "offl. § 24".to_owned(), ..there.clone() };
        let history = [reported(), memo_submitted(1), marked(std::slice::from_ref(&there))];
        given(history.clone()).when(mark(there.clone())).then([]);
        given(history.clone()).when(mark(otherwise.clone())).then([marked(&[otherwise])]);
        let (part, passage) = (there.part, there.passage.clone());
        let give = || writes(Request::GivePassage { part, passage: passage.clone() });
        given(history).when(give()).then([marked(&[])]);
        given([reported(), memo_submitted(1)]).when(give()).then([]);
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
