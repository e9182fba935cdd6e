//! What is unusual: counts over the lines of the access log, by person and day. Lines in, findings
//! out; the same lines always give the same findings.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use chrono::{NaiveDate, TimeDelta};
use chrono_tz::Tz;
use domain::ids::{CaseId, UserId};
use domain::organisation::AccessRule;
use domain::{Actor, Time};
use journal::{Access, AccessLine};

use crate::look_up::REFUSED;
use crate::settings::AccessSettings;

/// Days with reading of which somebody's usual is made.
const USUAL_DAYS: usize = 20;

/// A rule that was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    /// Which.
    pub(super) rule: AccessRule,
    /// By whom.
    pub(super) user: UserId,
    /// On which day.
    pub(super) day: NaiveDate,
    /// How many, of what the rule counts.
    pub(super) count: u32,
    /// With how many it is met.
    pub(super) limit: u32,
}

/// What everybody has looked at lately.
pub(super) struct Tally {
    rules: AccessSettings,
    zone: Tz,
    people: HashMap<UserId, BTreeMap<NaiveDate, OfDay>>,
}

/// What one person looked at on one day.
#[derive(Default)]
struct OfDay {
    /// The cases of the latest hour, while it is their latest day.
    hour: Hour,
    /// The most cases within an hour.
    busiest: u32,
    old: BTreeSet<CaseId>,
    refused: u32,
    rows: u32,
    listed: u32,
    searches: u32,
    /// Each rule is met once a day.
    met: BTreeSet<AccessRule>,
}

impl Tally {
    pub(super) fn new(rules: AccessSettings, zone: Tz) -> Self {
        Self { rules, zone, people: HashMap::new() }
    }

    /// Counts a line, and tells which rules it meets. `closed_at` says when a case was closed.
    pub(super) fn take(
        &mut self,
        line: &AccessLine,
        closed_at: impl Fn(CaseId) -> Option<Time>,
    ) -> Vec<Found> {
        let Actor::User(user) = line.by else { return Vec::new() };
        let day = line.at.with_timezone(&self.zone).date_naive();
        let days = self.people.entry(user).or_default();
        let usual = usual(days, day);
        let of_day = begin(days, day);
        let rules = &self.rules;
        let counted = match &line.what {
            _ if line.ground == REFUSED => {
                of_day.refused += 1;
                vec![(AccessRule::RefusedLooks, of_day.refused, rules.refused_a_day)]
            }
            Access::Export(_) => {
                of_day.rows = of_day.rows.saturating_add(line.rows.unwrap_or_default());
                vec![(AccessRule::MassExport, of_day.rows, rules.export_rows_a_day)]
            }
            Access::Case(case) => {
                let many = rules
                    .times_usual
                    .saturating_mul(usual)
                    .saturating_add(1)
                    .max(rules.cases_an_hour);
                let is_old = |closed_at| {
                    closed_at + TimeDelta::days(i64::from(rules.old_after_days)) <= line.at
                };
                if closed_at(*case).is_some_and(is_old) {
                    of_day.old.insert(*case);
                }
                let old = count(of_day.old.len());
                vec![
                    (AccessRule::ManyCases, of_day.within_hour(line.at, *case), many),
                    (AccessRule::OldCases, old, rules.old_cases_a_day),
                ]
            }
            Access::List(_) => vec![of_day.listed(line, rules)],
            Access::Search { .. } => {
                of_day.searches += 1;
                let searches = (AccessRule::ManySearches, of_day.searches, rules.searches_a_day);
                vec![of_day.listed(line, rules), searches]
            }
            Access::Review(_) => Vec::new(),
        };
        let is_met = |(rule, count, limit): &(AccessRule, u32, u32)| {
            limit <= count && of_day.met.insert(*rule)
        };
        let met = counted.into_iter().filter(is_met);
        met.map(|(rule, count, limit)| Found { rule, user, day, count, limit }).collect()
    }
}

/// The looks at cases within an hour.
#[derive(Default)]
struct Hour {
    looks: VecDeque<(Time, CaseId)>,
    /// Each case, and how many of the looks are at it.
    cases: HashMap<CaseId, u32>,
}

impl OfDay {
    /// Adds a look, and tells how many different cases there were within the hour that ends with
    /// it.
    fn within_hour(&mut self, at: Time, case: CaseId) -> u32 {
        let within = self.hour.add(at, case);
        self.busiest = self.busiest.max(within);
        within
    }

