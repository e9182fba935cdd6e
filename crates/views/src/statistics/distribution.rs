//! How times are spread: steps in which they are counted, the median and the 90th percentile.

use chrono::TimeDelta;
use strum::IntoEnumIterator;

use super::CaseFigures;
use super::count::{Groups, Sheet, place};
use super::draft::Figure;
use super::suppress::Variable;
use super::table::{Cell, Key, Label};

/// A step in which times are counted.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    strum::EnumIter,
    strum::IntoStaticStr,
    strum::EnumString,
)]
#[strum(serialize_all = "snake_case")]
pub(super) enum Step {
    UpToFourHours,
    UpToDay,
    UpToThreeDays,
    UpToWeek,
    UpToMonth,
    Longer,
}

impl Step {
    /// The step that a time falls into.
    pub(super) fn of(passed: TimeDelta) -> Self {
        let limits = [
            (TimeDelta::hours(4), Self::UpToFourHours),
            (TimeDelta::hours(24), Self::UpToDay),
            (TimeDelta::hours(72), Self::UpToThreeDays),
            (TimeDelta::days(7), Self::UpToWeek),
            (TimeDelta::days(30), Self::UpToMonth),
        ];
        let found = limits.into_iter().find(|(limit, _)| passed <= *limit);
        found.map_or(Self::Longer, |(_, step)| step)
    }

    /// Whether it lies within 72 hours, the time that GDPR art. 33(1) gives for notifying.
    pub(super) fn is_within_72_hours(self) -> bool {
        self <= Self::UpToThreeDays
    }
}

/// The time that `percent` of a hundred do not exceed, by the nearest rank, in whole minutes;
/// nothing of no times. `times` are in order.
pub(super) fn percentile(times: &[TimeDelta], percent: usize) -> Option<u64> {
    let rank = (times.len() * percent).div_ceil(100);
    let time = times.get(rank.checked_sub(1)?)?;
    u64::try_from(time.num_minutes()).ok()
}

/// A time that cases took, counted in every column.
#[derive(Debug)]
pub(super) struct Timed {
    key: Key,
    /// The cases of which it is known.
    pub(super) known: Vec<Variable>,
    /// Those of them in which it was 72 hours at most.
    pub(super) within_72_hours: Vec<Variable>,
    steps: Groups,
    /// The time that half of them did not exceed.
    pub(super) median: Vec<Cell>,
    /// The time that nine of ten did not exceed.
    pub(super) ninetieth: Vec<Cell>,
}

/// The time a case took, where it is known.
type Takes = fn(&CaseFigures) -> Option<TimeDelta>;

/// The times that are counted, in the order in which they follow each other.
const TIMES: [(Key, Takes); 3] = [
    (Key::ToDiscovery, CaseFigures::to_discovery),
    (Key::ToReport, CaseFigures::to_report),
    (Key::ToNotification, CaseFigures::to_notification),
];

impl Timed {
    /// Counts every time that is told of.
    pub(super) fn count_all(sheet: &mut Sheet<'_>) -> [Self; 3] {
        TIMES.map(|(key, takes)| Self::count(sheet, key, takes))
    }

    fn count(sheet: &mut Sheet<'_>, key: Key, takes: Takes) -> Self {
        let step = |case: &CaseFigures| takes(case).map(Step::of);
        let known = sheet.part(None, |case| step(case).is_some());
        let is_within = |case: &CaseFigures| step(case).map(Step::is_within_72_hours);
        let within_72_hours =
            sheet.tally(1, true, |_, _, case| (is_within(case) == Some(true)).then_some(0));
        let later =
            sheet.tally(1, false, |_, _, case| (is_within(case) == Some(false)).then_some(0));
        let count = Step::iter().count();
        let steps = sheet.tally(count, true, |_, _, case| place(&step(case)?));
        let first_later = Step::iter().take_while(|step| step.is_within_72_hours()).count();
        let parts = [within_72_hours[0].clone(), later[0].clone()];
        sheet.add_up(&known, &parts);
        sheet.add_up(&within_72_hours[0], &steps[..first_later]);
        sheet.add_up(&later[0], &steps[first_later..]);
        let times = sheet.columns.iter().map(|column| {
            let mut times: Vec<_> = column.cases.iter().filter_map(|(_, it)| takes(it)).collect();
            times.sort_unstable();
            times
        });
        let times: Vec<_> = times.collect();
        let of = |percent| {
            let told = times.iter().map(|times| percentile(times, percent));
            told.map(|it| it.map_or(Cell::Nothing, Cell::Minutes)).collect()
        };
        let (median, ninetieth) = (of(50), of(90));
        let within_72_hours = within_72_hours.concat();
        Self { key, known, within_72_hours, steps, median, ninetieth }
    }

    /// The table of it: how many fall into each step, and what sums them up.
    pub(super) fn table(self, sheet: &mut Sheet<'_>) {
        let counts = |counts: &[Variable]| counts.iter().copied().map(Figure::Count).collect();
        let mut rows: Vec<(Label, Vec<Figure>)> = Step::iter()
            .zip(&self.steps)
            .map(|(step, group)| (Label::Word(step.into()), counts(group)))
            .collect();
        rows.push((Label::Word("known"), counts(&self.known)));
        rows.extend(self.summary());
        let columns = sheet.spans();
        sheet.draft.table(self.key, columns, rows);
    }

    /// What sums it up: the share within 72 hours, the median, the 90th percentile. A time by the
    /// nearest rank tells how many are longer, so it is left out with any count of how long.
    pub(super) fn summary(&self) -> Vec<(Label, Vec<Figure>)> {
        let tells_of = |column: usize| {
            let counts = self.steps.iter().chain([&self.within_72_hours]);
            counts.map(|it| it[column]).collect()
        };
        let resting = |cells: &[Cell]| {
            let columns = self.known.iter().zip(cells).enumerate();
            let figure = |(column, (cases, cell)): (usize, (&Variable, &Cell))| Figure::Of {
                cases: *cases,
                tells_of: tells_of(column),
                cell: *cell,
            };
            columns.map(figure).collect()
        };
        let within = || self.within_72_hours.iter().copied();
        let shares = within().zip(&self.known).map(|(part, of)| Figure::Share(part, *of));
        vec![
            (Label::Word("within_72_hours"), within().map(Figure::Count).collect()),
            (Label::Word("within_72_hours_share"), shares.collect()),
            (Label::Word("median"), resting(&self.median)),
            (Label::Word("ninetieth"), resting(&self.ninetieth)),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seventy_two_hours_are_within_and_a_second_more_is_not() {
        let limit = TimeDelta::hours(72);
        assert!(Step::of(limit).is_within_72_hours());
        assert!(!Step::of(limit + TimeDelta::seconds(1)).is_within_72_hours());
        assert_eq!(Step::of(TimeDelta::zero()), Step::UpToFourHours);
        assert_eq!(Step::of(TimeDelta::days(31)), Step::Longer);
    }

    #[test]
    fn percentiles_are_times_that_were_taken() {
        let times: Vec<_> = (1..=10).map(TimeDelta::minutes).collect();
        assert_eq!((percentile(&times, 50), percentile(&times, 90)), (Some(5), Some(9)));
        assert_eq!(percentile(&times[..1], 90), Some(1));
        assert_eq!(percentile(&[], 50), None);
    }
}
