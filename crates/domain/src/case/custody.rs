//! Where a case belongs after it was taken in, and which clocks end with it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::duties::CaseDuties;
use super::state::OpenCase;
use crate::category::CategoryId;
use crate::duty::DutyId;
use crate::ids::{MeasureId, UnitId};
use crate::{Erasable, Time};

/// A fact about whose a case is. NOTE: part of the stored form.
#[derive(
    Debug, Clone, PartialEq, Eq, Serialize, Deserialize, strum::VariantNames, strum::IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Event {
    /// A case that was taken in turned out to belong under another category or to another unit.
    CaseReclassified {
        /// The category it is handled under from now on.
        category: CategoryId,
        /// The category's version at that time, where it is another category.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        category_version: Option<u32>,
        /// The unit it belongs to from now on.
        unit: UnitId,
        /// Why.
        reason: Erasable<String>,
        /// First actions of the category before that are not done and fall away.
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        dropped: BTreeSet<MeasureId>,
    },
    /// The case ends, and the clocks of duties that still ran end with it.
    DutiesEnded {
        /// Which, those that were only possible too.
        duties: BTreeSet<DutyId>,
        /// Why the controller closed the case all the same, where a duty applied for sure.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        grounds: Option<Erasable<String>>,
    },
}

impl OpenCase {
    /// The case after one more fact about whose it is, recorded at `at`.
    pub(super) fn apply_custody(&mut self, event: Event, at: Time) {
        match event {
            Event::CaseReclassified { category, category_version, unit, dropped, .. } => {
                for measure in dropped {
                    self.drop_measure(measure);
                }
                let Some(receipt) = &mut self.receipt else { return };
                if receipt.category != category {
                    (receipt.category, receipt.category_version) = (category, category_version);
                }
                receipt.unit = unit;
            }
            Event::DutiesEnded { duties, grounds } => {
                self.duties.ended_on = grounds;
                self.duties.end_with_the_case(duties, at);
            }
        }
    }
}

impl CaseDuties {
    fn end_with_the_case(&mut self, duties: BTreeSet<DutyId>, at: Time) {
        for duty in duties {
            if let Some(judged) = self.judged.get_mut(&duty) {
                judged.ended_at = Some(at);
            }
            self.ended.insert(duty);
        }
    }
}
