//! What happens in the invented years, from a seed: who reports what when, and each step that is
//! taken of it. The same seed and the same last day make the same script.

mod plot;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Timelike, Weekday};
use domain::Time;
use domain::case::event::MeasureKind;
use domain::case::report::{Channel, Openness, PeopleEstimate, PersonalDataAffected};
use fastrand::Rng;

use super::town::Town;
use plot::Plot;

/// How much of a year's reports comes in each month, from January on: little in July and over
/// Christmas, most in autumn.
const SEASONS: [u32; 12] = [9, 9, 10, 8, 9, 10, 4, 8, 11, 11, 11, 7];

/// A deviation from its report on.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Deviated {
    pub(super) reported_at: Time,
    pub(super) occurred_at: Time,
    pub(super) discovered_at: Time,
    /// The unit, by its place in the town.
    pub(super) unit: usize,
    /// Who reports, by their place in the unit.
    pub(super) reporter: usize,
    /// The deviation, by its place in the town.
    pub(super) kind: usize,
    /// Which of the things that happen.
    pub(super) happened: usize,
    pub(super) channel: Channel,
    pub(super) openness: Openness,
    pub(super) personal_data: PersonalDataAffected,
    pub(super) people: PeopleEstimate,
}

/// A step in a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    Report,
    Receive,
    Ask,
    /// Assess it: how far it goes, from 0, documented alone, to 2, the people are told too.
    Assess(u8),
    Decide(bool),
    /// Notify the authority; late or not.
    Notify {
        is_late: bool,
    },
    DecideOnPeople(bool),
    Tell(u32),
    Propose {
        number: usize,
        kind: MeasureKind,
        days: i64,
    },
    Complete(usize),
    Verify(usize),
    Memo,
    Return,
    MemoAgain,
    Close,
    NotADeviation,
    Review(usize),
    /// Say that it is of a kind with an earlier one.
    Link(usize),
    Erase,
}

/// A step with its time and its case, by the case's place among the deviations.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Scene {
    pub(super) at: Time,
    pub(super) case: usize,
    pub(super) act: Act,
}

/// Everything that happens.
#[derive(Debug, PartialEq)]
pub(super) struct Script {
    /// When the first day begins.
    pub(super) begins_at: Time,
    pub(super) deviations: Vec<Deviated>,
    /// The steps, in the order of their times.
    pub(super) scenes: Vec<Scene>,
}

/// How much is to happen.
#[derive(Debug, Clone, Copy)]
pub(super) struct Extent {
    pub(super) years: u32,
    pub(super) cases_per_year: u32,
    pub(super) seed: u64,
    /// The day after the last one.
    pub(super) until: NaiveDate,
}

impl Script {
    pub(super) fn of(town: &Town, extent: Extent) -> Self {
        let mut rng = Rng::with_seed(extent.seed);
        let back = chrono::Months::new(12 * extent.years);
        let first = extent.until - back;
        let mut deviations: Vec<Deviated> = (0..extent.years)
            .flat_map(|year| (0..extent.cases_per_year).map(move |_| year))
            .map(|year| deviated(town, &mut rng, first, year))
            .collect();
        deviations.sort_by_key(|it| it.reported_at);
        let ends_at = midnight(extent.until);
        let mut scenes: Vec<Scene> = Vec::new();
        for (case, it) in deviations.iter().enumerate() {
            let earlier = deviations[..case].iter().rposition(|other| other.is_like(it));
            let acts = Plot::new(town, &mut rng, it).acts(earlier);
            let in_time = acts.into_iter().filter(|(at, _)| *at < ends_at);
            scenes.extend(in_time.map(|(at, act)| Scene { at, case, act }));
        }
        scenes.sort_by_key(|scene| scene.at);
        Self { begins_at: midnight(first), deviations, scenes }
    }
}

impl Deviated {
    /// Whether another one soon after may be said to be of a kind with it.
    fn is_like(&self, other: &Self) -> bool {
        let is_soon = other.reported_at - self.reported_at < TimeDelta::days(180);
        is_soon && (self.unit, self.kind) == (other.unit, other.kind)
    }

    /// From when the 72 hours run.
    fn aware_at(&self) -> Time {
        self.discovered_at
    }
}

fn deviated(town: &Town, rng: &mut Rng, first: NaiveDate, year: u32) -> Deviated {
    let reported_at = day_in(rng, first, year);
    let unit = weighted(
        rng,
        town.units.iter().map(|it| match it.quiet_after {
            Some(years) if years <= year => 0,
            _ => it.reports,
        }),
    );
    let kind = weighted(rng, town.deviations.iter().map(|it| it.share));
    let discovered_at = reported_at - some_time(rng, &[(78, 1, 6), (16, 20, 60), (6, 96, 480)]);
    let occurred_at =
        discovered_at - some_time(rng, &[(60, 0, 20), (25, 24, 24 * 14), (15, 24 * 15, 24 * 200)]);
    let channels = [
        (78, Channel::WebForm),
        (8, Channel::Phone),
        (4, Channel::Email),
        (4, Channel::Oral),
        (4, Channel::OwnInitiative),
        (2, Channel::DataSubject),
    ];
    let openness = [(74, Openness::Named), (12, Openness::Confidential), (14, Openness::Anonymous)];
    let affected = [
        (84, PersonalDataAffected::Yes),
        (9, PersonalDataAffected::Unsure),
        (7, PersonalDataAffected::No),
    ];
    let people = [
        (38, PeopleEstimate::One),
        (34, PeopleEstimate::UpToTen),
        (14, PeopleEstimate::UpToHundred),
        (5, PeopleEstimate::UpToThousand),
        (1, PeopleEstimate::OverThousand),
        (8, PeopleEstimate::Unknown),
    ];
    Deviated {
        reported_at,
        occurred_at,
        discovered_at,
        unit,
        reporter: rng.usize(0..town.places(unit)),
        kind,
        happened: rng.usize(0..town.deviations[kind].happened.len()),
        channel: one_of(rng, &channels),
        openness: one_of(rng, &openness),
        personal_data: one_of(rng, &affected),
        people: one_of(rng, &people),
    }
}

