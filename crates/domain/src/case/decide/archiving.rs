//! Handing a closed case over to the archive, and what became of it.

use super::super::archiving::{Entry, Event as Archived, Hindrance, Request, Stage};
use super::super::command::Command;
use super::super::refusal::{Refusal, RequiredText};
use super::super::state::{ClosedCase, Closing, OpenCase};
use super::super::{Decision, Event};
use super::{fact, nothing};
use crate::Time;
use crate::invisible::says_nothing;

/// In a case that was taken up again the earlier package may still be on its way.
pub(super) fn in_open(case: &OpenCase, request: &Request, command: &Command) -> Decision {
    match request {
        Request::Prepare(_) => Err(Refusal::NotClosed),
        other => further(case, other, command),
    }
}

pub(super) fn in_closed(closed: &ClosedCase, request: &Request, command: &Command) -> Decision {
    match (request, &closed.closing) {
        (Request::Prepare(_), Closing::Merged { into }) => {
            Err(Refusal::CaseIsMerged { into: into.number })
        }
        (Request::Prepare(entries), _) => prepare(&closed.case, entries),
        (other, _) => further(&closed.case, other, command),
    }
}

/// A package that was not handed over yet may be prepared anew; one that was stays as it is. One
/// that failed goes again as it is, at once: whoever asks has done something about it.
fn prepare(case: &OpenCase, entries: &[Entry]) -> Decision {
    if entries.iter().any(|it| it.title.is_blank() || it.public_title.is_blank()) {
        return Err(Refusal::TextMissing { what: RequiredText::Title });
    }
    if let Some((_, package)) = case.archive.current() {
        if package.entries == entries && package.stage == Stage::Prepared {
            return nothing();
        }
        if !package.stage.is_to_go() {
            let is_same = package.entries == entries;
            return if is_same { nothing() } else { Err(Refusal::ArchiveHandedOver) };
        }
    }
    let version = case.archive.next_version();
    archived(Archived::ArchivePrepared { version, entries: entries.to_vec() })
}

fn further(case: &OpenCase, request: &Request, command: &Command) -> Decision {
    match request {
        Request::Prepare(_) => nothing(),
        Request::HandOver { version, manifest } => hand_over(case, *version, manifest),
        Request::Fail { version, hindrance } => fail(case, *version, *hindrance),
        Request::Receipt { reference, received_at } => {
            receipt(case, reference, *received_at, command)
        }
    }
}

fn hand_over(case: &OpenCase, version: u32, manifest: &str) -> Decision {
    match case.archive.package(version) {
        Some(package) if package.stage.is_to_go() => {
            archived(Archived::ArchiveHandedOver { version, manifest: manifest.to_owned() })
        }
        _ => nothing(),
    }
}

/// Says once what stands in the way, however often it is tried.
fn fail(case: &OpenCase, version: u32, hindrance: Hindrance) -> Decision {
    let is_known = |stage: &Stage| *stage == Stage::Failed { hindrance };
    let may_be = |stage: &Stage| match stage {
        Stage::HandedOver { .. } => hindrance == Hindrance::Refused,
        other => other.is_to_go() && !is_known(other),
    };
    match case.archive.package(version) {
        Some(package) if may_be(&package.stage) => {
            archived(Archived::ArchiveFailed { version, hindrance })
        }
        _ => nothing(),
    }
}

fn receipt(case: &OpenCase, reference: &str, received_at: Time, command: &Command) -> Decision {
    if says_nothing(reference) {
        return Err(Refusal::TextMissing { what: RequiredText::Reference });
    }
    if command.at < received_at {
        return Err(Refusal::TimeInFuture { given: received_at });
    }
    let may_have = |stage: &Stage| !stage.is_to_go() || stage.is_refused();
    let latest = case.archive.latest().filter(|(_, package)| may_have(&package.stage));
    let (version, package) = latest.ok_or(Refusal::ArchiveNotHandedOver)?;
    let reference = reference.trim().to_owned();
    if package.stage == (Stage::Receipted { reference: reference.clone(), received_at }) {
        return nothing();
    }
    archived(Archived::ArchiveReceipted { version, reference, received_at })
}

fn archived(event: Archived) -> Decision {
    fact(Event::Archiving(event))
}

#[cfg(test)]
mod tests {
    use super::super::super::command::{self, Acting};
    use super::super::super::spec::*;
    use super::*;

    fn entry(title: &str) -> Entry {
        Entry {
            paper: "memo".to_owned(),
            title: text(title),
            public_title: text(title),
            is_open: false,
            ground: "offl. § 13".to_owned(),
        }
    }

    fn asks(request: Request) -> Command {
        by_dpo(command::Request::Archiving(request))
    }

    fn finds(request: Request) -> Command {
        let request = command::Request::Archiving(request);
        Command { at: monday(12), by: Acting::service(), request }
    }

    fn prepare(title: &str) -> Command {
        asks(Request::Prepare(vec![entry(title)]))
    }

    fn prepared(version: u32, title: &str) -> Event {
        Event::Archiving(Archived::ArchivePrepared { version, entries: vec![entry(title)] })
    }

