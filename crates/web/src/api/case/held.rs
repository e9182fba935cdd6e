//! What a decision was held against, and how people are to be told by it.

use chrono::{DateTime, Utc};
use domain::case::{practice, state, telling};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::shapes::text;
use crate::api::words::{Norm, PeopleDecision, TellingWay, Word};

/// What a decision was held against when it was taken.
#[derive(Serialize, ToSchema)]
pub(crate) struct HeldAgainst {
    /// The numbers of the earlier cases that were alike enough, the nearest first; of those, the
    /// ones that the token's holder may see.
    near: Vec<String>,
    /// What it departs from.
    departs_from: Vec<Norm>,
}

/// A decision on telling the people affected (GDPR art. 34).
#[derive(Serialize, ToSchema)]
pub(crate) struct PeopleDecided {
    /// The decision.
    decision: PeopleDecision,
    /// Why.
    grounds: Option<String>,
    /// Why it departs from the advice or from practice, where it does.
    departure: Option<String>,
    /// Which measure removed the risk, where that is the ground.
    measure: Option<String>,
    /// How they are to be told, where they are and it was said.
    plan: Option<TellingPlan>,
    /// What it was held against.
    held_against: Option<HeldAgainst>,
}

/// How the people affected are to be told, as it was decided.
#[derive(Serialize, ToSchema)]
pub(crate) struct TellingPlan {
    /// Which groups of people.
    groups: Option<String>,
    /// In which ways.
    ways: Vec<TellingWay>,
    /// By when, as a target of one's own.
    target_at: DateTime<Utc>,
    /// Who signs, as the controller.
    signed_by: Uuid,
    /// Whom the people can turn to.
    whom_to_ask: Option<String>,
}

impl HeldAgainst {
    /// As the API tells it.
    pub(crate) fn new(it: &practice::HeldAgainst) -> Self {
        Self {
            near: it.near.iter().map(ToString::to_string).collect(),
            departs_from: it.departs_from.iter().copied().map(Word).collect(),
        }
    }
}

impl TellingPlan {
    /// As the API tells it.
    pub(crate) fn new(it: &telling::TellingPlan) -> Self {
        Self {
            groups: text(&it.groups),
            ways: it.ways.iter().copied().map(Word).collect(),
            target_at: it.target_at,
            signed_by: it.signed_by.0,
            whom_to_ask: text(&it.whom_to_ask),
        }
    }
}

impl PeopleDecided {
    /// As the API tells it.
    pub(crate) fn new(it: &state::PeopleDecided) -> Self {
        let brings = &it.particulars;
        Self {
            decision: Word(it.decision),
            grounds: text(&it.grounds),
            departure: brings.departure.as_ref().and_then(text),
            measure: brings.measure.as_ref().and_then(text),
            plan: brings.plan.as_deref().map(TellingPlan::new),
            held_against: brings.held_against.as_deref().map(HeldAgainst::new),
        }
    }
}
