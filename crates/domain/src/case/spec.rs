//! Given, when, then for the case, and fixtures named for what has happened.

use chrono::{TimeDelta, TimeZone, Utc};
use uuid::Uuid;

use super::command::{Acting, Close, Command, Request};
use super::event::{AuthorityDecision, Capacity, Event, MeasureKind, Outcome, PeopleDecision};
use super::evolve::{Fact, fold};
use super::inquiry::{InquiryMade, Respondent};
use super::memo::Memo;
use super::refusal::Refusal;
use super::report::{
    BreachKind, Channel, FollowUpHash, Occurred, PeopleEstimate, PersonalDataAffected, Report,
    Reporter,
};
use super::state::Case;
use super::{Decision, decide};
use crate::category::CategoryId;
use crate::ids::{CaseNumber, InquiryId, MeasureId, UnitId, UserId};
use crate::notification::NoticeSent;
use crate::{Actor, Erasable, Role, Time};

pub(crate) const DPO: UserId = UserId(Uuid::from_u128(1));
pub(crate) const CONTROLLER: UserId = UserId(Uuid::from_u128(2));
pub(crate) const LEADER: UserId = UserId(Uuid::from_u128(3));
pub(crate) const UNIT: UnitId = UnitId(Uuid::from_u128(11));
pub(crate) const MEASURE: MeasureId = MeasureId(Uuid::from_u128(21));

pub(crate) struct Given(pub(crate) Case);
pub(crate) struct When(Decision);

/// A history, recorded by the data protection officer on Monday at 9.
pub(crate) fn given(events: impl IntoIterator<Item = Event>) -> Given {
    let events: Vec<Event> = events.into_iter().collect();
    let facts = events.iter().map(|event| Fact { event, at: monday(9), by: Actor::User(DPO) });
    Given(fold(facts))
}

impl Given {
    #[expect(clippy::needless_pass_by_value, reason = "reads as a sentence")]
    pub(crate) fn when(self, command: Command) -> When {
        When(decide(&self.0, &command))
    }
}

impl When {
    #[track_caller]
    pub(crate) fn then(self, events: impl IntoIterator<Item = Event>) {
        assert_eq!(self.0, Ok(events.into_iter().collect()));
    }

    #[track_caller]
    pub(crate) fn then_refused(self, refusal: Refusal) {
        assert_eq!(self.0, Err(refusal));
    }
}

/// How long after it was done a measure is looked at again, here.
pub(crate) const REVIEWED_AFTER: TimeDelta = TimeDelta::days(90);

pub(crate) fn monday(hour: u32) -> Time {
    Utc.with_ymd_and_hms(2026, 3, 2, 0, 0, 0).unwrap() + TimeDelta::hours(i64::from(hour))
}

pub(crate) fn text(words: &str) -> Erasable<String> {
    Erasable::known(words.to_owned())
}

pub(crate) fn dpo() -> Acting {
    Acting::user(DPO, [Role::Dpo])
}

pub(crate) fn command(at: Time, by: Acting, request: Request) -> Command {
    Command { at, by, request }
}

pub(crate) fn by_dpo(request: Request) -> Command {
    command(monday(12), dpo(), request)
}

pub(crate) fn by_controller(request: Request) -> Command {
    command(monday(12), Acting::user(CONTROLLER, [Role::Controller]), request)
}

pub(crate) fn by_leader(request: Request) -> Command {
    command(monday(12), Acting::user(LEADER, [Role::Leader]), request)
}

pub(crate) fn by_reporter(request: Request) -> Command {
    command(monday(12), Acting::reporter(), request)
}

pub(crate) fn lost_phone() -> Report {
    Report {
        number: CaseNumber { year: 2026, sequence: 17 },
        category: CategoryId::new("lost-or-stolen-device").expect("a category's name"),
        category_version: 1,
        channel: Channel::WebForm,
        reporter: Reporter::Anonymous,
        follow_up: FollowUpHash("5e".repeat(32)),
        what_happened: text("left a phone on the bus"),
        occurred: Occurred::At(monday(7)),
        discovered_at: Some(monday(8)),
        aware_at: None,
        unit: UNIT,
        systems_and_devices: text("a phone"),
        personal_data: PersonalDataAffected::Yes,
        breach: [BreachKind::Confidentiality].into(),
        whose_data: text("residents"),
        people: PeopleEstimate::UpToTen,
        sensitive: std::collections::BTreeSet::new(),
        done_already: text(""),
        answers: Vec::new(),
        language: None,
    }
}

