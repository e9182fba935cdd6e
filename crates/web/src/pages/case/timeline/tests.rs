//! Every event is told in words of its own, with what was written at the time.

use std::collections::BTreeMap;

use chrono::{TimeZone, Utc};
use domain::case::attachment::{AttachedFile, AttachmentSource, FileKind};
use domain::case::erasure::{ErasureGround, PartInCase};
use domain::case::event::{AuthorityDecision, Capacity, Outcome, PeopleDecision};
use domain::case::evolve::{Fact as Recorded, fold};
use domain::case::report::{
    Channel, FollowUpHash, Occurred, PeopleEstimate, PersonalDataAffected, Report, Reporter,
};
use domain::category::CategoryId;
use domain::ids::{AttachmentId, CaseNumber, UnitId, UserId};
use domain::organisation::Organisation;
use domain::organisation::state::Person;
use domain::{Actor, Roles};
use uuid::Uuid;

use super::*;
use crate::language::Language;
use crate::names::Names;
use crate::text::Texts;

mod archiving;
mod casework;
mod confirmations;
mod documents;
mod duties;
mod letters;

const KARI: UserId = UserId(Uuid::from_u128(1));
const MEASURE: MeasureId = MeasureId(Uuid::from_u128(2));
const QUESTION: QuestionId = QuestionId(Uuid::from_u128(3));
const UNIT: UnitId = UnitId(Uuid::from_u128(4));

fn at(hour: u32) -> Time {
    Utc.with_ymd_and_hms(2026, 3, 2, hour, 0, 0).unwrap()
}

fn text(words: &str) -> Erasable<String> {
    Erasable::known(words.to_owned())
}

fn names() -> Names {
    let person = Person {
        sign_in_name: text("kari"),
        name: text("Kari Nordmann"),
        email: None,
        unit: UNIT,
        roles: Roles::default(),
        password: None,
        active: true,
        away_until: None,
    };
    let people = BTreeMap::from([(KARI, person)]);
    Names::of(Organisation { people, ..Organisation::default() })
}

fn reported() -> Event {
    Event::DeviationReported(Box::new(Report {
        number: CaseNumber { year: 2026, sequence: 17 },
        category: CategoryId::new("other").unwrap(),
        category_version: 1,
        channel: Channel::Phone,
        reporter: Reporter::Anonymous,
        follow_up: FollowUpHash("5e".repeat(32)),
        what_happened: text("left on the bus"),
        occurred: Occurred::Unknown,
        discovered_at: None,
        aware_at: None,
        unit: UNIT,
        systems_and_devices: text(""),
        personal_data: PersonalDataAffected::Yes,
        breach: std::collections::BTreeSet::new(),
        whose_data: text(""),
        people: PeopleEstimate::Unknown,
        sensitive: std::collections::BTreeSet::new(),
        done_already: text(""),
        answers: Vec::new(),
        language: None,
    }))
}

fn memo() -> Memo {
    Memo {
        orientation: text("orientation"),
        description: text("description"),
        rules: text("rules"),
        discussion: text("discussion"),
        assessment: text("assessment"),
        conclusion: text("conclusion"),
    }
}

fn stage(hours_left: u16) -> Event {
    let duty = DutyId::NOTIFICATION.parse().unwrap();
    let (stage, alerts) = (Stage::before(hours_left), [].into());
    Event::DeadlineStageReached { duty, stage, due_at: at(8), alerts }
}

fn done() -> Event {
    let review_due_at = Some(at(20));
    Event::MeasureCompleted { measure: MEASURE, account: text("wiped"), review_due_at }
}

fn verified(effective: bool) -> Event {
    Event::MeasureVerified { measure: MEASURE, effective, finding: text("seen") }
}

/// One of every event, in an order in which they can happen.
fn told() -> Vec<(Event, &'static str)> {
    let all = told_at_first()
        .into_iter()
        .chain(casework::told())
        .chain(casework::taken_back())
        .chain(documents::told())
        .chain(letters::told())
        .chain(archiving::told())
        .chain(confirmations::told())
        .chain(duties::told())
        .chain(told_of_the_authority())
        .chain(told_later());
    all.collect()
}

fn attached() -> Event {
    let file = AttachedFile {
        name: "kvittering.pdf".to_owned(),
        description: "receipt".to_owned(),
        sha256: "ab".repeat(32),
    };
    Event::AttachmentAdded(Box::new(Attachment {
        attachment: AttachmentId(Uuid::from_u128(5)),
        source: AttachmentSource::Handling,
        kind: FileKind::Pdf,
        length: 17,
        file: Erasable::known(file),
        inquiry: None,
    }))
}

