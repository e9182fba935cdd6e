//! `avvik rebuild`: every view built from the log, as at each start, and how long that takes.

use std::time::Instant;

use journal::Journal;
use serde::Serialize;
use views::Views;

use crate::arguments::Report;
use crate::failure::Failure;
use crate::output::say;
use crate::settings::{Flags, Settings};

/// What was built, and how fast.
#[derive(Debug, Serialize)]
struct Rebuilt {
    events: u64,
    cases: usize,
    milliseconds: u128,
}

/// Builds every view, and says what from and how long it took.
pub(crate) fn run(asked: &Report) -> Result<(), Failure> {
    let flags = Flags { data_dir: asked.place.data_dir.clone(), listen: None };
    let settings = Settings::load(asked.place.config.as_deref(), flags)?;
    let began = Instant::now();
    let mut views = Views::default();
    let mut events = 0;
    let opened = Journal::open(&settings.journal(), |recorded| {
        views.apply(&recorded);
        events += 1;
    });
    opened.map_err(Failure::house("the views could not be built"))?;
    let cases = views.inbox.len();
    tell(&Rebuilt { events, cases, milliseconds: began.elapsed().as_millis() }, asked.json)
}

fn tell(it: &Rebuilt, json: bool) -> Result<(), Failure> {
    if json {
        return say(&serde_json::to_string(it).expect("what was rebuilt has text keys alone"));
    }
    let Rebuilt { events, cases, milliseconds } = it;
    say(&format!("Every view built from {events} events in {cases} cases, in {milliseconds} ms."))
}
