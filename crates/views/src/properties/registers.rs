//! What holds for the register when it is made anew from the log: for another moment, for a
//! period, and from no more of the events than it asks for.

use super::*;
use crate::register::{Entry, Period, Register};

/// The register as those facts tell it.
fn register(period: Period, facts: &[Recorded]) -> Register {
    let mut register = Register::of(period);
    for recorded in facts {
        let domain::Event::Case(event) = &recorded.event else { panic!("the history is of cases") };
        register.apply(recorded.case().expect("it is of a case"), event, recorded);
    }
    register
}

/// The history as the journal hands it over to whoever asks for what the register needs.
fn needed_alone(history: &[Recorded]) -> Vec<Recorded> {
    let needed = |recorded: &Recorded| {
        let domain::Event::Case(event) = &recorded.event else { panic!("the history is of cases") };
        let mut recorded = recorded.clone();
        match Register::needed(StreamKind::Case, event.name()) {
            Needed::Nothing => return None,
            Needed::Open => {
                recorded.event = unread(event, None).into();
            }
            Needed::Everything => (),
        }
        Some(recorded)
    };
    history.iter().filter_map(needed).collect()
}

/// The same facts, one recorded an hour after the other.
fn hour_by_hour(history: Vec<Recorded>) -> Vec<Recorded> {
    let at = |(recorded, at): (Recorded, i64)| Recorded { at: hour(at), ..recorded };
    history.into_iter().zip(0i64..).map(at).collect()
}

fn every(register: Register) -> Vec<Entry> {
    register.into_list(|_| true)
}

proptest! {
    #[test]
    fn the_register_needs_no_more_than_it_asks_for(history in history()) {
        let whole = register(Period::default(), &history);
        prop_assert_eq!(&whole, &register(Period::default(), &needed_alone(&history)));
        prop_assert_eq!(whole, built(&history).register);
    }

    /// Of the breaches reported then, all is told that became of them, and nothing of the others.
    #[test]
    fn the_register_of_a_period_is_the_register_without_the_others(
        history in history(), from in 0..4i64, hours in 0..4i64,
    ) {
        let history = hour_by_hour(history);
        let period = Period { from: Some(hour(from)), until: Some(hour(from + hours)) };
        let mut expected = every(register(Period::default(), &history));
        expected.retain(|entry| {
            hour(from) <= entry.reported_at && entry.reported_at < hour(from + hours)
        });
        prop_assert_eq!(every(register(period, &history)), expected);
    }

    /// Whether the keys went before somebody asks or after: told as erased they are the same.
    #[test]
    fn what_was_erased_since_is_told_as_erased_before_too(history in history(), cut in 0..60usize) {
        let history = ending_with_erasures(history);
        let known_then = cut.min(history.len());
        let read_now = with_keys_gone(&history);
        let erased: Vec<CaseId> =
            history.iter().filter(|it| is_erasure(it)).filter_map(Recorded::case).collect();
        let mut then = every(register(Period::default(), &history[..known_then]));
        then.iter_mut().filter(|it| erased.contains(&it.case)).for_each(Entry::erase);
        prop_assert_eq!(every(register(Period::default(), &read_now[..known_then])), then);
    }
}

/// The history without what would follow an erasure in its case, since nothing does.
fn ending_with_erasures(history: Vec<Recorded>) -> Vec<Recorded> {
    let mut erased = Vec::new();
    let mut is_left = |recorded: &Recorded| {
        let is_over = erased.contains(&recorded.stream);
        if is_erasure(recorded) {
            erased.push(recorded.stream);
        }
        !is_over
    };
    history.into_iter().filter(|recorded| is_left(recorded)).collect()
}

fn is_erasure(recorded: &Recorded) -> bool {
    matches!(recorded.event, domain::Event::Case(Event::CaseErased { .. }))
}
