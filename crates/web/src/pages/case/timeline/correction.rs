//! That something recorded by mistake was taken back, in words.

use domain::case::OpenCase;
use domain::case::correction::Event;

use super::super::wording::{Fact, Wording};

pub(super) fn told(
    wording: &Wording,
    known: &OpenCase,
    key: &str,
    event: &Event,
) -> (String, Vec<Fact>) {
    match event {
        Event::MeasureWithdrawn { measure, reason } => {
            let described = known.dropped.get(measure);
            let described = described.map(|it| wording.text("case-measure-description", it));
            let reason = wording.text("case-reason", reason);
            (wording.say(key), described.into_iter().chain([reason]).collect())
        }
        Event::FulfilmentWithdrawn { duty, reason } => {
            let what = [("duty", wording.names.duty(duty))];
            (wording.say_with(key, &what), vec![wording.text("case-reason", reason)])
        }
        Event::InvolvementWithdrawn { reason, .. } => {
            (wording.say(key), vec![wording.text("case-reason", reason)])
        }
    }
}
