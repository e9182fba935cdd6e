//! What a recipient is to confirm who got something by mistake, as the API shows it.

use chrono::{DateTime, Utc};
use domain::case::confirmation;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::shapes::text;
use crate::api::words::{Disposal, Misdirected, Word};

/// What a recipient is to confirm.
#[derive(Serialize, ToSchema)]
pub(crate) struct Confirming {
    /// What they got.
    misdirected: Misdirected,
    /// When they answered; `null` as long as they have not.
    given_at: Option<DateTime<Utc>>,
    /// What they answered.
    given: Option<Confirmation>,
}

/// What a recipient says became of what they got by mistake.
#[derive(Serialize, ToSchema)]
pub(crate) struct Confirmation {
    /// Where it is now.
    disposal: Disposal,
    /// Whether it was opened or read.
    opened: bool,
    /// Whether it was shown, copied or sent on to anybody.
    passed_on: bool,
    /// What else they said; `null` if nothing, or once erased.
    remark: Option<String>,
}

impl Confirming {
    pub(super) fn new(it: &confirmation::Confirming) -> Self {
        Self {
            misdirected: Word(it.misdirected),
            given_at: it.given.as_ref().map(|(at, _)| *at),
            given: it.given.as_ref().map(|(_, given)| Confirmation::new(given)),
        }
    }
}

impl Confirmation {
    pub(crate) fn new(it: &confirmation::Confirmation) -> Self {
        Self {
            disposal: Word(it.disposal),
            opened: it.opened,
            passed_on: it.passed_on,
            remark: it.remark.as_ref().and_then(text),
        }
    }
}
