//! What was done about a breach, as its entry tells it: the measures, and the duties to others.

use domain::Time;
use domain::case::Event;
use domain::duty::DutyId;
use domain::ids::MeasureId;

use super::entry::{Entry, Other, OtherTold, RemedialAction};

impl Entry {
    /// That a duty was done is told no more. What was said of earlier times stays.
    pub(super) fn take_back(&mut self, duty: &DutyId) {
        let of_duty = |it: &OtherTold| matches!(&it.who, Other::ByDuty(told, _) if told == duty);
        if let Some(index) = self.others_told.iter().rposition(of_duty) {
            self.others_told.remove(index);
        }
    }

    fn measure_mut(&mut self, measure: MeasureId) -> Option<&mut RemedialAction> {
        self.measures.iter_mut().find(|it| it.measure == measure)
    }

    /// Takes in what became of a measure at `at`.
    pub(super) fn apply_to_measures(&mut self, event: &Event, at: Time) {
        match event {
            Event::MeasureProposed { measure, kind, description, .. } => {
                let (kind, description) = (*kind, description.clone());
                let (done_at, is_verified) = (None, false);
                let measure = *measure;
                self.measures.push(RemedialAction {
                    measure,
                    kind,
                    description,
                    done_at,
                    is_verified,
                });
            }
            Event::MeasureCompleted { measure, .. } => {
                if let Some(measure) = self.measure_mut(*measure) {
                    measure.done_at = Some(at);
                }
            }
            Event::MeasureVerified { measure, effective, .. } => {
                if let Some(measure) = self.measure_mut(*measure) {
                    measure.is_verified = *effective;
                    measure.done_at = measure.done_at.filter(|_| *effective);
                }
            }
            _ => (),
        }
    }
}
