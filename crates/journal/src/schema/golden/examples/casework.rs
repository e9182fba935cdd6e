//! One example of every event of working a case together with others.

use domain::case::dealings::{
    Correspondence, Direction, Effect, OtherCase, Referral, ReferralKind,
};
use domain::case::event::TellingWay;
use domain::case::inquiry::{Contact, InquiryMade, LinkHash, Reminder, Respondent};
use domain::case::{access, correction};
use domain::ids::InquiryId;

use super::*;

fn let_see() -> Vec<case::Event> {
    use case::Event as E;
    vec![
        E::Access(access::Event::CaseOpenedOutsideRole {
            user: UserId(uuid(14)),
            purpose: text("Vakt på tvers av enhetene i helgen."),
            until: time(94),
        }),
        E::Access(access::Event::OpeningReviewed {
            user: UserId(uuid(14)),
            until: time(94),
            finding: text("Hun hadde vakt den helgen."),
        }),
        E::Correction(correction::Event::MeasureWithdrawn {
            measure: MeasureId(uuid(5)),
            reason: text("Foreslått i feil sak."),
        }),
        E::Correction(correction::Event::FulfilmentWithdrawn {
            duty: "lex-maria".parse().unwrap(),
            reason: text("Feil sak."),
        }),
        E::Correction(correction::Event::InvolvementWithdrawn {
            person: PersonId(uuid(8)),
            reason: text("En annen med samme navn."),
        }),
        E::Access(access::Event::AuditGranted {
            auditor: UserId(uuid(15)),
            purpose: text("Årets revisjon av avvik."),
            until: time(95),
        }),
        E::Access(access::Event::AuditRevoked {
            auditor: UserId(uuid(15)),
            reason: text("Revisjonen er ferdig."),
        }),
    ]
}

pub(super) fn examples() -> Vec<case::Event> {
    use case::Event as E;
    let mut events = vec![
        E::CaseAssigned { handler: UserId(uuid(2)), deputy: Some(UserId(uuid(13))) },
        E::PeopleTold(domain::case::telling::PeopleTold {
            told_at: time(90),
            way: TellingWay::Letter,
            people: Some(12),
            account: text("Brevet ligger i arkivet."),
        }),
        E::Overdue(domain::case::overdue::Event::MeasureReminded {
            measure: MeasureId(uuid(5)),
            reminder: domain::case::overdue::Reminder::Escalated,
        }),
        E::Custody(domain::case::custody::Event::CaseReclassified {
            category: "misdirected-letter".parse().unwrap(),
            category_version: Some(3),
            unit: UnitId(uuid(1)),
            reason: text("Brevet gikk i posten."),
            dropped: [MeasureId(uuid(5))].into(),
        }),
        E::Custody(domain::case::custody::Event::DutiesEnded {
            duties: ["lex-maria".parse().unwrap()].into(),
            grounds: Some(text("Regionen har meldt.")),
        }),
        E::EffectReviewDue { measure: MeasureId(uuid(5)) },
        E::EffectReviewed {
            measure: MeasureId(uuid(5)),
            effect: Effect::Partly,
            finding: text("To telefoner til er mistet."),
        },
        E::ContributionGiven {
            capacity: Role::SecurityOfficer,
            version: 2,
            text: text("Slettingen er bekreftet i konsollen."),
        },
        E::NoteAdded { text: text("Ring vaktselskapet på nytt.") },
        E::CaseReferred(Box::new(Referral {
            kind: ReferralKind::PersonnelMatter,
            to: text("Leder for enheten"),
            subject: text("Oppslag uten tjenstlig behov"),
            referred_at: time(91),
            reference: Some(text("26/00912")),
        })),
        E::CorrespondenceRecorded(Box::new(Correspondence {
            direction: Direction::Incoming,
            dated_at: time(92),
            reference: "26/00417-2".to_owned(),
            summary: text("De ber om en redegjørelse."),
            on_notification: true,
        })),
    ];
    events.extend(let_see());
    events.extend(inquiries());
    events.extend(joining());
    events
}

fn inquiries() -> Vec<case::Event> {
    use case::Event as E;
    let inquiry = InquiryId(uuid(14));
    let contact =
        Contact { name: "Eksempel Drift AS".to_owned(), email: "avvik@example.no".to_owned() };
    vec![
        E::InquiryMade(Box::new(InquiryMade {
            inquiry,
            respondent: Respondent::Outside(Erasable::known(contact)),
            text: text("Når oppdaget dere det?"),
            due_at: time(48),
            files: std::collections::BTreeSet::new(),
        })),
        E::InquiryLinkMade { inquiry, hash: LinkHash("00".repeat(32)), expires_at: time(400) },
        E::InquiryReminded { inquiry, reminder: Reminder::BeforeDue },
        E::InquiryAnswered { inquiry, text: text("Søndag kveld.") },
        E::InquiryWithdrawn { inquiry, reason: text("Sendt til feil adresse.") },
    ]
}

fn joining() -> Vec<case::Event> {
    use case::Event as E;
    let other = |number, sequence| OtherCase {
        case: CaseId(uuid(number)),
        number: CaseNumber { year: 2026, sequence },
    };
    vec![
        E::CaseLinked { other: other(15, 3), reason: text("Tredje gang på samme buss.") },
        E::DuplicateTakenIn { other: other(16, 18), aware_at: time(-1) },
        E::CaseMerged { into: other(15, 3), reason: text("Meldt to ganger.") },
    ]
}
