//! What became of a package for the archive.

use domain::case;
use domain::case::archiving::{Entry, Event, Hindrance};

use super::{text, time};

pub(super) fn examples() -> Vec<case::Event> {
    let entry = Entry {
        paper: "memo".to_owned(),
        title: text("Saksframlegg – avvik 2026/17"),
        public_title: text("Saksframlegg – avvik 2026/17"),
        is_open: false,
        ground: "Offl. § 13 jf. fvl. § 13 første ledd nr. 1".to_owned(),
    };
    let (version, manifest) = (1, "ab".repeat(32));
    let (reference, received_at) = ("26/1234".to_owned(), time(500));
    let events = [
        Event::ArchivePrepared { version, entries: vec![entry] },
        Event::ArchiveFailed { version, hindrance: Hindrance::DiskFull },
        Event::ArchiveHandedOver { version, manifest },
        Event::ArchiveReceipted { version, reference, received_at },
    ];
    events.into_iter().map(case::Event::Archiving).collect()
}
