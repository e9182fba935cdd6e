//! Which parts of the access log hold looks of some time, or at some case, so that a summary reads
//! those and no more. It is kept in memory and read on from where it came last; what a crisis copy
//! brings stands later than its time says, and is found all the same.

use std::collections::{BTreeMap, BTreeSet};

use domain::ids::CaseId;
use domain::{Position, Time};
use journal::{Access, AccessLine};

use super::LooksAsked;

/// Lines of the log that are read at a time, and that the index tells nothing apart in.
pub(super) const BLOCK_LINES: usize = 4_096;

/// What is known of every block of the log.
#[derive(Default)]
pub(crate) struct LooksIndex {
    blocks: BTreeMap<u64, Known>,
    after: Position,
}

/// A part of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Block(u64);

/// What is known of a block.
struct Known {
    first: Time,
    last: Time,
    cases: BTreeSet<CaseId>,
}

impl LooksIndex {
    /// Up to which line it has come.
    pub(super) fn after(&self) -> Position {
        self.after
    }

    /// Takes in the next line.
    pub(super) fn take(&mut self, position: Position, line: &AccessLine) {
        let empty = || Known { first: line.at, last: line.at, cases: BTreeSet::new() };
        let known = self.blocks.entry(Block::of(position).0).or_insert_with(empty);
        (known.first, known.last) = (known.first.min(line.at), known.last.max(line.at));
        if let Access::Case(case) = line.what {
            known.cases.insert(case);
        }
        self.after = position;
    }

    /// The blocks that can hold what is asked for, in order.
    pub(super) fn blocks(&self, asked: &LooksAsked) -> Vec<Block> {
        let holds = |known: &Known| {
            let is_then = known.first < asked.until && asked.from <= known.last;
            is_then && asked.case.is_none_or(|case| known.cases.contains(&case))
        };
        let found = self.blocks.iter().filter(|(_, known)| holds(known));
        found.map(|(number, _)| Block(*number)).collect()
    }
}

impl Block {
    const LINES: u64 = BLOCK_LINES as u64;

    /// The block in which a line stands; lines count from 1.
    fn of(position: Position) -> Self {
        Self(position.0.saturating_sub(1) / Self::LINES)
    }

    /// The line after which it begins.
    pub(super) fn after(self) -> Position {
        Position(self.0 * Self::LINES)
    }

    /// Whether a line stands in it.
    pub(super) fn holds(self, position: Position) -> bool {
        Self::of(position) == self
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use domain::Actor;
    use uuid::Uuid;

    use super::*;

    const OFTEN: CaseId = CaseId(Uuid::from_u128(1));
    const ONCE: CaseId = CaseId(Uuid::from_u128(2));

    fn day(day: i64) -> Time {
        Time::from_timestamp(1_772_409_600, 0).expect("a time in 2026") + TimeDelta::days(day)
    }

    fn line(at: Time, case: CaseId) -> AccessLine {
        let (page, ground) = ("/cases".to_owned(), "dpo".to_owned());
        AccessLine { at, by: Actor::Service, what: Access::Case(case), page, ground, rows: None }
    }

    /// Ten blocks, a day each; in the sixth a line of the second day that a crisis copy brought.
    fn index() -> LooksIndex {
        let mut index = LooksIndex::default();
        for position in 1..=10 * Block::LINES {
            let block = Block::of(Position(position));
            let at = i64::try_from(block.0).expect("ten blocks");
            let is_late = position == 5 * Block::LINES + 7;
            let it = if is_late { line(day(1), ONCE) } else { line(day(at), OFTEN) };
            index.take(Position(position), &it);
        }
        index
    }

    fn blocks(from: i64, until: i64, case: Option<CaseId>) -> Vec<u64> {
        let asked = LooksAsked { from: day(from), until: day(until), case, person: None };
        index().blocks(&asked).into_iter().map(|block| block.0).collect()
    }

    #[test]
    fn only_blocks_with_looks_of_that_time_are_read() {
        assert_eq!(blocks(8, 10, None), [8, 9]);
        assert_eq!(blocks(2, 3, None), [2, 5], "the sixth begins with a line from before");
        assert_eq!(blocks(1, 2, None), [1, 5], "what came late is found");
        assert_eq!(blocks(10, 12, None), [0; 0]);
    }

    #[test]
    fn only_blocks_with_looks_at_that_case_are_read() {
        assert_eq!(blocks(-1, 20, Some(ONCE)), [5]);
        assert_eq!(blocks(-1, 20, Some(OFTEN)).len(), 10);
        assert_eq!(blocks(7, 20, Some(ONCE)), [0; 0]);
        assert_eq!(blocks(-1, 20, Some(CaseId(Uuid::from_u128(3)))), [0; 0]);
    }

    #[test]
    fn a_block_begins_after_the_last_line_of_the_one_before() {
        assert_eq!(index().after(), Position(10 * Block::LINES));
        let second = Block(1);
        assert_eq!(second.after(), Position(Block::LINES));
        assert!(!second.holds(second.after()) && second.holds(Position(Block::LINES + 1)));
        assert!(second.holds(Position(2 * Block::LINES)));
    }
}
