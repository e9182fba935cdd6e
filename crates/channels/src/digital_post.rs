//! Digital post: a letter goes to a carrier that finds the mailbox of whoever it is for, and prints
//! and posts it where they have none.

mod consignment;
mod maskinporten;
mod post_error;
mod svarut;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

pub use consignment::{
    Addressee, Arrival, Consignment, ConsignmentId, NotAReference, Reference, TITLE_CHARACTERS_MAX,
};
pub use maskinporten::{KeyProblem, MaskinportenSettings};
pub use post_error::{CarrierFault, PostError};
pub use reqwest::Url;
pub use svarut::{SettingsProblem, SvarUt, SvarUtSettings};

/// The carrier of digital post. Another one has its place here, with the same three questions.
#[derive(Debug)]
pub enum DigitalPost {
    /// SvarUt of KS, by its interface of version 2.
    SvarUt(Box<SvarUt>),
}

impl DigitalPost {
    /// What the carrier was given under a reference: asked before anything is sent, since what was
    /// sent before a crash is known there and nowhere else.
    pub async fn find(
        &self,
        reference: &Reference,
        now: DateTime<Utc>,
    ) -> Result<Option<ConsignmentId>, PostError> {
        match self {
            Self::SvarUt(carrier) => carrier.find(reference, now).await,
        }
    }

    /// Gives the carrier a letter. After an error it may have it all the same: [`Self::find`] says.
    pub async fn send(
        &self,
        consignment: &Consignment,
        now: DateTime<Utc>,
    ) -> Result<ConsignmentId, PostError> {
        match self {
            Self::SvarUt(carrier) => carrier.send(consignment, now).await,
        }
    }

    /// How far letters came. Of those the carrier does not know it says nothing.
    pub async fn arrivals(
        &self,
        consignments: &[ConsignmentId],
        now: DateTime<Utc>,
    ) -> Result<BTreeMap<ConsignmentId, Arrival>, PostError> {
        match self {
            Self::SvarUt(carrier) => carrier.arrivals(consignments, now).await,
        }
    }
}
