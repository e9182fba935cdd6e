//! What is left of a case for those who are not to see all of it, and as it was at a moment.

use domain::case::erasure::{ErasureGround, PartInCase};
use domain::case::report::ReporterIdentity;
use domain::ids::{PersonId, QuestionId, UserId};
use domain::{Erasable, Position};
use uuid::Uuid;

use super::*;
use crate::properties::{hour, report};

const REPORTER: UserId = UserId(Uuid::from_u128(7));
const TYPIST: UserId = UserId(Uuid::from_u128(11));
const ERASED: PersonId = PersonId(Uuid::from_u128(10));
const INVOLVED: UserId = UserId(Uuid::from_u128(8));

fn case() -> CaseId {
    CaseId(Uuid::from_u128(1))
}

/// Written down by a colleague, in Swedish.
fn reported(reporter: Reporter) -> Event {
    let Event::DeviationReported(mut report) = report(1) else { panic!("a report") };
    (report.reporter, report.language) = (reporter, Some("sv".to_owned()));
    Event::DeviationReported(report)
}

fn named_report() -> Event {
    let person = PersonId(Uuid::from_u128(9));
    let name = "Mona Strandvold".to_owned();
    let identity = ReporterIdentity { person, user: Some(REPORTER), name, contact: None };
    reported(Reporter::Named(Erasable::about(person, identity)))
}

fn file(events: Vec<Event>) -> CaseFile {
    let stream: Vec<Recorded> = (1..)
        .zip(events)
        .map(|(version, event)| Recorded {
            position: Position(u64::from(version)),
            stream: case().into(),
            version: Version(version),
            at: hour(i64::from(version)),
            by: Actor::User(TYPIST),
            event: event.into(),
        })
        .collect();
    CaseFile::fold(case(), &stream).expect("a case")
}

#[test]
fn at_a_moment_nothing_is_known_of_what_came_later() {
    let added = |text: &str| Event::InformationAdded { text: Erasable::known(text.to_owned()) };
    let now = file(vec![named_report(), added("at hour 2"), added("at hour 3")]);
    assert_eq!(now.as_of(hour(0)), None);
    assert_eq!(now.as_of(hour(1)), Some(file(vec![named_report()])));
    assert_eq!(now.as_of(hour(2)), Some(file(vec![named_report(), added("at hour 2")])));
    assert_eq!(now.as_of(hour(40)), Some(now));
}

#[test]
fn neither_notes_nor_details_of_personnel_matters_are_left_for_those_without_need() {
    let text = |words: &str| Erasable::known(words.to_owned());
    let refer = |kind| {
        Event::CaseReferred(Box::new(Referral {
            kind,
            to: text("somebody"),
            subject: text("looked up without need"),
            referred_at: hour(1),
            reference: Some(text("26/1")),
        }))
    };
    let (police, personnel) =
        (refer(ReferralKind::PoliceReport), refer(ReferralKind::PersonnelMatter));
    let noted = Event::NoteAdded { text: text("ring her") };
    let seen = file(vec![named_report(), noted, police.clone(), personnel]);
    let seen = seen.without_notes().without_personnel_details();
    assert!(seen.known.notes.is_empty());
    assert_eq!(seen.timeline.len(), 3);
    assert_eq!(seen.timeline[1].event, police);
    let Event::CaseReferred(referral) = &seen.timeline[2].event else { panic!("a referral") };
    assert!(referral.to.is_erased() && referral.subject.is_erased());
    assert_eq!(referral.reference, None);
    assert_eq!(seen.known.referrals[1], **referral);
    assert_eq!(seen.as_of(hour(4)).map(|it| it.known), Some(seen.known));
}

