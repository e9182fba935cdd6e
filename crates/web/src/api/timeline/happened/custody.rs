//! That a case was put elsewhere, and that clocks ended with it, as the API tells it.

use domain::case::custody::Event;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::shapes::text;

/// What happened; `event` names it.
#[derive(Serialize, ToSchema)]
#[serde(tag = "event", rename_all = "snake_case")]
pub(crate) enum Placed {
    /// A case that was taken in was put under another category or in another unit.
    CaseReclassified {
        /// The category it is handled under from then on.
        category: String,
        /// The category's version, where it is another category.
        category_version: Option<u32>,
        /// The unit it belongs to from then on.
        unit: Uuid,
        /// Why; `null` once erased.
        reason: Option<String>,
        /// First actions of the category before that were not done and fell away.
        dropped: Vec<Uuid>,
    },
    /// The case ended, and with it the clocks of duties that still ran.
    DutiesEnded {
        /// Which, those that were only possible too.
        duties: Vec<String>,
        /// Why the controller closed the case all the same, where a duty applied for sure.
        grounds: Option<String>,
    },
}

impl Placed {
    pub(super) fn new(event: &Event) -> Self {
        match event {
            Event::CaseReclassified { category, category_version, unit, reason, dropped } => {
                Self::CaseReclassified {
                    category: category.to_string(),
                    category_version: *category_version,
                    unit: unit.0,
                    reason: text(reason),
                    dropped: dropped.iter().map(|it| it.0).collect(),
                }
            }
            Event::DutiesEnded { duties, grounds } => Self::DutiesEnded {
                duties: duties.iter().map(ToString::to_string).collect(),
                grounds: grounds.as_ref().and_then(text),
            },
        }
    }
}
