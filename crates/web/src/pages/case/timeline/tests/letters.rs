//! What is told of letters to the people affected.

use std::collections::BTreeSet;

use domain::Erasable;
use domain::case::Event;
use domain::case::letter::{
    Channel, Event as Letter, KeptFile, Kind, Language, LetterText, Obstacle, Progress,
};
use domain::ids::AttachmentId;
use uuid::Uuid;

/// One of every event about letters.
pub(super) fn told() -> Vec<(Event, &'static str)> {
    let text = |text: &str| Erasable::known(text.to_owned());
    let file = || KeptFile {
        file: AttachmentId(Uuid::from_u128(1)),
        length: 3,
        sha256: text(&"ab".repeat(32)),
    };
    let letter = 1;
    let channels = BTreeSet::from([Channel::Email, Channel::Print]);
    let told = [
        (
            Letter::LetterDrafted {
                letter,
                version: 2,
                kind: Kind::Letter,
                language: Language::Nb,
                text: Box::new(LetterText::from_parts(|_| text("ord"))),
                template: None,
            },
            "Brev 1 ble skrevet (bokmål, utkast 2)",
        ),
        (
            Letter::RecipientsListed {
                letter,
                version: 1,
                file: file(),
                numbers: vec![(1, 40), (42, 43)],
                protected: [7].into(),
            },
            "Mottakerne av brev 1 ble lagt inn: 42, av dem 1 med sperret adresse",
        ),
        (
            Letter::LetterSigned { letter, version: 2, list: Some(1), document: file() },
            "Brev 1 ble signert",
        ),
        (
            Letter::DispatchStarted { letter, channels },
            "Utsendingen av brev 1 ble startet (e-post, papirpost)",
        ),
        (Letter::DispatchStopped { letter, because: None }, "Utsendingen av brev 1 ble stoppet"),
        (
            Letter::DispatchStopped { letter, because: Some(Obstacle::NotTaken) },
            "Utsendingen av brev 1 stoppet: Ingen har tatt imot brev på flere timer.",
        ),
        (
            Letter::DeliveryRecorded {
                letter,
                channel: Channel::Email,
                progress: Progress::Sent,
                recipients: [1, 2].into(),
                consignments: None,
            },
            "Brev 1 til 2 mottakere: sendt (e-post)",
        ),
    ];
    told.into_iter().map(|(event, what)| (Event::Letter(event), what)).collect()
}
