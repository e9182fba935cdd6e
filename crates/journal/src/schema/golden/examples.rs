//! One example of every event, with every field filled in, from which golden files are written.

mod added;
mod archiving;
mod casework;
mod confirmations;
mod documents;
mod letters;
mod notification;
mod reviews;
mod written;

use domain::case::advised::SeverityOverridden;
use std::collections::BTreeSet;

use domain::assessment::FactorKind;
use domain::case::attachment::{AttachedFile, Attachment, AttachmentSource, FileKind};
use domain::case::erasure::{ErasureGround, PartInCase};
use domain::case::event::{
    AuthorityDecision, Capacity, FromPlaybook, MeasureKind, Outcome, PeopleDecision,
};
use domain::case::memo::Memo;
use domain::case::report::{
    Answer, BreachKind, Channel, FollowUpHash, Occurred, PeopleEstimate, PersonalDataAffected,
    Report, Reporter, ReporterIdentity, Sensitive,
};
use domain::case::{Fact, Facts, Judgement, Phase};
use domain::deadline::Stage;
use domain::duty::{Alerted, Verdict};
use domain::ids::{
    AttachmentId, CaseId, CaseNumber, FilterId, MeasureId, PersonId, QuestionId, TokenId, UnitId,
    UserId,
};
use domain::notification::NoticeSent;
use domain::organisation::{AccessOutcome, AccessRule, Criteria, UnusualAccess};
use domain::{Erasable, Event, Position, Role, StreamId, Time, case, organisation};
use uuid::Uuid;

fn uuid(number: u128) -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + number)
}

fn text(text: &str) -> Erasable<String> {
    Erasable::known(text.to_owned())
}

fn time(hour: i64) -> Time {
    Time::from_timestamp(1_774_602_000 + 3600 * hour, 0).unwrap()
}

pub(super) use added::added;

/// One example of every event.
pub(super) fn examples() -> Vec<Event> {
    let case = in_cases().into_iter().map(Event::Case);
    let organisation = in_the_organisation().into_iter().chain(unusual(UserId(uuid(9))));
    let organisation = organisation.map(Event::Organisation);
    let review = reviews::examples().into_iter().map(Event::Review);
    case.chain(organisation).chain(review).collect()
}

fn in_cases() -> Vec<case::Event> {
    let mut events = intake();
    events.extend(decisions());
    events.extend(notification::examples());
    events.extend(follow_up());
    events.extend(casework::examples());
    events.extend(duties());
    events.extend(documents::examples());
    events.extend(letters::examples());
    events.extend(confirmations::examples());
    events.extend(archiving::examples());
    events
}

fn intake() -> Vec<case::Event> {
    use case::Event as E;
    vec![
        E::DeviationReported(Box::new(report())),
        E::CaseFoundSevere { reasons: vec!["open-device".parse().unwrap()] },
        E::InformationAdded { text: text("Telefonen var låst.") },
        E::CaseReceived {
            category: "lost-or-stolen-device".parse().unwrap(),
            category_version: Some(2),
            unit: UnitId(uuid(1)),
            handler: UserId(uuid(2)),
        },
        E::PersonInvolved { user: Erasable::known(UserId(uuid(3))) },
        E::AwarenessEstablished { aware_at: time(1), reason: text("Meldt muntlig kl. 10.") },
        E::DeadlineStageReached {
            duty: "gdpr-33".parse().unwrap(),
            stage: Stage::before(24),
            due_at: time(73),
            // The form before this one alerted nobody else.
            alerts: [Alerted::Dpo].into(),
        },
        E::ReporterAsked { question: QuestionId(uuid(4)), text: text("Var den kryptert?") },
        E::ReporterAnswered { question: QuestionId(uuid(4)), text: text("Ja, så vidt jeg vet.") },
        E::AttachmentAdded(Box::new(attachment())),
    ]
}

fn attachment() -> Attachment {
    let file = AttachedFile {
        name: "holdeplass.jpg".to_owned(),
        description: "Holdeplassen der telefonen ble funnet".to_owned(),
        sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".to_owned(),
    };
    Attachment {
        attachment: AttachmentId(uuid(30)),
        source: AttachmentSource::Reporter,
        kind: FileKind::Jpeg,
        length: 48_213,
        file: Erasable::about(PersonId(uuid(31)), file),
        inquiry: None,
    }
}

