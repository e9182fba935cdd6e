//! Cases as an organisation of some size has them after a few years: most closed after twenty
//! steps, some open with their clock run out, one long.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use domain::case::event::{
    AuthorityDecision, Capacity, MeasureKind, Outcome as Advice, PeopleDecision,
};
use domain::case::memo::Memo;
use domain::case::report::{
    BreachKind, Channel, FollowUpHash, Occurred, PeopleEstimate, PersonalDataAffected, Reporter,
    ReporterIdentity,
};
use domain::case::{Event, Judgement, Report};
use domain::deadline::{NOTIFICATION_LIMIT, Stage};
use domain::duty::{Alerted, DutyId, Verdict};
use domain::ids::{CaseNumber, MeasureId, PersonId, QuestionId, UnitId, UserId};
use domain::{Erasable, Time};
use service::secrets::random_id;

/// One case in so many is still open.
const OPEN_EVERY: u32 = 20;
/// Steps of the longest case.
pub(super) const LONGEST: usize = 200;
/// Minutes from one report to the next.
const MINUTES_APART: i64 = 30;
/// When the first report came in: 1 January 2024.
const BEGINNING: i64 = 1_704_067_200;

/// Within what time a report is to be taken in.
const ANSWER_LIMIT: TimeDelta = TimeDelta::hours(24);

/// A sentence as people write it, with the letters that take two bytes.
const SENTENCE: &str = "Vakttelefonen ble glemt på bussen og hentet igjen dagen etter, uten lås. ";

/// Who takes part in every case.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cast {
    pub(super) unit: UnitId,
    pub(super) officer: UserId,
    pub(super) owner: UserId,
    pub(super) employee: UserId,
}

/// When a case was reported.
pub(super) fn reported_at(sequence: u32) -> Time {
    let beginning = Time::from_timestamp(BEGINNING, 0).expect("a time in 2024");
    beginning + TimeDelta::minutes(MINUTES_APART * i64::from(sequence))
}

/// Everything that happened in the case with that number in its year.
pub(super) fn events(cast: Cast, number: CaseNumber, is_longest: bool) -> Vec<Event> {
    let at = reported_at(number.sequence);
    let mut events = vec![report(cast, number, at), judged(at), received(cast)];
    if number.sequence.is_multiple_of(OPEN_EVERY) {
        events.extend(Stage::STANDARD.map(|stage| reached(stage, at)));
        events.extend([asked(number), answered(number), assessed()]);
    } else {
        events.extend([reached(Stage::before(48), at), involved(cast)]);
        events.extend([asked(number), answered(number), assessed()]);
        events.extend(decided(at));
        for measure in 1..=2 {
            events.extend(handled(cast, measure, at));
        }
        let long = if is_longest { LONGEST - events.len() - 4 } else { 0 };
        events.extend((0..long).map(|_| information()));
        events.extend([memo(1), returned(), memo(2), Event::CaseClosed { grounds: None }]);
    }
    events
}

/// A text of about so many bytes.
fn text(bytes: usize) -> Erasable<String> {
    let text = SENTENCE.repeat(bytes / SENTENCE.len() + 1);
    Erasable::known(text[..text.floor_char_boundary(bytes)].to_owned())
}

fn report(cast: Cast, number: CaseNumber, at: Time) -> Event {
    let person = PersonId(random_id());
    let identity = ReporterIdentity {
        person,
        user: Some(cast.employee),
        name: "Mona Strandvold".to_owned(),
        contact: None,
    };
    Event::DeviationReported(Box::new(Report {
        number,
        category: "other".parse().expect("a category's name"),
        category_version: 1,
        channel: Channel::WebForm,
        reporter: Reporter::Named(Erasable::about(person, identity)),
        follow_up: FollowUpHash(random_id().simple().to_string().repeat(2)),
        what_happened: text(500),
        occurred: Occurred::At(at - TimeDelta::hours(2)),
        discovered_at: Some(at),
        aware_at: None,
        unit: cast.unit,
        systems_and_devices: text(60),
        personal_data: PersonalDataAffected::Yes,
        breach: [BreachKind::Confidentiality].into(),
        sensitive: BTreeSet::new(),
        whose_data: text(80),
        people: PeopleEstimate::UpToTen,
        done_already: text(120),
        language: Some("nb".to_owned()),
        answers: Vec::new(),
    }))
}

