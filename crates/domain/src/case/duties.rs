//! The duties of a case: how each was judged, under which version, and whether its clock runs.

mod book;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{NaiveDate, SubsecRound};
use serde::{Deserialize, Serialize};

use super::event::{AuthorityDecision, Outcome, PeopleDecision};
use super::facts::{Fact, Facts};
use super::state::OpenCase;
use crate::category::answers::given;
use crate::duty::{Calendar, Condition, Duty, DutyId, Ending, Reported, Situation, Start, Verdict};
use crate::notification::{Completeness, Notice};
use crate::{Erasable, Time};

pub use book::DutyBook;

/// How a duty was judged. NOTE: part of the stored form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    /// Which duty.
    pub duty: DutyId,
    /// Its version, which the case keeps.
    pub version: u32,
    /// Whether it applies. Where that is not known, its clock runs as a possible one.
    pub verdict: Verdict,
    /// From when its time runs, once it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts_at: Option<Time>,
    /// The last instant that is in time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Time>,
    /// When it was ended, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Time>,
}

impl Judgement {
    /// When it is due, while its clock runs, for sure or possibly.
    #[must_use]
    pub fn running_until(&self) -> Option<Time> {
        let runs = self.verdict != Verdict::No && self.ended_at.is_none();
        self.due_at.filter(|_| runs)
    }
}

/// That a duty was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fulfilled {
    /// When.
    pub done_at: Time,
    /// When that was recorded.
    pub recorded_at: Time,
    /// The reference it was given, if it was given one.
    pub reference: String,
}

/// What a case knows of its duties.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CaseDuties {
    /// How each was judged last.
    pub judged: BTreeMap<DutyId, Judgement>,
    /// Those that somebody said were done.
    pub fulfilled: BTreeMap<DutyId, Fulfilled>,
    /// Those of which that was taken back, and not said again since.
    pub taken_back: BTreeSet<DutyId>,
    /// Those whose clocks ended with the case. They run again once it is taken up again.
    pub ended: BTreeSet<DutyId>,
    /// On which grounds they ended so, where one applied for sure.
    pub(super) ended_on: Option<Erasable<String>>,
    /// When the case took the turns from which times run.
    pub(super) turns: TurnTimes,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct TurnTimes {
    pub(super) received: Option<Time>,
    /// When it was decided so; deciding the same on better grounds changes nothing.
    pub(super) authority_decided: Option<Time>,
    pub(super) people_decided: Option<Time>,
    /// When the standing notification was recorded, which can be later than it was sent.
    pub(super) notified: Option<Time>,
}

impl TurnTimes {
    /// When what a duty's time runs from was recorded last, where that can be more than once.
    fn recorded(self, start: Start) -> Option<Time> {
        match start {
            Start::AuthorityDecision => self.authority_decided,
            Start::PeopleDecision => self.people_decided,
            Start::Notification => self.notified,
            Start::Awareness | Start::Report | Start::Receipt | Start::Question => None,
        }
    }

    /// When the latest of them was recorded.
    pub(super) fn latest(self) -> Option<Time> {
        [self.authority_decided, self.people_decided, self.notified].into_iter().flatten().max()
    }
}

/// How every duty stands in a case, where that is not how it was judged before.
#[must_use]
pub fn judge(case: &OpenCase, book: &DutyBook) -> Vec<Judgement> {
    let answers = given(&case.report.answers);
    let facts = case.facts_for_duties();
    let situation = situation(case, book, &facts, &answers);
    let jurisdiction = book.calendar.jurisdiction;
    let aware_on = book.calendar.day_of(case.clock.deadline.aware_at);
    of_case(case, book)
        .into_iter()
        .filter(|duty| duty.start != Start::Question)
        .filter(|duty| {
            // What it was judged under once it is judged under to the end.
            duty.jurisdictions.contains(&jurisdiction) || case.duties.judged.contains_key(&duty.id)
        })
        .map(|duty| {
            // The main clock runs in every case, under some version of its rule.
            let covers = duty.covers(aware_on) || duty.id.is_notification();
            let verdict = if covers { duty.judge(situation) } else { Verdict::No };
            judgement(case, duty, verdict, book.calendar)
        })
        .filter(|it| case.duties.judged.get(&it.duty) != Some(it))
        .collect()
}

