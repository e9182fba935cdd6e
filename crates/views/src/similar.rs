//! Which other cases a case resembles, and why: a score that is the sum of its reasons, so that
//! whoever reads it can judge it for themselves.

use std::collections::BTreeSet;

use chrono::TimeDelta;

use crate::inbox::Row;

/// Points for a reason, and for each word in common up to a bound.
const SAME_CATEGORY: u32 = 3;
const SAME_UNIT: u32 = 2;
const NEAR_IN_TIME: u32 = 2;
const WORD: u32 = 1;
const WORDS_MAX: usize = 5;

/// Cases with fewer points than this are not worth a look: one that is alike in category alone is
/// not, since most are alike in that.
const POINTS_MIN: u32 = 4;

/// How many are told at most.
pub const SIMILAR_MAX: usize = 10;

/// Letters that a word must have to tell anything.
const LETTERS_MIN: usize = 5;

/// How near in time two reports are near.
const NEAR: TimeDelta = TimeDelta::days(30);

/// Why two cases may belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// They are in the same category.
    SameCategory,
    /// They belong to the same unit.
    SameUnit,
    /// They were reported within a month of one another.
    NearInTime {
        /// Whole days between them.
        days: u32,
    },
    /// Words that both reports use, of what happened and of systems and devices.
    SameWords(Vec<String>),
}

impl Reason {
    /// The points it gives.
    #[must_use]
    pub fn points(&self) -> u32 {
        match self {
            Self::SameCategory => SAME_CATEGORY,
            Self::SameUnit => SAME_UNIT,
            Self::NearInTime { .. } => NEAR_IN_TIME,
            Self::SameWords(words) => words.iter().map(|_| WORD).sum(),
        }
    }
}

/// Another case that one resembles.
#[derive(Debug, Clone, PartialEq)]
pub struct Similar {
    /// The other case.
    pub row: Row,
    /// Why.
    pub reasons: Vec<Reason>,
}

impl Similar {
    /// The sum of the reasons' points.
    #[must_use]
    pub fn points(&self) -> u32 {
        self.reasons.iter().map(Reason::points).sum()
    }
}

/// Those of `others` that `case` resembles, the most alike first, the newest of those.
pub fn similar<'a>(case: &Row, others: impl Iterator<Item = &'a Row>) -> Vec<Similar> {
    let words = telling_words(case);
    let mut found: Vec<Similar> = others
        .filter(|other| other.case != case.case && !other.standing.is_erased())
        .map(|other| Similar { row: other.clone(), reasons: reasons(case, &words, other) })
        .filter(|similar| POINTS_MIN <= similar.points())
        .collect();
    found.sort_by_key(|it| std::cmp::Reverse((it.points(), it.row.number)));
    found.truncate(SIMILAR_MAX);
    found
}

fn reasons(case: &Row, words: &BTreeSet<&str>, other: &Row) -> Vec<Reason> {
    let mut reasons = Vec::new();
    if case.category == other.category {
        reasons.push(Reason::SameCategory);
    }
    if case.unit == other.unit {
        reasons.push(Reason::SameUnit);
    }
    let apart = (case.reported_at - other.reported_at).abs();
    if apart <= NEAR {
        let days = u32::try_from(apart.num_days()).expect("thirty days at most");
        reasons.push(Reason::NearInTime { days });
    }
    // Words are compared where something else is alike too: most reports of a house share some.
    if !reasons.is_empty() {
        let theirs = telling_words(other);
        let shared = words.intersection(&theirs).take(WORDS_MAX);
        let shared: Vec<String> = shared.map(|word| (*word).to_owned()).collect();
        if !shared.is_empty() {
            reasons.push(Reason::SameWords(shared));
        }
    }
    reasons
}

/// The words that are long enough to tell something, in lower case.
fn telling_words(row: &Row) -> BTreeSet<&str> {
    let words = row.said().split(|c: char| !c.is_alphanumeric());
    words.filter(|word| LETTERS_MIN <= word.chars().count()).collect()
}

#[cfg(test)]
mod tests {
    use domain::case::Event;
    use domain::ids::CaseId;
    use domain::{Actor, Erasable, Position, Recorded, Version};
    use uuid::Uuid;

    use super::*;
    use crate::Inbox;
    use crate::properties::{hour, report};

    /// A case reported at an hour, as it was told.
    fn row(number: u32, at: i64, change: impl FnOnce(&mut domain::case::Report)) -> Row {
        let Event::DeviationReported(mut told) = report(number) else { panic!("a report") };
        change(&mut told);
        let case = CaseId(Uuid::from_u128(u128::from(number)));
        let event = Event::DeviationReported(told);
        let recorded = Recorded {
            position: Position(1),
            stream: case.into(),
            version: Version(1),
            at: hour(at),
            by: Actor::Reporter,
            event: event.clone().into(),
        };
        let mut inbox = Inbox::default();
        inbox.apply(case, &event, &recorded);
        inbox.row(case).expect("it was reported").clone()
    }

    fn happened(words: &str) -> Erasable<String> {
        Erasable::known(words.to_owned())
    }

    #[test]
    fn the_score_is_the_sum_of_its_reasons() {
        let case = row(1, 0, |it| it.what_happened = happened("Vakttelefonen lå på bussen"));
        let other = row(2, 24 * 3, |it| it.what_happened = happened("på BUSSEN lå en nøkkel"));
        let found = similar(&case, [&case, &other].into_iter());
        assert_eq!(found.len(), 1, "a case does not resemble itself");
        let words = Reason::SameWords(vec!["bussen".to_owned(), "phone".to_owned()]);
        let near = Reason::NearInTime { days: 3 };
        let reasons = [Reason::SameCategory, Reason::SameUnit, near, words];
        assert_eq!(found[0].reasons, reasons);
        assert_eq!(found[0].points(), 3 + 2 + 2 + 2);
    }

    #[test]
    fn what_is_alike_in_little_is_left_out_and_the_most_alike_comes_first() {
        let elsewhere = domain::ids::UnitId(Uuid::from_u128(77));
        let case = row(1, 0, |_| ());
        let nothing = row(2, 24 * 300, |it| {
            it.unit = elsewhere;
            it.what_happened = happened("x");
            it.systems_and_devices = happened("");
        });
        let some = row(3, 24 * 300, |_| ());
        let most = row(4, 0, |_| ());
        let found = similar(&case, [&nothing, &some, &most].into_iter());
        let numbers: Vec<u32> = found.iter().map(|it| it.row.number.sequence).collect();
        assert_eq!(numbers, [4, 3]);
    }
}
