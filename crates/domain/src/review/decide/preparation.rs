//! Preparing a review: its period and participants, what the service knows, what is written and
//! attached under each point.

use std::collections::BTreeSet;

use super::super::agenda::AgendaItem;
use super::super::command::Begin;
use super::super::event::Basis;
use super::super::refusal::{Refusal, RequiredText};
use super::super::state::OpenReview;
use super::super::{Decision, Event};
use super::{fact, next_version, nothing, require};
use crate::Erasable;
use crate::case::Attachment;
use crate::case::attachment::ATTACHMENTS_MAX;
use crate::ids::UserId;
use crate::invisible::says_nothing;

/// On how many days a review looks back at most: three years. More is a slip of the pen.
const PERIOD_DAYS_MAX: usize = 1_096;

/// Begins a review of days that have been.
pub(super) fn begin(it: &Begin) -> Decision {
    if it.last < it.first {
        return Err(Refusal::PeriodOutOfOrder);
    }
    let days = usize::try_from((it.last - it.first).num_days() + 1).unwrap_or(usize::MAX);
    if PERIOD_DAYS_MAX < days {
        return Err(Refusal::PeriodTooLong { days_max: PERIOD_DAYS_MAX });
    }
    if it.today < it.last {
        return Err(Refusal::PeriodNotOver);
    }
    let Begin { number, first, last, previous, participants, today: _ } = it.clone();
    let begun = Event::ReviewBegun { number, first, last, previous };
    let named = (!participants.is_empty()).then_some(Event::ParticipantsNamed { participants });
    Ok(std::iter::once(begun).chain(named).collect())
}

/// Says the same of a review that was begun so, whoever takes part by now.
pub(super) fn begin_again(review: &OpenReview, it: &Begin) -> Decision {
    let is_same = (review.number, review.first, review.last, review.previous)
        == (it.number, it.first, it.last, it.previous);
    if is_same { nothing() } else { Err(Refusal::ReviewTaken) }
}

/// Names those who are to take part.
pub(super) fn name(review: &OpenReview, participants: &BTreeSet<UserId>) -> Decision {
    if participants.is_empty() {
        return Err(Refusal::NobodyTakesPart);
    }
    if review.participants == *participants {
        return nothing();
    }
    fact(Event::ParticipantsNamed { participants: participants.clone() })
}

/// Notes from what the service's part is made, until it is made anew. What a review was held on
/// stays: a meeting decides on what it was shown.
pub(super) fn prepare(review: &OpenReview, basis: Basis) -> Decision {
    if review.basis == Some(basis) {
        return nothing();
    }
    if review.held.is_some() { Err(Refusal::IsHeld) } else { fact(Event::BasisPrepared(basis)) }
}

/// Gives up a review that was not held, so that another can be begun.
pub(super) fn abandon(review: &OpenReview, reason: &Erasable<String>) -> Decision {
    require(reason, RequiredText::Reason)?;
    if review.held.is_some() {
        return Err(Refusal::IsHeld);
    }
    fact(Event::ReviewAbandoned { reason: reason.clone() })
}

/// Keeps what is said under a point; earlier versions stay.
pub(super) fn write(review: &OpenReview, item: AgendaItem, text: &Erasable<String>) -> Decision {
    require(text, RequiredText::Item)?;
    let texts = review.items.get(&item).map(|it| it.texts.as_slice()).unwrap_or_default();
    if texts.last().is_some_and(|last| last.text == *text) {
        return nothing();
    }
    fact(Event::ItemWritten { item, version: next_version(texts.len()), text: text.clone() })
}

