//! What is told of packages for the archive.

use domain::Erasable;
use domain::case::Event;
use domain::case::archiving::{Entry, Event as Archived, Hindrance};

/// One of every such event.
pub(super) fn told() -> Vec<(Event, &'static str)> {
    let text = |text: &str| Erasable::known(text.to_owned());
    let entry = Entry {
        paper: "memo".to_owned(),
        title: text("Saksframlegg"),
        public_title: text("Saksframlegg"),
        is_open: false,
        ground: "Offl. § 13".to_owned(),
    };
    let (version, manifest) = (2, "ab".repeat(32));
    let (reference, received_at) = ("26/7".to_owned(), super::at(12));
    let told = [
        (
            Archived::ArchivePrepared { version, entries: vec![entry] },
            "Saken ble gjort klar for arkivet (pakke 2)",
        ),
        (
            Archived::ArchiveFailed { version, hindrance: Hindrance::DiskFull },
            "Pakke 2 kunne ikke overleveres til arkivet",
        ),
        (Archived::ArchiveHandedOver { version, manifest }, "Pakke 2 ble overlevert til arkivet"),
        (
            Archived::ArchiveReceipted { version, reference, received_at },
            "Arkivet tok imot pakke 2. Referanse: 26/7",
        ),
    ];
    told.into_iter().map(|(event, what)| (Event::Archiving(event), what)).collect()
}
