//! Letters that a server put off, by whom they are for: everybody else goes first, and each of them
//! is tried again later, so many times. In memory alone: after a restart they have all tries again.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};

use domain::ids::CaseId;

use crate::dispatch::TRIES_MAX;

/// A letter of a case.
pub(super) type OfCase = (CaseId, u32);

/// Those whose letter was put off, for every letter that is being sent.
#[derive(Default)]
pub(crate) struct HeldUp(Mutex<HashMap<OfCase, Rounds>>);

/// In a round, everybody is tried once.
#[derive(Default)]
struct Rounds {
    ended: u32,
    set_aside: BTreeSet<u32>,
    tries: BTreeMap<u32, u32>,
}

impl HeldUp {
    /// Whether somebody was tried in this round, and put off.
    pub(super) fn is_set_aside(&self, letter: OfCase, recipient: u32) -> bool {
        self.lock().get(&letter).is_some_and(|it| it.set_aside.contains(&recipient))
    }

    /// Sets somebody aside until the next round. Once they have no tries left, they are not.
    pub(super) fn set_aside(&self, letter: OfCase, recipient: u32) -> bool {
        let mut letters = self.lock();
        let rounds = letters.entry(letter).or_default();
        let tries = rounds.tries.entry(recipient).or_default();
        *tries += 1;
        let has_left = *tries < TRIES_MAX;
        if has_left {
            rounds.set_aside.insert(recipient);
        } else {
            rounds.tries.remove(&recipient);
        }
        has_left
    }

    /// Begins another round, and says how many there were.
    pub(super) fn end_round(&self, letter: OfCase) -> u32 {
        let mut letters = self.lock();
        let rounds = letters.entry(letter).or_default();
        rounds.set_aside.clear();
        rounds.ended += 1;
        rounds.ended
    }

    /// Nobody waits for this letter any more.
    pub(super) fn forget(&self, letter: OfCase) {
        self.lock().remove(&letter);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<OfCase, Rounds>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_is_tried_once_a_round_and_so_many_times_in_all() {
        let held_up = HeldUp::default();
        let letter = (CaseId(uuid::Uuid::from_u128(1)), 1);
        for round in 1..TRIES_MAX {
            assert!(!held_up.is_set_aside(letter, 7));
            assert!(held_up.set_aside(letter, 7) && held_up.is_set_aside(letter, 7));
            assert!(!held_up.is_set_aside(letter, 8) && !held_up.is_set_aside((letter.0, 2), 7));
            assert_eq!(held_up.end_round(letter), round);
        }
        assert!(!held_up.set_aside(letter, 7), "that was the last try");
        assert!(held_up.set_aside(letter, 7), "put in the queue again, they have all tries");
        held_up.forget(letter);
        assert!(!held_up.is_set_aside(letter, 7));
    }
}
