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
    blocks.extend(entries.iter().flat_map(|entry| told(office, page, entry)));
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

/// What the register tells of one breach, for those who ask about that one.
pub(crate) fn of_case(office: &Office, page: &Page, entry: &Entry, at: Time) -> Document {
    let heading = Heading {
        identity: format!("register {} {}", entry.number, at.timestamp()),
        title: office.say("paper-register-entry"),
        about: office.say("paper-register-law"),
        at,
    };
    office.document(heading, told(office, page, entry))
}

fn told(office: &Office, page: &Page, entry: &Entry) -> Vec<Block> {
    let wording = &office.wording;
    let number = wording.say_with("paper-about", &[("number", entry.number)]);
    let groups = in_groups(page, wording.names, entry).into_iter();
    let groups =
        groups.flat_map(|(heading, facts)| [Block::subheading(heading), Block::facts(facts)]);
    std::iter::once(Block::heading(number)).chain(groups).collect()
}
