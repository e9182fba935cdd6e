//! What became of a package for the archive, as the API tells it.

use chrono::{DateTime, Utc};
use domain::case::archiving::Event;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::case::archive::Entry;
use crate::api::words::{Hindrance, Word};

/// What happened; `event` names it.
#[derive(Serialize, ToSchema)]
#[serde(tag = "event", rename_all = "snake_case")]
#[expect(clippy::enum_variant_names, reason = "each is named as it is stored")]
pub(crate) enum Archived {
    /// The titles were looked at, and the package may be handed over.
    ArchivePrepared {
        /// Counts from 1.
        version: u32,
        /// What is entered in the archive.
        entries: Vec<Entry>,
    },
    /// The package lies where the archive takes it from.
    ArchiveHandedOver {
        /// Which.
        version: u32,
        /// SHA-256 of its manifest, in hexadecimal.
        manifest: String,
    },
    /// The package could not be handed over; it is tried again.
    ArchiveFailed {
        /// Which.
        version: u32,
        /// What stood in the way.
        hindrance: Hindrance,
    },
    /// The archive has taken the package in.
    ArchiveReceipted {
        /// Which.
        version: u32,
        /// The archive's reference for it.
        reference: String,
        /// When it was taken in.
        received_at: DateTime<Utc>,
    },
}

impl Archived {
    pub(super) fn new(event: &Event) -> Self {
        match event {
            Event::ArchivePrepared { version, entries } => Self::ArchivePrepared {
                version: *version,
                entries: entries.iter().map(Entry::new).collect(),
            },
            Event::ArchiveHandedOver { version, manifest } => {
                Self::ArchiveHandedOver { version: *version, manifest: manifest.clone() }
            }
            Event::ArchiveFailed { version, hindrance } => {
                Self::ArchiveFailed { version: *version, hindrance: Word(*hindrance) }
            }
            Event::ArchiveReceipted { version, reference, received_at } => Self::ArchiveReceipted {
                version: *version,
                reference: reference.clone(),
                received_at: *received_at,
            },
        }
    }
}