/// Every duty in the version that counts in a case.
#[must_use]
pub fn of_case<'a>(case: &OpenCase, book: &'a DutyBook) -> Vec<&'a Arc<Duty>> {
    book.of_day(book.calendar.day_of(case.clock.deadline.aware_at), &case.duties.judged)
}

/// How the duties stand by the facts alone, where there is no case: as it would be on that day,
/// with that advice and nothing decided yet.
#[must_use]
pub fn preview<'a>(
    book: &'a DutyBook,
    facts: &Facts,
    advised: Outcome,
    day: NaiveDate,
) -> Vec<(&'a Duty, Verdict)> {
    let situation = Situation {
        organisation: &book.organisation,
        facts,
        reported: None,
        advised: Some(advised),
        authority_notified: false,
        people_to_be_told: Verdict::Unknown,
    };
    let jurisdiction = book.calendar.jurisdiction;
    book.of_day(day, &BTreeMap::new())
        .into_iter()
        .filter(|duty| duty.start != Start::Question)
        .filter(|duty| duty.jurisdictions.contains(&jurisdiction) && duty.covers(day))
        .map(|duty| (&**duty, duty.judge(situation)))
        .collect()
}

/// The questions that would settle whether a duty applies; none where that is known.
#[must_use]
pub fn unsettled(case: &OpenCase, duty: &Duty, book: &DutyBook) -> Vec<Condition> {
    let answers = given(&case.report.answers);
    let facts = case.facts_for_duties();
    let situation = situation(case, book, &facts, &answers);
    if duty.judge(situation) != Verdict::Unknown {
        return Vec::new();
    }
    let open = duty.triggers.iter().filter(|it| it.judge(situation) == Verdict::Unknown);
    let open = open.flat_map(|trigger| &trigger.when);
    let mut unsettled: Vec<Condition> = Vec::new();
    for condition in open.filter(|condition| condition.judge(situation) == Verdict::Unknown) {
        if !unsettled.contains(condition) {
            unsettled.push(condition.clone());
        }
    }
    unsettled
}

fn judgement(case: &OpenCase, duty: &Duty, verdict: Verdict, calendar: Calendar) -> Judgement {
    let Duty { id, version, .. } = duty;
    let starts_at = case.starts_at(duty.start).filter(|_| verdict != Verdict::No);
    // As the journal keeps times, so that a case is judged the same when it is read back.
    let starts_at = starts_at.map(|at| at.trunc_subsecs(6));
    let ended_at = duty.ends.iter().filter_map(|ending| case.ended_at(duty, *ending)).min();
    Judgement {
        duty: id.clone(),
        version: *version,
        verdict,
        starts_at,
        due_at: starts_at.map(|start| duty.length.due_at(start, calendar)),
        ended_at: ended_at.map(|at| at.trunc_subsecs(6)),
    }
}

fn situation<'a>(
    case: &'a OpenCase,
    book: &'a DutyBook,
    facts: &'a Facts,
    answers: &'a [(crate::category::QuestionName, String)],
) -> Situation<'a> {
    let reported = Reported { category: case.category(), report: &case.report, answers };
    Situation {
        organisation: &book.organisation,
        facts,
        reported: Some(reported),
        advised: case.assessment.as_ref().map(|assessment| assessment.outcome),
        authority_notified: case.authority.notified.is_some(),
        people_to_be_told: match case.people.as_ref().map(|decided| decided.decision) {
            None => Verdict::Unknown,
            Some(PeopleDecision::Notify | PeopleDecision::PublicCommunication) => Verdict::Yes,
            Some(_) => Verdict::No,
        },
    }
}