fn decisions() -> Vec<case::Event> {
    use case::Event as E;
    vec![
        E::CaseAssessed {
            version: 1,
            facts: text("Kryptert enhet med «åtte» tegns kode."),
            outcome: Outcome::NotifyAuthority,
            advice: None,
        },
        E::AuthorityDecided {
            decision: AuthorityDecision::Notify,
            grounds: text("Risikoen kan ikke utelukkes."),
            departure: Some(text("Fraviker rådet.")),
            capacity: Capacity::Delegation,
            held_against: None,
        },
        E::AuthorityNotified {
            sent_at: time(80),
            reference: "26/01234".to_owned(),
            reasons_for_delay: Some(text("Hendelsen ble først forstått mandag.")),
            notice: NoticeSent::default(),
        },
        E::PeopleDecided {
            decision: PeopleDecision::ProtectedByMeasures,
            grounds: text("Innholdet er kryptert."),
            particulars: None,
        },
    ]
}

fn follow_up() -> Vec<case::Event> {
    use case::Event as E;
    let measure = MeasureId(uuid(5));
    let memo = Memo {
        orientation: text("Saken gjelder en tapt telefon."),
        description: text("Glemt på toget."),
        rules: text("Personvernforordningen art. 32 og 33."),
        discussion: text("Enheten var kryptert."),
        assessment: text("Lav risiko etter fjernsletting."),
        conclusion: text("Saken kan lukkes."),
    };
    vec![
        E::MeasureProposed {
            measure,
            kind: MeasureKind::Immediate,
            description: text("Slett telefonen over nettet."),
            owner: UserId(uuid(6)),
            due_at: time(24),
            playbook: Some(FromPlaybook {
                category: "lost-or-stolen-device".parse().unwrap(),
                version: 2,
                action: "lock-remotely".parse().unwrap(),
            }),
        },
        E::MeasureCompleted { measure, account: text("Slettet kl. 12."), review_due_at: None },
        E::MeasureVerified { measure, effective: true, finding: text("Bekreftet i løsningen.") },
        E::MemoSubmitted { version: 1, memo: Box::new(memo) },
        E::CaseReturned { follow_ups: vec![text("Skriv hvem som er varslet."), text("Mål?")] },
        E::CaseClosed { grounds: None },
        E::ClosedAsNotADeviation { reason: text("Telefonen lå i skuffen.") },
        E::CaseReopened { reason: text("Den ble funnet av andre.") },
        E::PersonErased {
            person: PersonId(uuid(7)),
            part: PartInCase::Reporter,
            ground: ErasureGround::Ordered,
            basis: "Vedtak 26/00417".to_owned(),
        },
        E::CaseErased {
            ground: ErasureGround::RetentionReached,
            basis: "Bevarings- og kassasjonsplanen punkt 4".to_owned(),
        },
    ]
}

fn duties() -> Vec<case::Event> {
    use case::Event as E;
    let facts = Facts::default()
        .with(Fact::ProtectedAddress, Verdict::No)
        .with(Fact::SignificantEffectOnService, Verdict::Yes);
    let judged = |duty: &str, verdict, ended_at| Judgement {
        duty: duty.parse().unwrap(),
        version: 2,
        verdict,
        starts_at: Some(time(1)),
        due_at: Some(time(73)),
        ended_at,
    };
    let not_judged_so = Judgement {
        starts_at: None,
        due_at: None,
        ..judged("protected-address", Verdict::No, None)
    };
    vec![
        E::DutiesJudged {
            duties: vec![
                judged("gdpr-33", Verdict::Yes, Some(time(40))),
                judged("gdpr-34", Verdict::Unknown, None),
                not_judged_so,
            ],
        },
        E::FactsEstablished { version: 2, facts },
        E::SeverityOverridden(SeverityOverridden {
            factor: FactorKind::DataContext,
            quarters: Some(8),
            reason: text("Listen sto i postlisten fra før."),
        }),
        E::DutyFulfilled {
            duty: "digitalsikkerhetsloven".parse().unwrap(),
            done_at: time(20),
            reference: "NSM 2026-17".to_owned(),
        },
    ]
}

