//! What a case's history tells of its packages for the archive.

use domain::case::archiving::Event;

use super::wording::{Fact, Value, Wording};

/// What happened, in a sentence and what goes with it.
pub(super) fn told(wording: &Wording, key: &str, event: &Event) -> (String, Vec<Fact>) {
    let with = |version: u32| wording.say_with(key, &[("version", version.to_string())]);
    match event {
        Event::ArchivePrepared { version, entries } => {
            let fact = |it: &domain::case::archiving::Entry| Fact {
                name: wording.written(&it.public_title),
                value: Value::Words(it.ground.clone()),
            };
            (with(*version), entries.iter().map(fact).collect())
        }
        Event::ArchiveHandedOver { version, manifest } => {
            (with(*version), vec![wording.fact("archive-manifest", manifest.clone())])
        }
        Event::ArchiveFailed { version, hindrance } => {
            let why = wording.term("archive-hindrance", *hindrance);
            (with(*version), vec![wording.fact("case-reason", why)])
        }
        Event::ArchiveReceipted { version, reference, .. } => {
            let arguments = [("version", version.to_string()), ("reference", reference.clone())];
            (wording.say_with(key, &arguments), Vec::new())
        }
    }
}