    /// Adds the rows of a list or a search, and tells how many there were on the day.
    fn listed(&mut self, line: &AccessLine, rules: &AccessSettings) -> (AccessRule, u32, u32) {
        self.listed = self.listed.saturating_add(line.rows.unwrap_or_default());
        (AccessRule::ManyRows, self.listed, rules.listed_rows_a_day)
    }
}

impl Hour {
    fn add(&mut self, at: Time, case: CaseId) -> u32 {
        // Lines of a crisis copy stand later than their time says.
        let at = self.looks.back().map_or(at, |(latest, _)| at.max(*latest));
        self.looks.push_back((at, case));
        *self.cases.entry(case).or_default() += 1;
        while let Some((earlier, case)) = self.looks.front().copied()
            && earlier + TimeDelta::hours(1) <= at
        {
            self.looks.pop_front();
            let looks = self.cases.get_mut(&case).expect("every look is counted");
            *looks -= 1;
            if *looks == 0 {
                self.cases.remove(&case);
            }
        }
        count(self.cases.len())
    }
}

/// The day's counts. Of days before the latest, only what is usual is kept.
fn begin(days: &mut BTreeMap<NaiveDate, OfDay>, day: NaiveDate) -> &mut OfDay {
    if days.last_key_value().is_some_and(|(latest, _)| *latest < day) {
        for earlier in days.values_mut() {
            earlier.hour = Hour::default();
        }
    }
    while USUAL_DAYS < days.len() {
        days.pop_first();
    }
    days.entry(day).or_default()
}

