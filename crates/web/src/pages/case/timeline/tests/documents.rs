//! What is told of the documents of a case.

use domain::Erasable;
use domain::case::document::{Event as Written, ExemptPassage};
use domain::case::{Event, Memo, MemoPart};

/// One of every event about documents.
pub(super) fn told() -> Vec<(Event, &'static str)> {
    let text = |text: &str| Erasable::known(text.to_owned());
    let memo = Memo {
        orientation: text("En mobil ble mistet"),
        description: text(""),
        rules: text(""),
        discussion: text(""),
        assessment: text(""),
        conclusion: text(""),
    };
    let passage = ExemptPassage {
        part: MemoPart::Orientation,
        passage: text("mistet"),
        ground: "offl. § 13".to_owned(),
        reason: text("Det peker på en person"),
    };
    let told = [
        (
            Written::MemoDrafted { version: 2, memo: Box::new(memo) },
            "Saksframlegget ble skrevet (utkast 2)",
        ),
        (
            Written::PassagesExempted { passages: vec![passage] },
            "Det ble merket hva som er unntatt offentlighet i saksframlegget: én passasje",
        ),
    ];
    told.into_iter().map(|(event, what)| (Event::Document(event), what)).collect()
}