fn told_at_first() -> Vec<(Event, &'static str)> {
    vec![
        (reported(), "Avviket ble meldt (Telefon)"),
        (Event::InformationAdded { text: text("added") }, "Melderen la til mer"),
        (attached(), "Et vedlegg ble lagt ved: kvittering.pdf"),
        (
            Event::CaseFoundSevere { reasons: vec!["many-people".parse().unwrap()] },
            "Meldingen ble regnet som alvorlig",
        ),
        (
            Event::CaseReceived {
                category_version: None,
                category: CategoryId::new("other").unwrap(),
                unit: UNIT,
                handler: KARI,
            },
            "Saken ble tatt imot. Kari Nordmann behandler den",
        ),
        (
            Event::PersonInvolved { user: Erasable::about(KARI, KARI) },
            "Kari Nordmann ble ført opp som involvert",
        ),
        (
            Event::AwarenessEstablished { aware_at: at(7), reason: text("told") },
            "Tidspunktet vi ble klar over bruddet, ble satt til mandag 2. mars 2026 kl. 08.00",
        ),
        (stage(24), "24 timer eller mindre igjen til fristen mandag 2. mars 2026 kl. 09.00"),
        (stage(1), "1 time eller mindre igjen til fristen mandag 2. mars 2026 kl. 09.00"),
        (stage(0), "Fristen mandag 2. mars 2026 kl. 09.00 gikk ut"),
        (
            Event::ReporterAsked { question: QUESTION, text: text("locked?") },
            "Melderen fikk et spørsmål",
        ),
        (Event::ReporterAnswered { question: QUESTION, text: text("no") }, "Melderen svarte"),
        (
            Event::CaseAssessed {
                version: 2,
                facts: text("no PIN"),
                outcome: Outcome::DocumentOnly,
                advice: None,
            },
            "Risikoen ble vurdert (vurdering 2). Råd: Bare dokumentere bruddet",
        ),
    ]
}

/// What is decided on the authority and told to it.
fn told_of_the_authority() -> Vec<(Event, &'static str)> {
    vec![
        (
            Event::AuthorityDecided {
                decision: AuthorityDecision::Notify,
                grounds: text("health"),
                departure: Some(text("new facts")),
                capacity: Capacity::Controller,
                held_against: None,
            },
            "Avgjort: Bruddet meldes til Datatilsynet",
        ),
        (
            Event::AuthorityNotified {
                sent_at: at(8),
                reference: "AR1".to_owned(),
                reasons_for_delay: Some(text("a holiday")),
                notice: domain::notification::NoticeSent::default(),
            },
            "Bruddet ble meldt til Datatilsynet mandag 2. mars 2026 kl. 09.00",
        ),
        (
            Event::NotificationSupplemented {
                sent_at: at(10),
                reference: "AR1".to_owned(),
                notice: domain::notification::NoticeSent::default(),
            },
            "Datatilsynet fikk et tillegg til meldingen mandag 2. mars 2026 kl. 11.00",
        ),
        (
            Event::NotificationWithdrawn {
                sent_at: at(11),
                reference: "AR1".to_owned(),
                reasons: text("no breach"),
                notice: domain::notification::NoticeSent::default(),
            },
            "Meldingen til Datatilsynet ble trukket tilbake mandag 2. mars 2026 kl. 12.00",
        ),
        (
            Event::NotificationDrafted { version: 2, fields: Erasable::known([].into()) },
            "Teksten til Datatilsynet ble endret (versjon 2)",
        ),
    ]
}

