//! What of a case is in the archive, as the API shows it.

use chrono::{DateTime, Utc};
use domain::case::archiving;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::shapes::text;
use crate::api::words::{Hindrance, Word};

/// A package of a closed case for the archive.
#[derive(Serialize, ToSchema)]
pub(crate) struct Package {
    /// Counts from 1.
    version: u32,
    /// When its titles were looked at.
    prepared_at: DateTime<Utc>,
    /// What is entered.
    entries: Vec<Entry>,
    /// How far it has come: `prepared`, `failed`, `handed_over` or `receipted`.
    stage: &'static str,
    /// What stands in the way, if something does; it is tried again.
    hindrance: Option<Hindrance>,
    /// The archive's reference, once it has the package.
    reference: Option<String>,
}

/// An entry in the archive.
#[derive(Serialize, ToSchema)]
pub(crate) struct Entry {
    /// Which of the case's papers it is.
    paper: String,
    /// Its title; `null` once erased. As the public reads it for everybody who hands nothing over
    /// to the archive.
    title: Option<String>,
    /// The title as the public reads it; `null` once erased.
    public_title: Option<String>,
    /// Whether the public is given it.
    open: bool,
    /// The legal ground.
    ground: String,
}

impl Package {
    pub(super) fn all(archive: &archiving::Archive) -> Vec<Self> {
        (1..).zip(&archive.packages).map(|(version, it)| Self::new(version, it)).collect()
    }

    fn new(version: u32, it: &archiving::Package) -> Self {
        use archiving::Stage::{Failed, HandedOver, Prepared, Receipted};
        let (stage, hindrance, reference) = match &it.stage {
            Prepared => ("prepared", None, None),
            Failed { hindrance } => ("failed", Some(Word(*hindrance)), None),
            HandedOver { .. } => ("handed_over", None, None),
            Receipted { reference, .. } => ("receipted", None, Some(reference.clone())),
        };
        let entries = it.entries.iter().map(Entry::new).collect();
        Self { version, prepared_at: it.prepared_at, entries, stage, hindrance, reference }
    }
}

impl Entry {
    pub(crate) fn new(it: &archiving::Entry) -> Self {
        Self {
            paper: it.paper.clone(),
            title: text(&it.title),
            public_title: text(&it.public_title),
            open: it.is_open,
            ground: it.ground.clone(),
        }
    }
}
