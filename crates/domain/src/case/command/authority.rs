//! What can be asked about notifying the authority (GDPR art. 33).

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::attachment::Attachment;
use super::super::event::AuthorityDecision;
use super::super::practice::Practice;
use crate::notification::{
    Completeness, FieldId, Fingerprint, NoticeChannel, NoticeKind, NotificationBook, Value,
};
use crate::{Erasable, Time};

/// Decide whether the authority is notified.
#[derive(Debug, Clone, PartialEq)]
pub struct DecideOnAuthority {
    /// The decision.
    pub decision: AuthorityDecision,
    /// Why.
    pub grounds: Erasable<String>,
    /// Why it departs from the latest assessment's advice or from practice, if it does.
    pub departure: Option<Erasable<String>>,
    /// What was decided in cases alike; the service's to fill in.
    pub practice: Practice<AuthorityDecision>,
    /// Whether the settings let the data protection officer decide under delegation.
    pub delegated: bool,
}

/// Record what was sent to the authority.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordNotification {
    /// What it was for.
    pub kind: NoticeKind,
    /// When it was sent.
    pub sent_at: Time,
    /// The authority's or the portal's reference.
    pub reference: String,
    /// Why it came after the deadline, if it did; of a withdrawal, why. A supplement has none.
    pub reasons: Option<Erasable<String>>,
    /// The way it went, where that is said.
    pub channel: Option<NoticeChannel>,
    /// Whether more is to come. Where that is said, what stands here is what was sent, and is kept;
    /// else it was written elsewhere.
    pub completeness: Option<Completeness>,
    /// What it said when whoever sent it last looked.
    pub seen: Option<Fingerprint>,
    /// The receipt, to be attached to the case; its bytes go to the journal.
    pub receipt: Option<Attachment>,
    /// What the notice is written by; the service's to fill in.
    pub book: Option<Arc<NotificationBook>>,
}

/// Write what is to stand in the next notice.
#[derive(Debug, Clone, PartialEq)]
pub struct DraftNotification {
    /// The fields that get another answer of one's own, or none any more.
    pub fields: Erasable<BTreeMap<FieldId, Option<Value>>>,
    /// What the notice is written by; the service's to fill in.
    pub book: Option<Arc<NotificationBook>>,
}