/// How many cases somebody usually opens in the busiest hour of a day: the median of the days
/// before on which they opened any.
fn usual(days: &BTreeMap<NaiveDate, OfDay>, day: NaiveDate) -> u32 {
    let mut busiest: Vec<u32> = days.range(..day).map(|(_, of_day)| of_day.busiest).collect();
    busiest.retain(|busiest| 0 < *busiest);
    busiest.sort_unstable();
    busiest.get(busiest.len() / 2).copied().unwrap_or_default()
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use domain::Erasable;
    use uuid::Uuid;

    use super::*;

    const READER: UserId = UserId(Uuid::from_u128(1));

    const RULES: AccessSettings = AccessSettings {
        outside_role_minutes: 60,
        cases_an_hour: 3,
        times_usual: 2,
        old_cases_a_day: 2,
        old_after_days: 365,
        refused_a_day: 2,
        export_rows_a_day: 10,
        listed_rows_a_day: 20,
        searches_a_day: 3,
    };

    /// Monday 2 March 2026 at 9 in Oslo, and minutes after it.
    fn minute(minute: i64) -> Time {
        Time::from_timestamp(1_772_438_400, 0).expect("a time in 2026") + TimeDelta::minutes(minute)
    }

    fn day(day: i64) -> Time {
        minute(day * 24 * 60)
    }

    fn look(at: Time, case: u128, ground: &str) -> AccessLine {
        AccessLine {
            at,
            by: Actor::User(READER),
            what: Access::Case(CaseId(Uuid::from_u128(case))),
            page: "/cases".to_owned(),
            ground: ground.to_owned(),
            rows: None,
        }
    }

    /// Looks at so many different cases, a minute apart.
    fn looks(at: Time, cases: u128) -> Vec<AccessLine> {
        let at = |case| at + TimeDelta::minutes(i64::try_from(case).expect("few"));
        (0..cases).map(|case| look(at(case), case, "dpo")).collect()
    }

    fn tally() -> Tally {
        Tally::new(RULES, chrono_tz::Europe::Oslo)
    }

    fn rules(tally: &mut Tally, lines: &[AccessLine]) -> Vec<(AccessRule, u32, u32)> {
        let found = lines.iter().flat_map(|line| tally.take(line, |_| None));
        found.map(|found| (found.rule, found.count, found.limit)).collect()
    }

    #[test]
    fn many_different_cases_within_an_hour_are_found_once_a_day() {
        let spread = [0, 30, 60, 90].map(|at| look(minute(at), at.unsigned_abs().into(), "dpo"));
        assert_eq!(rules(&mut tally(), &spread), [], "never three within an hour");
        let same = [0, 1, 2, 3].map(|at| look(minute(at), 1, "dpo"));
        assert_eq!(rules(&mut tally(), &same), [], "the same case");
        assert_eq!(rules(&mut tally(), &looks(minute(0), 9)), [(AccessRule::ManyCases, 3, 3)]);
    }

    #[test]
    fn whoever_usually_opens_many_is_found_with_many_more() {
        let mut tally = tally();
        let _ = rules(&mut tally, &looks(day(0), 4));
        assert_eq!(rules(&mut tally, &looks(day(1), 8)), [], "twice what is usual");
        let _ = rules(&mut tally, &looks(day(2), 4));
        assert_eq!(rules(&mut tally, &looks(day(3), 9)), [(AccessRule::ManyCases, 9, 9)]);
    }

    #[test]
    fn what_was_usual_long_ago_is_usual_no_more() {
        let mut tally = tally();
        let _ = rules(&mut tally, &looks(day(0), 9));
        for later in 1..=21 {
            assert_eq!(rules(&mut tally, &looks(day(later), 1)), []);
        }
        assert_eq!(rules(&mut tally, &looks(day(22), 3)), [(AccessRule::ManyCases, 3, 3)]);
        let kept = tally.people[&READER].len();
        assert!(kept <= USUAL_DAYS + 1, "{kept}");
    }

    #[test]
    fn refused_looks_are_found_and_count_as_no_case_that_was_seen() {
        let refused: Vec<_> = (0..9).map(|at| look(minute(at), 7, REFUSED)).collect();
        assert_eq!(rules(&mut tally(), &refused), [(AccessRule::RefusedLooks, 2, 2)]);
    }

    #[test]
    fn cases_that_were_closed_long_ago_are_found_and_others_are_not() {
        let closed_at = |case: CaseId| (case.0.as_u128() < 3).then(|| day(-365));
        let mut tally = tally();
        let mut found = |at, case| {
            let found = tally.take(&look(at, case, "archivist"), closed_at);
            found.into_iter().map(|found| found.rule).collect::<Vec<_>>()
        };
        assert_eq!(found(day(-1), 1), [], "not long enough ago");
        assert_eq!(found(day(0), 1), []);
        assert_eq!(found(minute(90), 7), [], "open");
        assert_eq!(found(minute(180), 1), [], "the same one");
        assert_eq!(found(minute(270), 2), [AccessRule::OldCases]);
    }

    #[test]
    fn exports_of_a_day_are_added_up() {
        let export = |at, rows| AccessLine {
            what: Access::Export("register".to_owned()),
            rows,
            ..look(at, 1, "dpo")
        };
        let small = [export(day(0), Some(9)), export(day(1), Some(9)), export(day(1), None)];
        let mut tally = tally();
        assert_eq!(rules(&mut tally, &small), []);
        let last = [export(day(1), Some(3)), export(day(1), Some(400))];
        assert_eq!(rules(&mut tally, &last), [(AccessRule::MassExport, 12, 10)]);
    }

    #[test]
    fn the_rows_of_lists_and_searches_of_a_day_are_added_up_and_so_are_searches() {
        let list = |at, rows| AccessLine {
            what: Access::List("inbox".to_owned()),
            rows,
            ..look(at, 1, "dpo")
        };
        let search = |at, rows| AccessLine {
            what: Access::Search { words: Erasable::known("x".to_owned()) },
            ..list(at, rows)
        };
        let mut tally = tally();
        let few = [list(day(0), Some(19)), list(day(1), Some(10)), list(day(1), None)];
        assert_eq!(rules(&mut tally, &few), []);
        let few = [search(day(1), Some(9)), search(day(1), Some(0))];
        assert_eq!(rules(&mut tally, &few), [], "19 rows and two searches");
        let more = [search(day(1), Some(5)), list(day(1), Some(50)), search(day(1), Some(0))];
        let found = [(AccessRule::ManyRows, 24, 20), (AccessRule::ManySearches, 3, 3)];
        assert_eq!(rules(&mut tally, &more), found, "each once a day");
    }

    #[test]
    fn what_reporters_and_the_service_do_is_not_counted() {
        let line = |by| AccessLine { by, ..look(minute(0), 1, REFUSED) };
        let lines = [Actor::Reporter, Actor::Respondent, Actor::Service].map(line);
        assert_eq!(rules(&mut tally(), &[lines.clone(), lines].concat()), []);
        let words = Erasable::known("x".to_owned());
        let search = AccessLine { what: Access::Search { words }, ..look(minute(0), 1, "dpo") };
        assert_eq!(rules(&mut tally(), &[search.clone(), search]), []);
    }
}