impl Duty {
    /// Whether what is known of a case triggers it.
    #[must_use]
    pub fn judge(&self, situation: Situation<'_>) -> Verdict {
        if self.triggers.is_empty() {
            return Verdict::Yes;
        }
        Verdict::any(self.triggers.iter().map(|trigger| trigger.judge(situation)))
    }
}

impl OpenCase {
    /// What is known of the case, fact by fact: as found out, else as the report itself says.
    #[must_use]
    pub fn facts(&self) -> Facts {
        let mut facts = Facts::reported(&self.report);
        if let Some(found_out) = &self.established {
            facts = found_out.facts.clone();
        }
        facts
    }

    /// The same with what the notices say of themselves: whether the first left something out.
    fn facts_for_duties(&self) -> Facts {
        let facts = self.facts();
        let first = self.authority.standing_notices().first();
        match first.and_then(Notice::completeness) {
            Some(Completeness::Incomplete) => {
                facts.with(Fact::NotificationIncomplete, Verdict::Yes)
            }
            Some(Completeness::Complete) if facts.is_open(Fact::NotificationIncomplete) => {
                facts.with(Fact::NotificationIncomplete, Verdict::No)
            }
            Some(Completeness::Complete) | None => facts,
        }
    }

    fn starts_at(&self, start: Start) -> Option<Time> {
        let turns = self.duties.turns;
        match start {
            Start::Awareness => Some(self.clock.deadline.aware_at),
            Start::Report => Some(self.reported_at),
            Start::Receipt => turns.received,
            Start::AuthorityDecision => turns.authority_decided,
            Start::PeopleDecision => turns.people_decided,
            Start::Notification => self.authority.notified.as_ref().map(|it| it.sent_at),
            Start::Question => None,
        }
    }

    fn ended_at(&self, duty: &Duty, ending: Ending) -> Option<Time> {
        let turns = self.duties.turns;
        let decided = self.authority.decision();
        let people = self.people.as_ref().map(|decided| decided.decision);
        match ending {
            Ending::AuthorityNotified => self.authority.notified.as_ref().map(|it| it.sent_at),
            Ending::NotificationCompleted => {
                let mut standing = self.authority.standing_notices().iter();
                let complete = |it: &&Notice| it.completeness() == Some(Completeness::Complete);
                standing.find(complete).map(|it| it.sent_at)
            }
            Ending::AuthorityNotToBeNotified => {
                let against = decided == Some(AuthorityDecision::DoNotNotify);
                turns.authority_decided.filter(|_| against)
            }
            Ending::PeopleTold => self.told_as_decided().iter().map(|it| it.told_at).min(),
            Ending::PeopleNotToBeTold => {
                let told = [PeopleDecision::Notify, PeopleDecision::PublicCommunication];
                let against = people.is_some_and(|decision| !told.contains(&decision));
                turns.people_decided.filter(|_| against)
            }
            Ending::Received => turns.received,
            Ending::Recorded => self.duties.fulfilled(duty).map(|it| it.done_at),
            Ending::Answered => None,
        }
    }
}

impl CaseDuties {
    /// That a duty was done since its time runs as it does now: a second notification is
    /// supplemented anew.
    fn fulfilled(&self, duty: &Duty) -> Option<&Fulfilled> {
        let known = self.fulfilled.get(&duty.id)?;
        let began = self.turns.recorded(duty.start);
        began.is_none_or(|began| began <= known.recorded_at).then_some(known)
    }

    /// That a duty was done counts no more.
    pub(super) fn take_back(&mut self, duty: &DutyId) {
        if self.fulfilled.remove(duty).is_some() {
            self.taken_back.insert(duty.clone());
        }
    }

    /// Every clock that runs, for sure or possibly, the soonest first.
    #[must_use]
    pub fn running(&self) -> Vec<(&Judgement, Time)> {
        let running = self.judged.values().filter_map(|it| Some((it, it.running_until()?)));
        let mut running: Vec<_> = running.collect();
        running.sort_by_key(|(it, due_at)| (*due_at, it.duty.clone()));
        running
    }
}
