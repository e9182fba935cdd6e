//! Events that the histories are made of.

use domain::case::dealings::{Correspondence, Direction, Referral, ReferralKind};
use domain::case::{Fact, Facts, overdue};
use domain::case::{access, confirmation, correction, custody};

use super::*;

/// What only the case's own page tells.
pub(super) fn said() -> impl Strategy<Value = Event> {
    prop_oneof![
        Just(Event::InformationAdded { text: text("it was found") }),
        Just(Event::ReporterAsked { question: QuestionId(Uuid::from_u128(31)), text: text("?") }),
        Just(Event::ReporterAnswered {
            question: QuestionId(Uuid::from_u128(31)),
            text: text("!")
        }),
    ]
}

/// The case is put elsewhere, and its measure falls away or stays; or its clocks end with it; or
/// something is taken back.
pub(super) fn custody() -> impl Strategy<Value = Event> {
    let measure = MeasureId(Uuid::from_u128(21));
    let placed = any::<bool>().prop_map(move |drops| {
        Event::Custody(custody::Event::CaseReclassified {
            category: CategoryId::new("other").expect("a category's name"),
            category_version: Some(1),
            unit: UnitId(Uuid::from_u128(13)),
            reason: text("r"),
            dropped: drops.then_some(measure).into_iter().collect(),
        })
    });
    let duties = [domain::duty::DutyId::new("gdpr-33").expect("a duty's name")];
    let ended = custody::Event::DutiesEnded { duties: duties.into(), grounds: Some(text("g")) };
    let taken_back = [
        correction::Event::MeasureWithdrawn { measure, reason: text("r") },
        correction::Event::InvolvementWithdrawn { person: INVOLVED, reason: text("r") },
        correction::Event::FulfilmentWithdrawn { duty: lex_sarah(), reason: text("r") },
    ];
    let taken_back = prop::sample::select(taken_back.map(Event::Correction).to_vec());
    prop_oneof![placed, Just(Event::Custody(ended)), taken_back]
}

/// Somebody is let see the case whom no role shows it.
pub(super) fn let_see() -> impl Strategy<Value = Event> {
    let (user, auditor, until) = (OWNER, OWNER, hour(8));
    let events = [
        access::Event::CaseOpenedOutsideRole { user, purpose: text("p"), until },
        access::Event::OpeningReviewed { user, until, finding: text("f") },
        access::Event::AuditGranted { auditor, purpose: text("p"), until },
        access::Event::AuditRevoked { auditor, reason: text("r") },
    ];
    prop::sample::select(events.map(Event::Access).to_vec())
}

/// Dealings with others, what was found out, and what was done about it.
pub(super) fn dealings() -> impl Strategy<Value = Event> {
    let other = OtherCase {
        case: CaseId(Uuid::from_u128(8)),
        number: CaseNumber { year: 2026, sequence: 8 },
    };
    let referral = |kind| {
        let (to, subject, referred_at) = (text("them"), text("theft"), hour(2));
        let referral = Referral { kind, to, subject, referred_at, reference: Some(text("1/26")) };
        Just(Event::CaseReferred(Box::new(referral)))
    };
    let letter = Correspondence {
        direction: Direction::Incoming,
        dated_at: hour(3),
        reference: "26/1-2".to_owned(),
        summary: text("they ask"),
        on_notification: true,
    };
    let facts = Facts::default().with(Fact::Spread, Verdict::Yes);
    prop_oneof![
        referral(ReferralKind::PoliceReport),
        referral(ReferralKind::PersonnelMatter),
        Just(Event::CorrespondenceRecorded(Box::new(letter))),
        Just(Event::CaseLinked { other, reason: text("again") }),
        Just(Event::FactsEstablished { version: 1, facts }),
        Just(Event::DutyFulfilled {
            duty: lex_sarah(),
            done_at: hour(4),
            reference: "IVO 1".to_owned(),
        }),
    ]
}

/// The authority was notified, late.
pub(super) fn notified() -> impl Strategy<Value = Event> {
    Just(Event::AuthorityNotified {
        sent_at: hour(2),
        reference: "AR1".to_owned(),
        reasons_for_delay: Some(text("late")),
        notice: domain::notification::NoticeSent::default(),
    })
}

pub(super) fn withdrawn() -> impl Strategy<Value = Event> {
    Just(Event::NotificationWithdrawn {
        sent_at: hour(3),
        reference: "AR1".to_owned(),
        reasons: text("w"),
        notice: domain::notification::NoticeSent::default(),
    })
}

pub(super) fn erasure() -> impl Strategy<Value = Event> {
    let (ground, basis) = (ErasureGround::Ordered, "26/1".to_owned());
    let person = move |person, part| {
        let basis = "26/1".to_owned();
        Just(Event::PersonErased { person, part, ground, basis })
    };
    prop_oneof![
        Just(Event::CaseErased { ground, basis }),
        person(REPORTER, PartInCase::Reporter),
        person(INVOLVED, PartInCase::Involved),
    ]
}

pub(super) fn memo() -> Memo {
    Memo {
        orientation: text("1"),
        description: text("2"),
        rules: text("3"),
        discussion: text("4"),
        assessment: text("5"),
        conclusion: text("6"),
    }
}

/// A recipient is asked to confirm, or does.
pub(super) fn confirmations(inquiry: InquiryId) -> impl Strategy<Value = Event> {
    let contact = Contact { name: "Ola".to_owned(), email: "ola@example.net".to_owned() };
    let asked = confirmation::ConfirmationAsked {
        inquiry,
        recipient: Erasable::known(contact),
        misdirected: confirmation::Misdirected::Email,
        content: text("a letter"),
        due_at: hour(90),
    };
    let disposal = confirmation::Disposal::Deleted;
    let given =
        confirmation::Confirmation { disposal, opened: true, passed_on: false, remark: None };
    let events = [
        confirmation::Event::ConfirmationAsked(Box::new(asked)),
        confirmation::Event::ConfirmationGiven { inquiry, confirmation: given },
    ];
    prop::sample::select(events.map(Event::Confirmation).to_vec())
}

/// A measure should have been done by now.
pub(super) fn reminded(measure: domain::ids::MeasureId) -> Event {
    let reminder = overdue::Reminder::Due;
    Event::Overdue(overdue::Event::MeasureReminded { measure, reminder })
}

fn lex_sarah() -> domain::duty::DutyId {
    "lex-sarah".parse().expect("a duty's name")
}
