//! What becomes of one report.

use chrono::TimeDelta;
use domain::Time;
use domain::case::event::MeasureKind;
use domain::case::report::{PeopleEstimate, PersonalDataAffected};
use fastrand::Rng;

use super::{Act, Deviated, office, some_time};
use crate::demo_data::town::Town;

/// The 72 hours (GDPR art. 33(1)).
const LIMIT: TimeDelta = TimeDelta::hours(72);

/// The steps of one case while they are thought out.
pub(super) struct Plot<'a> {
    town: &'a Town,
    rng: &'a mut Rng,
    it: &'a Deviated,
    acts: Vec<(Time, Act)>,
}

impl<'a> Plot<'a> {
    pub(super) fn new(town: &'a Town, rng: &'a mut Rng, it: &'a Deviated) -> Self {
        Self { town, rng, it, acts: Vec::new() }
    }

    /// Its steps with their times; `earlier` is another of its kind.
    pub(super) fn acts(mut self, earlier: Option<usize>) -> Vec<(Time, Act)> {
        let it = self.it;
        self.acts.push((it.reported_at, Act::Report));
        let is_serious = self.happens(self.town.deviations[it.kind].serious);
        let waits: &[_] = if is_serious {
            &[(85, 1, 4), (10, 5, 24), (5, 49, 140)]
        } else {
            &[(60, 1, 8), (30, 9, 48), (10, 49, 140)]
        };
        let received = it.reported_at + self.hours(waits);
        let received = if is_serious { received } else { office(received) };
        self.acts.push((received, Act::Receive));
        let asked = if self.happens(20) { self.then(received, 1, Act::Ask) } else { received };
        if it.personal_data == PersonalDataAffected::No || self.happens(6) {
            self.then(asked, 30, Act::NotADeviation);
            return self.acts;
        }
        if let Some(earlier) = earlier.filter(|_| self.happens(12)) {
            self.then(received, 2, Act::Link(earlier));
        }
        let decided = self.decide(received, is_serious);
        let done = self.measures(received);
        self.close(decided.max(done));
        self.acts
    }

    /// Assesses, decides, notifies and tells, as far as it goes.
    fn decide(&mut self, received: Time, is_serious: bool) -> Time {
        let is_told = is_serious && self.happens(35);
        let level = u8::from(is_serious) + u8::from(is_told);
        let is_slow = self.happens(10);
        let mut last = received;
        let steps = [(4, Act::Assess(level)), (2, Act::Decide(is_serious))];
        for (usual_hours, act) in steps {
            last = match (is_serious, is_slow) {
                // What must be in within 72 hours waits for no Monday.
                (true, false) => self.at_once(last, act),
                (_, true) => self.then(last, 24 + usual_hours, act),
                (false, false) => self.then(last, usual_hours, act),
            };
        }
        if is_serious {
            let at = last + TimeDelta::minutes(self.rng.i64(20..300));
            let is_late = self.it.aware_at() + LIMIT < at;
            self.acts.push((at, Act::Notify { is_late }));
            last = at;
        }
        last = self.then(last, 6, Act::DecideOnPeople(is_told));
        if is_told {
            let count = match self.it.people {
                PeopleEstimate::One => 1,
                PeopleEstimate::UpToTen | PeopleEstimate::Unknown => self.rng.u32(2..=10),
                PeopleEstimate::UpToHundred => self.rng.u32(11..=100),
                PeopleEstimate::UpToThousand => self.rng.u32(101..=1_000),
                PeopleEstimate::OverThousand => self.rng.u32(1_001..=2_500),
            };
            last = self.then(last, 48, Act::Tell(count));
        }
        last
    }

    /// Proposes measures and sees to them. Those at once are done before the case can close.
    fn measures(&mut self, received: Time) -> Time {
        let offered = self.town.deviations[self.it.kind].measures.len();
        let count = self.rng.usize(1..=offered);
        let mut last = received;
        for number in 0..count {
            let (kind, days) = match number {
                0 => (MeasureKind::Immediate, 3),
                1 => (MeasureKind::Corrective, 30),
                _ => (MeasureKind::Preventive, 60),
            };
            let proposed = self.then(received, 3, Act::Propose { number, kind, days });
            let is_at_once = kind == MeasureKind::Immediate;
            if !is_at_once && self.happens(9) {
                continue;
            }
            let is_late = !is_at_once && self.happens(18);
            let longest = if is_late { days * 2 } else { days };
            let hours = self.rng.i64(12..longest * 24);
            let done = office(proposed + TimeDelta::hours(hours));
            self.acts.push((done, Act::Complete(number)));
            let verified = self.then(done, 72, Act::Verify(number));
            if is_at_once {
                last = verified;
            } else if self.happens(70) {
                let reviewed = done + TimeDelta::days(90 + self.rng.i64(0..40));
                self.acts.push((office(reviewed), Act::Review(number)));
            }
        }
        last
    }

    fn close(&mut self, ready: Time) {
        let wrote = self.then(ready, 24 * 5, Act::Memo);
        let mut sent = wrote;
        if self.happens(7) {
            let back = self.then(wrote, 24, Act::Return);
            sent = self.then(back, 24 * 3, Act::MemoAgain);
        }
        let closed = self.then(sent, 24 * 2, Act::Close);
        if self.happens(2) {
            self.acts.push((office(closed + TimeDelta::days(240)), Act::Erase));
        }
    }

    /// Has it happened some while after another, at most twice and a half as long as usual.
    fn then(&mut self, after: Time, usual_hours: i64, act: Act) -> Time {
        let half_hours = self.rng.i64(1..=usual_hours * 5);
        let at = office(after + TimeDelta::minutes(half_hours * 30));
        self.acts.push((at, act));
        at
    }

    /// Has it happened within some hours after another.
    fn at_once(&mut self, after: Time, act: Act) -> Time {
        let at = after + TimeDelta::minutes(self.rng.i64(10..500));
        self.acts.push((at, act));
        at
    }

    fn happens(&mut self, hundredths: u32) -> bool {
        self.rng.u32(0..100) < hundredths
    }

    fn hours(&mut self, of: &[(u32, i64, i64)]) -> TimeDelta {
        some_time(self.rng, of)
    }
}