fn midnight(day: NaiveDate) -> Time {
    DateTime::from_naive_utc_and_offset(day.and_time(NaiveTime::MIN), chrono::Utc)
}

/// A moment in a year, most of them on workdays.
fn day_in(rng: &mut Rng, first: NaiveDate, year: u32) -> Time {
    let begins = first + chrono::Months::new(12 * year);
    let month = u32::try_from(weighted(
        rng,
        (0..12).map(|ahead| {
            let month = (begins + chrono::Months::new(ahead)).month0();
            SEASONS[usize::try_from(month).expect("one of twelve")]
        }),
    ))
    .expect("one of twelve");
    let month = begins + chrono::Months::new(month);
    let days = (month + chrono::Months::new(1) - month).num_days();
    let day = month + Days::new(rng.u64(0..u64::try_from(days).expect("a month has days")));
    let minutes = TimeDelta::minutes(rng.i64(6 * 60..16 * 60));
    let at = midnight(day) + minutes;
    if rng.u32(0..10) == 0 { at } else { on_a_workday(at) }
}

/// The next time somebody is at work.
fn office(at: Time) -> Time {
    let at = match at.hour() {
        0..6 => at + TimeDelta::hours(7),
        15.. => at + TimeDelta::hours(15),
        _ => at,
    };
    on_a_workday(at)
}

fn on_a_workday(at: Time) -> Time {
    match at.weekday() {
        Weekday::Sat => at + TimeDelta::days(2),
        Weekday::Sun => at + TimeDelta::days(1),
        _ => at,
    }
}

/// Hours out of one of the ranges, each with its share.
fn some_time(rng: &mut Rng, of: &[(u32, i64, i64)]) -> TimeDelta {
    let (_, from, until) = of[weighted(rng, of.iter().map(|it| it.0))];
    TimeDelta::hours(rng.i64(from..=until)) + TimeDelta::minutes(rng.i64(0..50))
}

fn one_of<T: Copy>(rng: &mut Rng, of: &[(u32, T)]) -> T {
    of[weighted(rng, of.iter().map(|it| it.0))].1
}

/// The place of one of them, each as likely as its weight.
fn weighted(rng: &mut Rng, weights: impl Iterator<Item = u32> + Clone) -> usize {
    let mut left = rng.u32(0..weights.clone().sum());
    for (place, weight) in weights.enumerate() {
        match left.checked_sub(weight) {
            Some(rest) => left = rest,
            None => return place,
        }
    }
    unreachable!("what is drawn is less than all weights together")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn extent(seed: u64) -> Extent {
        let until = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        Extent { years: 3, cases_per_year: 200, seed, until }
    }

    fn script(seed: u64) -> Script {
        Script::of(&Town::shipped(), extent(seed))
    }

    #[test]
    fn the_same_seed_tells_the_same_years_and_another_one_others() {
        assert_eq!(script(7), script(7));
        assert_ne!(script(7), script(8));
    }

    #[test]
    fn a_silent_unit_is_silent_a_busy_one_busy_and_july_is_quiet() {
        let (town, script) = (Town::shipped(), script(1));
        let of = |name: &str| town.units.iter().position(|it| it.name == name).unwrap();
        let reports = |unit: usize| script.deviations.iter().filter(move |it| it.unit == unit);
        assert_eq!(reports(of("Bygg og eiendom")).count(), 0);
        assert!(100 < reports(of("Hjemmetjenesten")).count());
        let quiet = reports(of("Storåsen barnehage"));
        let last = quiet.map(|it| it.reported_at).max().unwrap();
        assert!(last < script.begins_at + TimeDelta::days(370), "{last}");
        let in_month =
            |month| script.deviations.iter().filter(|it| it.reported_at.month() == month).count();
        assert!(in_month(7) * 2 < in_month(10));
    }

    #[test]
    fn nothing_is_asked_or_decided_in_a_case_after_its_end() {
        let town = Town::shipped();
        for seed in 0..200 {
            let small = Extent { years: 1, cases_per_year: 60, ..extent(seed) };
            let mut ended = BTreeSet::new();
            for Scene { case, act, .. } in Script::of(&town, small).scenes {
                let is_end = matches!(act, Act::Close | Act::NotADeviation);
                let goes_on =
                    matches!(act, Act::Complete(_) | Act::Verify(_) | Act::Review(_) | Act::Erase);
                assert!(goes_on || !ended.contains(&case), "{act:?} of case {case}, seed {seed}");
                if is_end {
                    ended.insert(case);
                }
            }
        }
    }

    #[test]
    fn every_step_comes_after_its_report_and_before_the_last_day() {
        let script = script(3);
        let ends_at = midnight(extent(3).until);
        for scene in &script.scenes {
            let reported_at = script.deviations[scene.case].reported_at;
            assert!(reported_at <= scene.at && scene.at < ends_at, "{scene:?}");
        }
        let is_late = |it: &&Scene| it.act == Act::Notify { is_late: true };
        let notified = script.scenes.iter().filter(|it| matches!(it.act, Act::Notify { .. }));
        let (late, all) = (notified.clone().filter(is_late).count(), notified.count());
        assert!(0 < late && late * 3 < all, "{late} of {all}");
    }
}