fn information() -> Event {
    Event::InformationAdded { text: text(300) }
}

/// The two duties that apply in every case whose answers rule the others out.
fn judged(reported_at: Time) -> Event {
    let starts_at = Some(reported_at);
    let judgement = |duty: &str, limit: TimeDelta| Judgement {
        duty: DutyId::new(duty).expect("a name"),
        version: 1,
        verdict: Verdict::Yes,
        starts_at,
        due_at: Some(reported_at + limit),
        ended_at: None,
    };
    let notification = judgement(DutyId::NOTIFICATION, NOTIFICATION_LIMIT);
    Event::DutiesJudged { duties: vec![notification, judgement("first-answer", ANSWER_LIMIT)] }
}

fn received(cast: Cast) -> Event {
    let category = "other".parse().expect("a category's name");
    let category_version = Some(1);
    Event::CaseReceived { category, category_version, unit: cast.unit, handler: cast.officer }
}

fn reached(stage: Stage, reported_at: Time) -> Event {
    let duty = DutyId::new(DutyId::NOTIFICATION).expect("a name");
    let (due_at, alerts) = (reported_at + NOTIFICATION_LIMIT, [Alerted::Dpo].into());
    Event::DeadlineStageReached { duty, stage, due_at, alerts }
}

fn involved(cast: Cast) -> Event {
    Event::PersonInvolved { user: Erasable::about(cast.owner, cast.owner) }
}

fn asked(number: CaseNumber) -> Event {
    Event::ReporterAsked { question: question(number), text: text(120) }
}

fn answered(number: CaseNumber) -> Event {
    Event::ReporterAnswered { question: question(number), text: text(200) }
}

fn question(number: CaseNumber) -> QuestionId {
    QuestionId(uuid::Uuid::from_u128(u128::from(number.sequence)))
}

fn assessed() -> Event {
    Event::CaseAssessed {
        version: 1,
        facts: text(500),
        outcome: Advice::NotifyAuthority,
        advice: None,
    }
}

fn decided(at: Time) -> [Event; 3] {
    [
        Event::AuthorityDecided {
            decision: AuthorityDecision::Notify,
            grounds: text(300),
            departure: None,
            capacity: Capacity::Controller,
            held_against: None,
        },
        Event::AuthorityNotified {
            sent_at: at + TimeDelta::hours(30),
            reference: "AR-2026-0417".to_owned(),
            reasons_for_delay: None,
            notice: domain::notification::NoticeSent::default(),
        },
        Event::PeopleDecided {
            decision: PeopleDecision::NoHighRisk,
            grounds: text(200),
            particulars: None,
        },
    ]
}

fn handled(cast: Cast, number: u128, at: Time) -> [Event; 3] {
    let measure = MeasureId(uuid::Uuid::from_u128(number));
    [
        Event::MeasureProposed {
            measure,
            kind: MeasureKind::Corrective,
            description: text(150),
            owner: cast.owner,
            due_at: at + TimeDelta::days(14),
            playbook: None,
        },
        Event::MeasureCompleted { measure, account: text(150), review_due_at: None },
        Event::MeasureVerified { measure, effective: true, finding: text(150) },
    ]
}

fn returned() -> Event {
    Event::CaseReturned { follow_ups: vec![text(80), text(80)] }
}

fn memo(version: u32) -> Event {
    let memo = Memo {
        orientation: text(200),
        description: text(600),
        rules: text(300),
        discussion: text(600),
        assessment: text(500),
        conclusion: text(300),
    };
    Event::MemoSubmitted { version, memo: Box::new(memo) }
}
