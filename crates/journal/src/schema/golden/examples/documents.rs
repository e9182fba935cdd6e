//! What was written for the documents of a case.

use domain::case;
use domain::case::document::{Event, ExemptPassage};
use domain::case::memo::{Memo, MemoPart};

use super::text;

pub(super) fn examples() -> Vec<case::Event> {
    let memo = Memo {
        orientation: text("A letter with test results went to the wrong address."),
        description: text("The address of a neighbour was chosen from the list."),
        rules: text(""),
        discussion: text("The list shows only names."),
        assessment: text(""),
        conclusion: text(""),
    };
    let passage = ExemptPassage {
        part: MemoPart::Description,
        passage: text("a neighbour"),
        ground: "offl. § 13 jf. fvl. § 13 nr. 1".to_owned(),
        reason: text("It tells who got to read of somebody's health."),
    };
    let events = [
        Event::MemoDrafted { version: 2, memo: Box::new(memo) },
        Event::PassagesExempted { passages: vec![passage] },
    ];
    events.into_iter().map(case::Event::Document).collect()
}
