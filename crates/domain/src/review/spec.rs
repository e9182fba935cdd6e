//! Given, when, then for the review, and fixtures named for what has happened.

use std::collections::BTreeSet;

use chrono::{TimeDelta, TimeZone, Utc};
use strum::IntoEnumIterator;
use uuid::Uuid;

use super::agenda::AgendaItem;
use super::command::{Begin, Command, Request};
use super::event::{Approval, Basis, Event};
use super::evolve::{Fact, fold};
use super::number::ReviewNumber;
use super::refusal::Refusal;
use super::state::Review;
use super::{Decision, decide};
use crate::case::Acting;
use crate::case::letter::KeptFile;
use crate::ids::{AttachmentId, InquiryId, ResolutionId, UserId};
use crate::{Actor, Erasable, Position, Role, Time};

pub(crate) const DPO: UserId = UserId(Uuid::from_u128(1));
pub(crate) const CONTROLLER: UserId = UserId(Uuid::from_u128(2));
pub(crate) const LEADER: UserId = UserId(Uuid::from_u128(3));
pub(crate) const INQUIRY: InquiryId = InquiryId(Uuid::from_u128(41));
pub(crate) const RESOLUTION: ResolutionId = ResolutionId(Uuid::from_u128(51));

pub(crate) struct Given(Review);
pub(crate) struct When(Decision);

/// A history, recorded by the data protection officer on the ninth day.
pub(crate) fn given(events: impl IntoIterator<Item = Event>) -> Given {
    let events: Vec<Event> = events.into_iter().collect();
    let facts = events.iter().map(|event| Fact { event, at: day(9), by: Actor::User(DPO) });
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

/// A day of 2027, counted from 0; commands are given on the tenth.
pub(crate) fn day(number: u32) -> Time {
    let first = Utc.with_ymd_and_hms(2027, 1, 1, 8, 0, 0).unwrap();
    first + TimeDelta::days(i64::from(number))
}

pub(crate) fn text(words: &str) -> Erasable<String> {
    Erasable::known(words.to_owned())
}

pub(crate) fn command(by: Acting, request: Request) -> Command {
    Command { at: day(10), by, request }
}

pub(crate) fn by_dpo(request: Request) -> Command {
    command(Acting::user(DPO, [Role::Dpo]), request)
}

pub(crate) fn by_controller(request: Request) -> Command {
    command(Acting::user(CONTROLLER, [Role::Controller]), request)
}

pub(crate) fn by_leader(request: Request) -> Command {
    command(Acting::user(LEADER, [Role::Leader]), request)
}

pub(crate) fn begin_with(participants: impl Into<BTreeSet<UserId>>) -> Begin {
    Begin {
        number: ReviewNumber { year: 2027, sequence: 1 },
        first: (day(0) - TimeDelta::days(365)).date_naive(),
        last: (day(0) - TimeDelta::days(1)).date_naive(),
        today: day(10).date_naive(),
        participants: participants.into(),
        previous: None,
    }
}

pub(crate) fn begun() -> Event {
    let Begin { number, first, last, previous, .. } = begin_with([]);
    Event::ReviewBegun { number, first, last, previous }
}

pub(crate) fn named() -> Event {
    Event::ParticipantsNamed { participants: [CONTROLLER, LEADER].into() }
}

pub(crate) fn prepared() -> Event {
    Event::BasisPrepared(Basis { position: Position(70), template: 1 })
}

pub(crate) fn written(item: AgendaItem, version: u32, words: &str) -> Event {
    Event::ItemWritten { item, version, text: text(words) }
}

/// The leader, who is to answer by the twentieth day.
pub(crate) fn asked() -> Event {
    Event::InputAsked {
        inquiry: INQUIRY,
        item: AgendaItem::BuildingChanges,
        of: LEADER,
        text: text("what was moved?"),
        due_at: day(20),
    }
}

pub(crate) fn answered(said: &str) -> Event {
    Event::InputGiven { inquiry: INQUIRY, text: text(said) }
}

/// To be done by the leader.
pub(crate) fn resolved(words: &str) -> Event {
    Event::ResolutionTaken {
        resolution: RESOLUTION,
        item: AgendaItem::Deviations,
        text: text(words),
        owner: LEADER,
        due_at: day(90),
        carries_over: None,
    }
}

pub(crate) fn held() -> Event {
    Event::ReviewHeld { held_at: day(9), participants: [CONTROLLER, LEADER].into() }
}

pub(crate) fn approval() -> Approval {
    Approval {
        made_from: Basis { position: Position(90), template: 1 },
        document: KeptFile {
            file: AttachmentId(Uuid::from_u128(61)),
            length: 17,
            sha256: text(&"ab".repeat(32)),
        },
        next_due_at: day(370),
    }
}

/// Everything up to sending it to the controller.
pub(crate) fn ready() -> Vec<Event> {
    let spoken_to = AgendaItem::iter().map(|item| written(item, 1, "as it is"));
    let minutes = Event::MinutesWritten { version: 1, text: text("as it went") };
    [begun(), named(), prepared()]
        .into_iter()
        .chain(spoken_to)
        .chain([resolved("teach"), held(), minutes])
        .collect()
}

pub(crate) fn submitted() -> Vec<Event> {
    ready().into_iter().chain([Event::ReviewSubmitted {}]).collect()
}

pub(crate) fn approved() -> Vec<Event> {
    submitted().into_iter().chain([Event::ReviewApproved(Box::new(approval()))]).collect()
}
