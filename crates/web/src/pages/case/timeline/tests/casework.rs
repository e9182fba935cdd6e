//! What the people who work on a case do, told in words.

use domain::Role;
use domain::case::dealings::{Correspondence, Direction, Effect, OtherCase, Referral};
use domain::case::event::TellingWay;
use domain::case::inquiry::{Contact, InquiryMade, LinkHash, Reminder, Respondent};
use domain::case::{access, correction};
use domain::ids::CaseId;

use super::*;

/// One of every event, in an order in which they can happen.
pub(super) fn told() -> Vec<(Event, &'static str)> {
    vec![
        (
            Event::CaseAssigned { handler: KARI, deputy: Some(KARI) },
            "Saken ble gitt til Kari Nordmann",
        ),
        (
            Event::PeopleTold(domain::case::telling::PeopleTold {
                told_at: at(8),
                way: TellingWay::Letter,
                people: Some(3),
                account: text("the letter"),
            }),
            "De det gjelder, ble varslet mandag 2. mars 2026 kl. 09.00",
        ),
        (
            Event::Access(access::Event::CaseOpenedOutsideRole {
                user: KARI,
                purpose: text("on duty"),
                until: at(9),
            }),
            "Kari Nordmann åpnet saken utenfor rollen sin, og ser den til mandag 2. mars 2026 kl. \
             10.00",
        ),
        (
            Event::Access(access::Event::OpeningReviewed {
                user: KARI,
                until: at(9),
                finding: text("on duty, yes"),
            }),
            "Det ble fulgt opp at Kari Nordmann åpnet saken utenfor rollen sin (til mandag 2. mars \
             2026 kl. 10.00)",
        ),
        (
            Event::Access(access::Event::AuditGranted {
                auditor: KARI,
                purpose: text("the year's audit"),
                until: at(9),
            }),
            "Kari Nordmann fikk innsyn i saken som revisor, til mandag 2. mars 2026 kl. 10.00",
        ),
        (
            Event::Access(access::Event::AuditRevoked { auditor: KARI, reason: text("done") }),
            "Innsynet Kari Nordmann hadde i saken som revisor, ble trukket tilbake",
        ),
    ]
    .into_iter()
    .chain(asked())
    .chain(kept())
    .chain(joined())
    .collect()
}

const INQUIRY: InquiryId = InquiryId(Uuid::from_u128(5));

fn asked() -> Vec<(Event, &'static str)> {
    let contact = Contact { name: "Visma".to_owned(), email: "post@example.org".to_owned() };
    let made = InquiryMade {
        inquiry: INQUIRY,
        respondent: Respondent::Outside(Erasable::known(contact)),
        text: text("how many?"),
        due_at: at(20),
        files: std::collections::BTreeSet::new(),
    };
    let reminded = |reminder| Event::InquiryReminded { inquiry: INQUIRY, reminder };
    vec![
        (Event::InquiryMade(Box::new(made)), "Visma fikk et spørsmål"),
        (
            Event::InquiryLinkMade {
                inquiry: INQUIRY,
                hash: LinkHash("ab".to_owned()),
                expires_at: at(20),
            },
            "En hemmelig lenke til et spørsmål ble laget",
        ),
        (reminded(Reminder::BeforeDue), "Den som er spurt, ble minnet om at svaret snart trengs"),
        (reminded(Reminder::Due), "Den som er spurt, ble minnet om at svaret trengs nå"),
        (
            Event::InquiryAnswered { inquiry: INQUIRY, text: text("seven") },
            "Et spørsmål ble besvart",
        ),
        (
            Event::InquiryWithdrawn { inquiry: INQUIRY, reason: text("wrong address") },
            "Et spørsmål ble trukket tilbake",
        ),
    ]
}

fn kept() -> Vec<(Event, &'static str)> {
    let referral = Referral {
        kind: ReferralKind::PoliceReport,
        to: text("the police"),
        subject: text("the theft"),
        referred_at: at(8),
        reference: Some(text("1234/26")),
    };
    let letter = |direction| {
        Event::CorrespondenceRecorded(Box::new(Correspondence {
            direction,
            dated_at: at(8),
            reference: "26/2".to_owned(),
            summary: text("they ask"),
            on_notification: true,
        }))
    };
    vec![
        (
            Event::ContributionGiven {
                capacity: Role::SecurityOfficer,
                version: 2,
                text: text("no risk"),
            },
            "Bidrag fra Informasjonssikkerhetssjef (versjon 2)",
        ),
        (Event::NoteAdded { text: text("ring her") }, "Et notat ble skrevet"),
        (
            Event::Custody(domain::case::custody::Event::CaseReclassified {
                category: "other".parse().unwrap(),
                category_version: Some(1),
                unit: UNIT,
                reason: text("feil kategori"),
                dropped: [MEASURE].into(),
            }),
            "Saken ble flyttet til other, 00000000-0000-0000-0000-000000000004",
        ),
        (
            Event::Custody(domain::case::custody::Event::DutiesEnded {
                duties: ["lex-maria".parse().unwrap()].into(),
                grounds: Some(text("meldt av sykehuset")),
            }),
            "Klokker som gikk, ble stanset fordi saken ble avsluttet",
        ),
        (
            Event::Overdue(overdue::Event::MeasureReminded {
                measure: MEASURE,
                reminder: overdue::Reminder::Due,
            }),
            "Fristen for et tiltak gikk ut",
        ),
        (
            Event::EffectReviewDue { measure: MEASURE },
            "Det er tid for å se hva et tiltak har ført til",
        ),
        (
            Event::EffectReviewed {
                measure: MEASURE,
                effect: Effect::Not,
                finding: text("lost again"),
            },
            "Virkningen av et tiltak ble vurdert: Det virker ikke",
        ),
        (Event::CaseReferred(Box::new(referral)), "En del av saken ble sendt videre"),
        (letter(Direction::Incoming), "Det kom et brev fra tilsynsmyndigheten"),
        (letter(Direction::Outgoing), "Et brev ble sendt til tilsynsmyndigheten"),
    ]
}

fn joined() -> Vec<(Event, &'static str)> {
    let other = OtherCase {
        case: CaseId(Uuid::from_u128(6)),
        number: CaseNumber { year: 2026, sequence: 3 },
    };
    vec![
        (
            Event::CaseLinked { other, reason: text("third time") },
            "Saken ble koblet til sak 2026/3: avviket gjentar seg",
        ),
        (
            Event::DuplicateTakenIn { other, aware_at: at(7) },
            "Sak 2026/3 gjaldt det samme, og fortsetter i denne saken",
        ),
        (Event::CaseMerged { into: other, reason: text("twice") }, "Saken fortsetter i sak 2026/3"),
    ]
}

/// What was taken back.
pub(super) fn taken_back() -> Vec<(Event, &'static str)> {
    vec![
        (
            Event::Correction(correction::Event::MeasureWithdrawn {
                measure: MEASURE,
                reason: text("not here"),
            }),
            "Et tiltak ble trukket tilbake",
        ),
        (
            Event::Correction(correction::Event::FulfilmentWithdrawn {
                duty: "lex-maria".parse().unwrap(),
                reason: text("another case"),
            }),
            "Ikke utført likevel: lex-maria",
        ),
        (
            Event::Correction(correction::Event::InvolvementWithdrawn {
                person: KARI.into(),
                reason: text("another of that name"),
            }),
            "Det ble tatt tilbake at noen var involvert",
        ),
    ]
}
