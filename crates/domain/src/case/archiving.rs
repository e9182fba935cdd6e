//! Handing a closed case over to the archive: what is entered there and under which titles, and how
//! far it has come. A case that was taken up again and closed anew is handed over in a new package;
//! the earlier ones stay.

use serde::{Deserialize, Serialize};

use crate::{Erasable, Time};

/// How far a package for the archive has come. NOTE: part of the stored form.
#[derive(
    Debug, Clone, PartialEq, Serialize, Deserialize, strum::VariantNames, strum::IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Event {
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
        received_at: Time,
    },
}

/// An entry in the archive, as somebody has looked at it. NOTE: part of the stored form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Which of the case's papers it is.
    pub paper: String,
    /// Its title.
    pub title: Erasable<String>,
    /// The title as the public reads it.
    pub public_title: Erasable<String>,
    /// Whether the public is given what is entered (offentleglova § 3).
    pub is_open: bool,
    /// The legal ground on which it is not, or is.
    pub ground: String,
}

/// What stood in the way of handing over. NOTE: part of the stored form.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    strum::EnumIter,
    strum::IntoStaticStr,
    strum::EnumString,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Hindrance {
    /// There is no such folder.
    NoFolder,
    /// The disk is full.
    DiskFull,
    /// The service may not write there.
    NotPermitted,
    /// Something else of that name is there.
    Occupied,
    /// It could not be written for another reason.
    NotWritten,
    /// A document could not be laid out.
    NotLaidOut,
    /// The archive had it and did not take it in.
    Refused,
}

/// Something to do with the archive.
#[derive(Debug, Clone, PartialEq)]
pub enum Request {
    /// Hand the case over with these entries.
    Prepare(Vec<Entry>),
    /// Record that a package lies where the archive takes it from.
    HandOver {
        /// Which.
        version: u32,
        /// SHA-256 of its manifest, in hexadecimal.
        manifest: String,
    },
    /// Record that a package could not be handed over.
    Fail {
        /// Which.
        version: u32,
        /// What stood in the way.
        hindrance: Hindrance,
    },
    /// Record that the archive has taken the latest package in.
    Receipt {
        /// The archive's reference for it.
        reference: String,
        /// When it was taken in.
        received_at: Time,
    },
}

impl Request {
    /// Every text in it that somebody wrote.
    #[must_use]
    pub fn texts(&self) -> Vec<&Erasable<String>> {
        match self {
            Self::Prepare(entries) => {
                entries.iter().flat_map(|it| [&it.title, &it.public_title]).collect()
            }
            Self::HandOver { .. } | Self::Fail { .. } | Self::Receipt { .. } => Vec::new(),
        }
    }
}

/// The packages of a case.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Archive {
    /// Every package, the first one first: version 1 and on.
    pub packages: Vec<Package>,
    /// Whether the case was taken up again since the last of them was prepared.
    pub is_outdated: bool,
}

/// A package for the archive.
#[derive(Debug, Clone, PartialEq)]
pub struct Package {
    /// When its titles were looked at.
    pub prepared_at: Time,
    /// What is entered.
    pub entries: Vec<Entry>,
    /// How far it has come.
    pub stage: Stage,
}

/// How far a package has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// It is to be handed over.
    Prepared,
    /// It could not be so far.
    Failed {
        /// What stood in the way.
        hindrance: Hindrance,
    },
    /// It lies where the archive takes it from.
    HandedOver {
        /// Since when.
        at: Time,
        /// SHA-256 of its manifest, in hexadecimal.
        manifest: String,
    },
    /// The archive has it.
    Receipted {
        /// The archive's reference for it.
        reference: String,
        /// Since when.
        received_at: Time,
    },
}

impl Stage {
    /// Whether it is still to be handed over.
    #[must_use]
    pub fn is_to_go(&self) -> bool {
        matches!(self, Self::Prepared | Self::Failed { .. })
    }

    /// Whether the archive did not take it in, so that it goes anew or not at all.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        *self == Self::Failed { hindrance: Hindrance::Refused }
    }
}

impl Archive {
    /// The latest package and its version.
    #[must_use]
    pub fn latest(&self) -> Option<(u32, &Package)> {
        let version = self.version();
        self.packages.last().map(|package| (version, package))
    }

    /// The latest package, if it is of the case as it is closed now.
    #[must_use]
    pub fn current(&self) -> Option<(u32, &Package)> {
        self.latest().filter(|_| !self.is_outdated)
    }

    /// One of the packages.
    #[must_use]
    pub fn package(&self, version: u32) -> Option<&Package> {
        self.packages.get(usize::try_from(version.checked_sub(1)?).ok()?)
    }

    fn version(&self) -> u32 {
        u32::try_from(self.packages.len()).unwrap_or(u32::MAX)
    }

    pub(super) fn next_version(&self) -> u32 {
        self.version().saturating_add(1)
    }

    pub(super) fn apply(&mut self, event: &Event, at: Time) {
        match event {
            Event::ArchivePrepared { entries, .. } => {
                let (entries, stage) = (entries.clone(), Stage::Prepared);
                self.packages.push(Package { prepared_at: at, entries, stage });
                self.is_outdated = false;
            }
            Event::ArchiveHandedOver { version, manifest } => {
                self.reach(*version, Stage::HandedOver { at, manifest: manifest.clone() });
            }
            Event::ArchiveFailed { version, hindrance } => {
                self.reach(*version, Stage::Failed { hindrance: *hindrance });
            }
            Event::ArchiveReceipted { version, reference, received_at } => {
                let (reference, received_at) = (reference.clone(), *received_at);
                self.reach(*version, Stage::Receipted { reference, received_at });
            }
        }
    }

    fn reach(&mut self, version: u32, stage: Stage) {
        let place = version.checked_sub(1).and_then(|it| usize::try_from(it).ok());
        if let Some(package) = place.and_then(|it| self.packages.get_mut(it)) {
            package.stage = stage;
        }
    }
}