/// Attaches a file to a point, once.
pub(super) fn attach(review: &OpenReview, item: AgendaItem, file: &Attachment) -> Decision {
    let mut files = review.items.values().flat_map(|it| &it.files);
    if files.any(|it| it.attachment == file.attachment) {
        return nothing();
    }
    if file.file.get().is_some_and(|it| says_nothing(&it.description)) {
        return Err(Refusal::TextMissing { what: RequiredText::FileDescription });
    }
    if ATTACHMENTS_MAX <= review.file_count() {
        return Err(Refusal::TooManyFiles { files_max: ATTACHMENTS_MAX });
    }
    fact(Event::FileAttached { item, file: Box::new(file.clone()) })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::super::super::command::Request;
    use super::super::super::spec::*;
    use super::*;
    use crate::Position;
    use crate::case::attachment::{AttachedFile, AttachmentSource, FileKind};
    use crate::ids::AttachmentId;

    #[test]
    fn a_review_begins_with_its_period_and_those_who_take_part() {
        let named = Event::ParticipantsNamed { participants: [LEADER].into() };
        given([]).when(by_dpo(Request::Begin(begin_with([LEADER])))).then([begun(), named]);
        given([begun()]).when(by_dpo(Request::Begin(begin_with([])))).then([]);
        let other = Begin { last: begin_with([]).first, ..begin_with([]) };
        given([begun()])
            .when(by_dpo(Request::Begin(other.clone())))
            .then_refused(Refusal::ReviewTaken);
        let backwards = Begin { first: day(3).date_naive(), ..other };
        given([]).when(by_dpo(Request::Begin(backwards))).then_refused(Refusal::PeriodOutOfOrder);
        let years = |first: &str| Begin { first: first.parse().unwrap(), ..begin_with([]) };
        let three = years("2024-01-01");
        given([]).when(by_dpo(Request::Begin(three.clone()))).then([Event::ReviewBegun {
            number: three.number,
            first: three.first,
            last: three.last,
            previous: None,
        }]);
        for first in ["2023-12-31", "0202-01-01"] {
            let refused = Refusal::PeriodTooLong { days_max: PERIOD_DAYS_MAX };
            given([]).when(by_dpo(Request::Begin(years(first)))).then_refused(refused);
        }
        let to_come = Begin { last: day(11).date_naive(), ..begin_with([]) };
        given([]).when(by_dpo(Request::Begin(to_come))).then_refused(Refusal::PeriodNotOver);
        given([]).when(by_dpo(Request::Submit)).then_refused(Refusal::NotBegun);
    }

    #[test]
    fn a_review_begun_by_mistake_is_given_up_until_it_is_held() {
        let abandon = |why: &str| by_dpo(Request::Abandon(text(why)));
        let abandoned = || Event::ReviewAbandoned { reason: text("the wrong year") };
        given([begun()]).when(abandon("the wrong year")).then([abandoned()]);
        given([begun(), abandoned()]).when(abandon("the wrong year")).then([]);
        given([begun(), abandoned()]).when(abandon("why?")).then_refused(Refusal::IsAbandoned);
        given([begun(), abandoned()])
            .when(by_dpo(Request::NameParticipants([LEADER].into())))
            .then_refused(Refusal::IsAbandoned);
        let begin = by_dpo(Request::Begin(begin_with([])));
        given([begun(), abandoned()]).when(begin).then([]);
        let missing = Refusal::TextMissing { what: RequiredText::Reason };
        given([begun()]).when(abandon(" ")).then_refused(missing);
        given([begun(), named(), prepared(), held()])
            .when(abandon("the wrong year"))
            .then_refused(Refusal::IsHeld);
    }

    #[test]
    fn those_who_take_part_are_named_anew() {
        let name = |who: &[UserId]| Request::NameParticipants(who.iter().copied().collect());
        let named = Event::ParticipantsNamed { participants: [CONTROLLER, LEADER].into() };
        given([begun()]).when(by_dpo(name(&[CONTROLLER, LEADER]))).then([named.clone()]);
        given([begun(), named]).when(by_dpo(name(&[LEADER, CONTROLLER]))).then([]);
        given([begun()]).when(by_dpo(name(&[]))).then_refused(Refusal::NobodyTakesPart);
    }

    #[test]
    fn what_the_service_knows_is_prepared_from_one_place_in_the_log() {
        let basis = |position| Basis { position: Position(position), template: 1 };
        let prepare = |position| by_dpo(Request::PrepareBasis(basis(position)));
        given([begun()]).when(prepare(7)).then([Event::BasisPrepared(basis(7))]);
        given([begun(), Event::BasisPrepared(basis(7))]).when(prepare(7)).then([]);
        let met = [begun(), named(), prepared(), held()];
        given(met).when(prepare(71)).then_refused(Refusal::IsHeld);
        given([begun(), Event::BasisPrepared(basis(7))])
            .when(prepare(9))
            .then([Event::BasisPrepared(basis(9))]);
    }

    #[test]
    fn every_version_of_what_is_said_under_a_point_stays() {
        let write =
            |words| by_dpo(Request::WriteItem { item: AgendaItem::Threats, text: text(words) });
        let once = written(AgendaItem::Threats, 1, "more phishing");
        given([begun()]).when(write("more phishing")).then([once.clone()]);
        given([begun(), once.clone()]).when(write("more phishing")).then([]);
        given([begun(), once]).when(write("less")).then([written(AgendaItem::Threats, 2, "less")]);
        given([begun()])
            .when(write(" "))
            .then_refused(Refusal::TextMissing { what: RequiredText::Item });
    }

    fn report(number: u128, description: &str) -> Attachment {
        let file = AttachedFile {
            name: "revisjon.pdf".to_owned(),
            description: description.to_owned(),
            sha256: "ab".repeat(32),
        };
        Attachment {
            attachment: AttachmentId(Uuid::from_u128(number)),
            source: AttachmentSource::Handling,
            kind: FileKind::Pdf,
            length: 17,
            file: Erasable::known(file),
            inquiry: None,
        }
    }

    fn attach_one(file: Attachment) -> Request {
        Request::Attach { item: AgendaItem::AuditResults, file: Box::new(file) }
    }

    fn attached(file: Attachment) -> Event {
        Event::FileAttached { item: AgendaItem::AuditResults, file: Box::new(file) }
    }

    #[test]
    fn a_file_says_what_it_is_and_is_attached_once() {
        let audit = || report(1, "The audit of the spring");
        given([begun()]).when(by_dpo(attach_one(audit()))).then([attached(audit())]);
        given([begun(), attached(audit())]).when(by_dpo(attach_one(audit()))).then([]);
        given([begun()])
            .when(by_dpo(attach_one(report(1, " "))))
            .then_refused(Refusal::TextMissing { what: RequiredText::FileDescription });
        let full = (0..ATTACHMENTS_MAX as u128).map(|number| attached(report(number, "one")));
        given(std::iter::once(begun()).chain(full))
            .when(by_dpo(attach_one(report(9_999, "one more"))))
            .then_refused(Refusal::TooManyFiles { files_max: ATTACHMENTS_MAX });
    }
}
