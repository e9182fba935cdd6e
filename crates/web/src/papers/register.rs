//! The register of breaches as a document (GDPR art. 33(5)): a part for each breach, with the
//! facts, the effects, what was done and the reasons for each decision.

use documents::{Block, Document};
use domain::Time;
use views::register::Entry;

use super::{Heading, Office};
use crate::page::Page;
use crate::pages::register::in_groups;

/// The breaches that are told, as of a moment.
pub(crate) fn document(office: &Office, page: &Page, entries: &[Entry], at: Time) -> Document {
    let wording = &office.wording;
    let mut blocks =
        vec![Block::text(wording.say_with("paper-register-about", &[("count", entries.len())]))];
    for entry in entries {
        blocks.push(Block::heading(wording.say_with("paper-about", &[("number", entry.number)])));
        for (heading, facts) in in_groups(page, wording.names, entry) {
            blocks.push(Block::subheading(heading));
            blocks.push(Block::facts(facts));
        }
    }
    let (first, last) = (entries.first(), entries.last());
    let span = first.zip(last).map(|(first, last)| format!("{}-{}", first.number, last.number));
    let heading = Heading {
        identity: format!("register {} {}", span.unwrap_or_default(), at.timestamp()),
        title: office.say("paper-register"),
        about: wording.say("paper-register-law"),
        at,
    };
    office.document(heading, blocks)
}
