//! What happened to a letter to the people affected.

use std::collections::BTreeSet;

use domain::case;
use domain::case::letter::{
    Channel, Event, KeptFile, Kind, Language, LetterText, Part, Progress, TemplateUsed,
};
use domain::ids::AttachmentId;
use uuid::Uuid;

use super::text;

pub(super) fn examples() -> Vec<case::Event> {
    let letter = 1;
    let words = |part| match part {
        Part::Title => text("A letter about you was sent to somebody else"),
        _ => text("What the people affected are told."),
    };
    let template = TemplateUsed { template: "general".to_owned(), version: 1 };
    let file = |number, sha256: &str| KeptFile {
        file: AttachmentId(Uuid::from_u128(number)),
        length: 4_096,
        sha256: text(&sha256.repeat(32)),
    };
    let events = [
        Event::LetterDrafted {
            letter,
            version: 2,
            kind: Kind::Letter,
            language: Language::Nb,
            text: Box::new(LetterText::from_parts(words)),
            template: Some(template),
        },
        Event::RecipientsListed {
            letter,
            version: 1,
            file: file(71, "a1"),
            numbers: vec![(1, 40), (42, 43)],
            protected: BTreeSet::from([7]),
        },
        Event::LetterSigned { letter, version: 2, list: Some(1), document: file(72, "b2") },
        Event::DispatchStarted {
            letter,
            channels: BTreeSet::from([Channel::Email, Channel::Print]),
        },
        Event::DispatchStopped { letter, because: None },
        Event::DeliveryRecorded {
            letter,
            channel: Channel::Email,
            progress: Progress::Sent,
            recipients: BTreeSet::from([1, 2, 42]),
            consignments: None,
        },
    ];
    events.into_iter().map(case::Event::Letter).collect()
}