fn told_later() -> Vec<(Event, &'static str)> {
    vec![
        (
            Event::PeopleDecided {
                decision: PeopleDecision::Notify,
                grounds: text("high"),
                particulars: None,
            },
            "Avgjort: De det gjelder, varsles",
        ),
        (
            Event::MeasureProposed {
                measure: MEASURE,
                kind: MeasureKind::Immediate,
                description: text("wipe"),
                owner: KARI,
                due_at: at(9),
                playbook: None,
            },
            "Strakstiltak foreslått, med frist mandag 2. mars 2026 kl. 10.00",
        ),
        (done(), "Et tiltak ble gjennomført"),
        (verified(false), "Et tiltak viste seg ikke å virke, og er åpnet igjen"),
        (verified(true), "Det ble bekreftet at et tiltak virker"),
        (
            Event::MemoSubmitted { version: 1, memo: Box::new(memo()) },
            "Saksframlegget ble sendt til behandlingsansvarlig (versjon 1)",
        ),
        (Event::CaseReturned { follow_ups: vec![text("ask again")] }, "Saken ble sendt tilbake"),
        (Event::CaseClosed { grounds: None }, "Saken ble lukket"),
        (Event::CaseReopened { reason: text("more people") }, "Saken ble åpnet på nytt"),
        (
            Event::ClosedAsNotADeviation { reason: text("a drill") },
            "Saken ble lukket fordi den ikke er et avvik",
        ),
        (
            Event::PersonErased {
                person: KARI.into(),
                part: PartInCase::Involved,
                ground: ErasureGround::Ordered,
                basis: "26/00417".to_owned(),
            },
            "Opplysninger om en person ble slettet (Ført opp som involvert)",
        ),
        (
            Event::CaseErased {
                ground: ErasureGround::RetentionReached,
                basis: "point 4".to_owned(),
            },
            "Alle personopplysninger i saken ble slettet",
        ),
    ]
}

fn told_in_words(events: &[Event]) -> Vec<(String, Vec<String>)> {
    let names = names();
    let zone = chrono_tz::Europe::Oslo.into();
    let wording = Wording { texts: Texts::new(Language::Nb), zone, names: &names };
    let fact = |event| Recorded { event, at: at(8), by: Actor::User(KARI) };
    let case = fold(events.iter().map(fact));
    let known = case.known().unwrap();
    let words = |fact: &Fact| format!("{}: {:?}", fact.name, fact.value);
    let told = events.iter().map(|event| happened(&wording, known, None, event));
    told.map(|(what, facts)| (what, facts.iter().map(words).collect())).collect()
}

#[test]
fn every_event_is_told_in_its_own_words() {
    let (events, wanted): (Vec<Event>, Vec<&str>) = told().into_iter().unzip();
    let said: Vec<String> = told_in_words(&events).into_iter().map(|(what, _)| what).collect();
    assert_eq!(said, wanted);
    for name in Event::names() {
        assert!(events.iter().any(|event| event.name() == *name), "{name} is not told");
    }
}

#[test]
fn what_was_written_at_the_time_can_be_read() {
    let events: Vec<Event> = told().into_iter().map(|(event, _)| event).collect();
    let all: String = told_in_words(&events)
        .into_iter()
        .flat_map(|(_, facts)| facts)
        .collect::<Vec<_>>()
        .join("\n");
    let written = [
        "added",
        "told",
        "locked?",
        "no PIN",
        "health",
        "new facts",
        "AR1",
        "a holiday",
        "high",
        "wipe",
        "Kari Nordmann",
        "wiped",
        "seen",
        "orientation",
        "description",
        "rules",
        "discussion",
        "assessment",
        "conclusion",
        "ask again",
        "more people",
        "a drill",
        "26/00417",
        "Pålagt av behandlingsansvarlig",
        "point 4",
        "Lagret lenge nok",
        "Brev",
        "the letter",
        "how many?",
        "seven",
        "wrong address",
        "no risk",
        "ring her",
        "lost again",
        "the police",
        "the theft",
        "1234/26",
        "they ask",
        "third time",
        "twice",
    ];
    for words in written {
        assert!(all.contains(&format!("Words(\"{words}\")")), "{words} is missing");
    }
}

#[test]
fn an_answer_stands_under_its_question_and_an_account_under_its_measure() {
    let events: Vec<Event> = told().into_iter().map(|(event, _)| event).collect();
    let told = told_in_words(&events);
    let facts = |what: &str| &told.iter().find(|(said, _)| said == what).unwrap().1;
    assert_eq!(
        facts("Melderen svarte")[..],
        ["Spørsmål: Words(\"locked?\")", "Svar: Words(\"no\")"]
    );
    assert_eq!(facts("Et tiltak ble gjennomført")[0], "Hva skal gjøres: Words(\"wipe\")");
}

#[test]
fn what_was_erased_says_so() {
    let gone = || Erasable::Erased { about: None };
    let told = told_in_words(&[
        reported(),
        Event::InformationAdded { text: gone() },
        Event::PersonInvolved { user: Erasable::Erased { about: None } },
    ]);
    assert_eq!(told[1].1, ["Melderen la til: Words(\"Slettet\")"]);
    assert_eq!(told[2].0, "En slettet person ble ført opp som involvert");
}