fn report() -> Report {
    let person = PersonId(uuid(7));
    let identity = ReporterIdentity {
        person,
        user: Some(UserId(uuid(8))),
        name: "Eksempel Melder".to_owned(),
        contact: Some("melder@example.no".to_owned()),
    };
    Report {
        number: CaseNumber { year: 2026, sequence: 17 },
        category: "lost-or-stolen-device".parse().unwrap(),
        category_version: 1,
        channel: Channel::WebForm,
        reporter: Reporter::Named(Erasable::about(person, identity)),
        follow_up: FollowUpHash("00".repeat(32)),
        what_happened: text("Jeg glemte telefonen på toget.\nDen var \"låst\"."),
        occurred: Occurred::Between { from: time(-2), until: Some(time(-1)) },
        discovered_at: Some(time(0)),
        aware_at: None,
        unit: UnitId(uuid(1)),
        systems_and_devices: text("Jobbtelefon"),
        personal_data: PersonalDataAffected::Unsure,
        breach: BTreeSet::from([BreachKind::Confidentiality, BreachKind::Availability]),
        whose_data: text("Ansatte i enheten"),
        people: PeopleEstimate::UpToHundred,
        sensitive: BTreeSet::from([Sensitive::Health, Sensitive::Children]),
        done_already: text("Meldt til toget."),
        answers: vec![Answer { question: "encrypted".parse().unwrap(), answer: text("yes") }],
        language: Some("nn".to_owned()),
    }
}

fn in_the_organisation() -> Vec<organisation::Event> {
    use organisation::Event as E;
    let user = UserId(uuid(9));
    let token = TokenId(uuid(10));
    let about = |value: &str| Erasable::about(user, value.to_owned());
    vec![
        E::OrganisationNamed { name: "Eksempel kommune".to_owned() },
        E::UnitCreated {
            unit: UnitId(uuid(1)),
            name: "Skole".to_owned(),
            parent: Some(UnitId(uuid(11))),
        },
        E::PersonRegistered {
            user,
            sign_in_name: about("eksempel"),
            name: about("Eksempel Ansatt"),
            email: Some(about("ansatt@example.no")),
            unit: UnitId(uuid(1)),
        },
        E::RolesGranted { user, roles: [Role::Employee, Role::Leader].into() },
        E::PasswordSet { user, hash: about("$argon2id$v=19$…"), one_time: true },
        E::PersonDeactivated { user },
        E::TokenIssued {
            token,
            user,
            label: "Nattlig uttrekk".to_owned(),
            hash: "00".repeat(32),
            expires_at: time(2000),
        },
        E::TokenRevoked { token },
        E::CrisisCopyBegun {
            fork: Position(1703),
            head: "9f".repeat(32),
            accesses: Position(20_411),
        },
        E::CrisisCopyMerged {
            fork: Position(1703),
            copy: "3a".repeat(32),
            events: 42,
            accesses: 17,
            left_out: vec![StreamId::ORGANISATION, CaseId(uuid(12)).into()],
        },
        E::AbsenceRecorded { user, until: time(400) },
        E::AbsenceEnded { user },
        E::CategoryRecorded { category: Box::new(written::category()) },
        E::DutyRecorded { duty: Box::new(written::duty()) },
        E::RulebookRecorded { rulebook: Box::new(written::rulebook()) },
        E::CalendarFeedOpened { user, hash: "5c".repeat(32) },
        E::CalendarFeedClosed { user },
        E::FilterSaved {
            user,
            filter: FilterId(uuid(41)),
            name: Erasable::about(user, "Mine åpne".to_owned()),
            criteria: Criteria {
                phase: Some(Phase::Received),
                closed: Some(false),
                category: Some("other".parse().expect("a name")),
                unit: Some(UnitId(uuid(2))),
                handler: Some(user),
            },
        },
        E::FilterDeleted { user, filter: FilterId(uuid(41)) },
    ]
}

fn unusual(user: UserId) -> Vec<organisation::Event> {
    use organisation::Event as E;
    vec![
        E::UnusualAccessFound(UnusualAccess {
            rule: AccessRule::ManyCases,
            user,
            count: 15,
            limit: 15,
            looked_at: time(95),
            line: Position(4_711),
        }),
        E::UnusualAccessReviewed {
            line: Position(4_711),
            rule: AccessRule::ManyCases,
            outcome: AccessOutcome::Justified,
            finding: Erasable::about(user, "Helgevakt for to sykehjem.".to_owned()),
        },
    ]
}
