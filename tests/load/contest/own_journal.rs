//! This journal with everything on: sealed, chained, idempotent. A case gets twenty events and the
//! next one begins, so that new keys are part of what is measured.

use std::path::Path;

use domain::case;
use domain::ids::CaseId;
use domain::{Actor, Erasable, Time, Version};
use journal::{Append, Journal, Settings};
use service::secrets::random_id;

use super::EVENT_BYTES;
use super::drive::Writer;
use crate::Outcome;

/// Events in a case, about as many as a real one gets.
const CASE_EVENTS: u32 = 20;

/// As many who append to cases of their own, in a new journal in `directory`.
pub(super) fn writers(directory: &Path, count: usize) -> Outcome<Vec<Appender>> {
    let settings = Settings::new(directory);
    Journal::init(&settings)?;
    let (journal, feed) = Journal::open(&settings, |_| ())?;
    // Nobody builds views here.
    drop(feed);
    let writer = |_| Appender { journal: journal.clone(), case: new_case(), version: Version(0) };
    Ok((0..count).map(writer).collect())
}

/// One who appends to one case after another.
pub(super) struct Appender {
    journal: Journal,
    case: CaseId,
    version: Version,
}

impl Writer for Appender {
    async fn append(&mut self) -> Outcome<()> {
        if self.version.0 == CASE_EVENTS {
            (self.case, self.version) = (new_case(), Version(0));
        }
        let append = Append {
            stream: self.case.into(),
            expected: self.version,
            events: vec![event().into()],
            at: Time::from_timestamp(1_772_409_600, 0).expect("a time in 2026"),
            by: Actor::Reporter,
            idempotency: Some(random_id().into()),
            outbox: Vec::new(),
        };
        self.version = self.journal.append(append).await?.version;
        Ok(())
    }
}

/// The event as it is before it is sealed.
pub(super) fn event_json() -> Vec<u8> {
    serde_json::to_vec(&event()).expect("an event is plain data")
}

fn event() -> case::Event {
    let around = r#"{"information_added":{"text":{"$personal":{"value":""}}}}"#.len();
    let text = "Telefonen lå igjen på bussen. ".repeat(EVENT_BYTES / 10);
    let end = text.floor_char_boundary(EVENT_BYTES - around);
    case::Event::InformationAdded { text: Erasable::known(text[..end].to_owned()) }
}

fn new_case() -> CaseId {
    CaseId(random_id())
}
