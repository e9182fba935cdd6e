//! The whole file of a case: everything that is known of it in order, its history, and what proves
//! that the history is unaltered.

use documents::{Block, Document};
use service::CaseSight;

use super::{Heading, Office, words};
use crate::App;
use crate::pages::case::{self, Part};

/// The file, as far as whoever asks for it sees the case, with the newest signed checkpoint of the
/// log, as its text.
pub(crate) fn document(
    app: &App,
    office: &Office,
    seen: &CaseSight,
    checkpoint: Option<String>,
) -> Document {
    let (file, wording) = (&seen.file, &office.wording);
    let at = file.timeline.last().map_or(file.known.reported_at, |entry| entry.at);
    let number = file.known.report.number;
    let mut blocks = Vec::new();
    for part in case::in_parts(app, wording, seen, at) {
        match part {
            Part::One(section) => blocks.extend(Office::section(section)),
            Part::Each { heading, items } => {
                blocks.push(Block::heading(heading));
                for (name, facts) in items {
                    blocks.push(Block::subheading(name));
                    blocks.push(Office::facts(facts));
                }
            }
        }
    }
    blocks.push(Block::heading(office.say("case-timeline-heading")));
    for (place, entry) in case::in_entries(wording, file).into_iter().enumerate() {
        blocks.push(Block::subheading(format!("{}. {}", place + 1, entry.what)));
        let mut facts = vec![
            (office.say("paper-file-when"), entry.at.words().to_owned()),
            (office.say("paper-file-by"), entry.by),
        ];
        facts.extend(entry.facts.into_iter().map(|fact| (fact.name, words(fact.value))));
        blocks.push(Block::facts(facts));
    }
    blocks.push(Block::heading(office.say("paper-file-proof")));
    let events = file.timeline.len();
    blocks.push(Block::text(wording.say_with("paper-file-proof-about", &[("events", events)])));
    blocks.extend(
        checkpoint.map(|text| Block::Note { label: office.say("paper-file-checkpoint"), text }),
    );
    let heading = Heading {
        identity: format!("{number} file {events}"),
        title: wording.say_with("paper-file", &[("number", number)]),
        about: wording.say_with("paper-about", &[("number", number)]),
        at,
    };
    office.document(heading, blocks)
}