    fn hand_over(version: u32) -> Command {
        finds(Request::HandOver { version, manifest: "ab".to_owned() })
    }

    fn handed_over(version: u32) -> Event {
        Event::Archiving(Archived::ArchiveHandedOver { version, manifest: "ab".to_owned() })
    }

    fn fail(hindrance: Hindrance) -> Command {
        finds(Request::Fail { version: 1, hindrance })
    }

    fn failed(hindrance: Hindrance) -> Event {
        Event::Archiving(Archived::ArchiveFailed { version: 1, hindrance })
    }

    fn receipt(reference: &str) -> Command {
        let reference = reference.to_owned();
        asks(Request::Receipt { reference, received_at: monday(7) })
    }

    fn receipted(version: u32, reference: &str) -> Event {
        let reference = reference.to_owned();
        let received_at = monday(7);
        Event::Archiving(Archived::ArchiveReceipted { version, reference, received_at })
    }

    fn closed() -> Vec<Event> {
        vec![reported(), Event::ClosedAsNotADeviation { reason: text("none") }]
    }

    fn after(events: &[Event]) -> Vec<Event> {
        closed().into_iter().chain(events.iter().cloned()).collect()
    }

    #[test]
    fn a_closed_case_is_prepared_and_anew_until_it_is_handed_over() {
        given([reported()]).when(prepare("a")).then_refused(Refusal::NotClosed);
        given(closed()).when(prepare("a")).then([prepared(1, "a")]);
        given(after(&[prepared(1, "a")])).when(prepare("a")).then([]);
        given(after(&[prepared(1, "a")])).when(prepare("b")).then([prepared(2, "b")]);
        given(after(&[prepared(1, "a"), handed_over(1)]))
            .when(prepare("b"))
            .then_refused(Refusal::ArchiveHandedOver);
        given(closed())
            .when(prepare(" "))
            .then_refused(Refusal::TextMissing { what: RequiredText::Title });
    }

    #[test]
    fn a_case_closed_again_is_handed_over_again() {
        let again = [
            prepared(1, "a"),
            handed_over(1),
            Event::CaseReopened { reason: text("more") },
            Event::ClosedAsNotADeviation { reason: text("none") },
        ];
        given(after(&again)).when(prepare("a")).then([prepared(2, "a")]);
    }

    #[test]
    fn it_is_handed_over_once_and_a_hindrance_is_said_once() {
        let history = after(&[prepared(1, "a")]);
        given(history.clone()).when(hand_over(1)).then([handed_over(1)]);
        given(after(&[prepared(1, "a"), handed_over(1)])).when(hand_over(1)).then([]);
        given(history.clone()).when(hand_over(2)).then([]);
        let full = Hindrance::DiskFull;
        given(history).when(fail(full)).then([failed(full)]);
        let stuck = after(&[prepared(1, "a"), failed(full)]);
        given(stuck.clone()).when(fail(full)).then([]);
        given(stuck.clone()).when(fail(Hindrance::NoFolder)).then([failed(Hindrance::NoFolder)]);
        given(stuck).when(hand_over(1)).then([handed_over(1)]);
        given(after(&[prepared(1, "a"), handed_over(1)])).when(fail(full)).then([]);
    }

    #[test]
    fn what_failed_goes_again_as_it_is_when_somebody_asks() {
        let stuck = after(&[prepared(1, "a"), failed(Hindrance::NotPermitted)]);
        given(stuck).when(prepare("a")).then([prepared(2, "a")]);
    }

    #[test]
    fn what_the_archive_refused_was_not_taken_in_and_goes_anew_or_is_receipted_after_all() {
        let no = Hindrance::Refused;
        let history = after(&[prepared(1, "a"), handed_over(1)]);
        given(history).when(fail(no)).then([failed(no)]);
        let refused = after(&[prepared(1, "a"), handed_over(1), failed(no)]);
        given(refused.clone()).when(prepare("a")).then([prepared(2, "a")]);
        given(refused).when(receipt("26/7")).then([receipted(1, "26/7")]);
        let has = after(&[prepared(1, "a"), handed_over(1), receipted(1, "26/7")]);
        given(has).when(fail(no)).then([]);
    }

    #[test]
    fn a_receipt_is_of_what_was_handed_over() {
        let history = after(&[prepared(1, "a"), handed_over(1)]);
        given(history.clone()).when(receipt("26/7")).then([receipted(1, "26/7")]);
        given(history.clone())
            .when(receipt(" "))
            .then_refused(Refusal::TextMissing { what: RequiredText::Reference });
        given(after(&[prepared(1, "a")]))
            .when(receipt("26/7"))
            .then_refused(Refusal::ArchiveNotHandedOver);
        let has = after(&[prepared(1, "a"), handed_over(1), receipted(1, "26/7")]);
        given(has.clone()).when(receipt("26/7")).then([]);
        given(has).when(receipt("26/8")).then([receipted(1, "26/8")]);
        let later = Request::Receipt { reference: "1".to_owned(), received_at: monday(400) };
        given(history).when(asks(later)).then_refused(Refusal::TimeInFuture { given: monday(400) });
    }
}