pub(crate) fn reported() -> Event {
    Event::DeviationReported(Box::new(lost_phone()))
}

pub(crate) fn received() -> Event {
    Event::CaseReceived {
        category: lost_phone().category,
        category_version: None,
        unit: UNIT,
        handler: DPO,
    }
}

pub(crate) fn assessed(version: u32, outcome: Outcome) -> Event {
    Event::CaseAssessed { version, facts: text("phone without PIN"), outcome, advice: None }
}

fn decided(decision: AuthorityDecision) -> Event {
    let (grounds, capacity) = (text("as advised"), Capacity::Controller);
    Event::AuthorityDecided { decision, grounds, departure: None, capacity, held_against: None }
}

pub(crate) fn decided_to_notify() -> Event {
    decided(AuthorityDecision::Notify)
}

pub(crate) fn decided_not_to_notify() -> Event {
    decided(AuthorityDecision::DoNotNotify)
}

pub(crate) fn decided_to_tell() -> Event {
    let (decision, grounds) = (PeopleDecision::Notify, text("as advised"));
    Event::PeopleDecided { decision, grounds, particulars: None }
}

pub(crate) fn notified() -> Event {
    Event::AuthorityNotified {
        sent_at: monday(11),
        reference: "AR123456789".to_owned(),
        reasons_for_delay: None,
        notice: NoticeSent::default(),
    }
}

pub(crate) fn people_decided() -> Event {
    let (decision, grounds) = (PeopleDecision::NoHighRisk, text("wiped"));
    Event::PeopleDecided { decision, grounds, particulars: None }
}

pub(crate) fn proposed() -> Event {
    Event::MeasureProposed {
        measure: MEASURE,
        kind: MeasureKind::Immediate,
        description: text("wipe the phone"),
        owner: LEADER,
        due_at: monday(18),
        playbook: None,
    }
}

pub(crate) fn completed() -> Event {
    let review_due_at = Some(monday(12) + REVIEWED_AFTER);
    Event::MeasureCompleted { measure: MEASURE, account: text("wiped"), review_due_at }
}

pub(crate) fn verified() -> Event {
    Event::MeasureVerified { measure: MEASURE, effective: true, finding: text("gone") }
}

pub(crate) const INQUIRY: InquiryId = InquiryId(Uuid::from_u128(41));

/// Asked by the data protection officer, to be answered by Wednesday at 9.
pub(crate) fn inquired(user: UserId) -> Event {
    let (respondent, text, due_at) = (Respondent::Member(user), text("how many?"), monday(57));
    let files = std::collections::BTreeSet::new();
    Event::InquiryMade(Box::new(InquiryMade { inquiry: INQUIRY, respondent, text, due_at, files }))
}

pub(crate) fn answered(said: &str) -> Event {
    Event::InquiryAnswered { inquiry: INQUIRY, text: text(said) }
}

pub(crate) fn withdrawn() -> Event {
    Event::InquiryWithdrawn { inquiry: INQUIRY, reason: text("wrong address") }
}

pub(crate) fn notification_withdrawn() -> Event {
    let (sent_at, reference, reasons) = (monday(12), "AR1".to_owned(), text("no breach after all"));
    let notice = NoticeSent::default();
    Event::NotificationWithdrawn { sent_at, reference, reasons, notice }
}

/// The controller closes without giving grounds.
pub(crate) fn closes() -> Request {
    Request::Close(Close::default())
}

pub(crate) fn memo() -> Memo {
    Memo {
        orientation: text("a lost phone"),
        description: text("left on the bus"),
        rules: text("the security instruction"),
        discussion: text("it had no PIN"),
        assessment: text("wiped in time"),
        conclusion: text("PIN on every phone"),
    }
}

pub(crate) fn memo_submitted(version: u32) -> Event {
    Event::MemoSubmitted { version, memo: Box::new(memo()) }
}

/// The whole way up to the controller's decision.
pub(crate) fn ready_to_close() -> Vec<Event> {
    vec![
        reported(),
        received(),
        assessed(1, Outcome::NotifyAuthority),
        decided_to_notify(),
        notified(),
        people_decided(),
        proposed(),
        completed(),
        verified(),
        memo_submitted(1),
    ]
}

pub(crate) fn closed() -> Vec<Event> {
    ready_to_close().into_iter().chain([Event::CaseClosed { grounds: None }]).collect()
}