#[test]
fn neither_reporter_nor_those_involved_are_left_anywhere() {
    let involved = Event::PersonInvolved { user: Erasable::about(INVOLVED, INVOLVED) };
    let added = Event::InformationAdded { text: Erasable::known("more".to_owned()) };
    let erased = Event::PersonErased {
        person: ERASED,
        part: PartInCase::Involved,
        ground: ErasureGround::Ordered,
        basis: "26/00417".to_owned(),
    };
    let whole = file(vec![named_report(), involved, added, erased]);
    assert!(whole.known.involved.contains(&INVOLVED));
    let seen = whole.without_reporter_and_involved();
    assert_eq!(seen.known.involved.iter().count(), 0);
    assert_eq!(seen.known.report.reporter, Reporter::Anonymous);
    let told: Vec<(Version, &str)> =
        seen.timeline.iter().map(|entry| (entry.version, (&entry.event).into())).collect();
    assert_eq!(told, [(Version(1), "deviation_reported"), (Version(3), "information_added")]);
    let Event::DeviationReported(report) = &seen.timeline[0].event else { panic!("a report") };
    assert_eq!(report.reporter, Reporter::Anonymous);
}

#[test]
fn what_a_reporter_says_who_is_not_named_is_left_to_the_officer() {
    let text = |words: &str| Erasable::known(words.to_owned());
    let question = QuestionId(Uuid::from_u128(9));
    let told = |reporter: Event| {
        file(vec![
            reporter,
            Event::ReporterAsked { question, text: text("which shift?") },
            Event::ReporterAnswered { question, text: text("the night shift") },
            Event::InformationAdded { text: text("I found it") },
        ])
    };
    let named = told(named_report()).without_dialogue().without_reporter_and_involved();
    assert_eq!(named.timeline.len(), 4);
    assert_eq!(named.known.report.language.as_deref(), Some("sv"));
    assert_eq!(named.timeline[0].by, Actor::User(TYPIST), "a colleague wrote it down");
    let seen = told(reported(Reporter::Anonymous)).without_dialogue();
    let seen = seen.without_reporter_and_involved();
    assert_eq!(seen.timeline.len(), 1, "{:?}", seen.timeline);
    assert!(seen.known.questions.is_empty() && seen.known.additions.is_empty());
    assert_eq!(seen.known.report.language, None);
    assert_eq!(seen.timeline[0].by, Actor::Reporter);
    assert_eq!(seen.as_of(hour(9)).map(|it| it.known), Some(seen.known));
}

#[test]
fn a_linked_case_is_told_of_to_those_alone_who_see_it() {
    let other = |sequence: u32| OtherCase {
        case: CaseId(Uuid::from_u128(sequence.into())),
        number: CaseNumber { year: 2026, sequence },
    };
    let link = |sequence| Event::CaseLinked {
        other: other(sequence),
        reason: Erasable::known("the same leader".to_owned()),
    };
    let seen = file(vec![named_report(), link(7), link(8)]);
    let seen = seen.naming_only(|number| number.sequence == 8);
    assert_eq!(seen.known.linked.keys().collect::<Vec<_>>(), [&other(8)]);
    assert_eq!(seen.shown().count(), 2);
    let then = seen.as_of(hour(20)).unwrap();
    assert_eq!((then.known.linked, then.timeline), (seen.known.linked, seen.timeline));
    assert_eq!(seen_by_all(link(7)), None, "nor is it searched for");
}

#[test]
fn whoever_does_not_see_the_other_case_learns_that_a_case_was_merged_and_nothing_else() {
    let other = |sequence: u32| OtherCase {
        case: CaseId(Uuid::from_u128(sequence.into())),
        number: CaseNumber { year: 2026, sequence },
    };
    let taken = |sequence| Event::DuplicateTakenIn { other: other(sequence), aware_at: hour(7) };
    let reason = Erasable::known("the same patient".to_owned());
    let merged = Event::CaseMerged { into: other(9), reason };
    assert_eq!(seen_by_all(merged.clone()), None, "nor is it searched for");
    let whole = file(vec![named_report(), taken(7), taken(8), merged]);
    assert_eq!(whole.merged_into(), Some(other(9)));
    let seen = whole.clone().naming_only(|number| number.sequence == 8);
    let then = seen.as_of(hour(20)).unwrap();
    for seen in [&seen, &then] {
        assert_eq!(seen.merged_into(), None);
        assert_eq!(seen.known.duplicates, [other(8)].into());
        assert_eq!(seen.shown().count(), 2);
        assert_eq!(seen.standing, whole.standing, "where it stands is told all the same");
    }
}
