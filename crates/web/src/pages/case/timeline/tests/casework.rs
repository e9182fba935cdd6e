//! What the people who work on a case do, told in words.

use domain::case::event::TellingWay;

use super::*;

/// One of every event, in an order in which they can happen.
pub(super) fn told() -> Vec<(Event, &'static str)> {
    vec![
        (
            Event::CaseAssigned { handler: KARI, deputy: Some(KARI) },
            "Saken ble gitt til Kari Nordmann",
        ),
        (
            Event::PeopleTold {
                told_at: at(8),
                way: TellingWay::Letter,
                people: Some(3),
                account: text("the letter"),
            },
            "De det gjelder, ble varslet mandag 2. mars 2026 kl. 09.00",
        ),
    ]
}
