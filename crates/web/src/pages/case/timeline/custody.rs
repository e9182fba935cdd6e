//! That a case was put elsewhere, and that clocks ended with it, in words.

use domain::case::custody::Event;

use super::super::wording::{Fact, Wording};

pub(super) fn told(wording: &Wording, key: &str, event: &Event) -> (String, Vec<Fact>) {
    match event {
        Event::CaseReclassified { category, unit, reason, dropped, .. } => {
            let mut facts = vec![wording.text("case-reason", reason)];
            if !dropped.is_empty() {
                let fell =
                    wording.say_with("timeline-measures-dropped", &[("count", dropped.len())]);
                facts.push(wording.fact("case-measures-dropped", fell));
            }
            let place = [
                ("category", wording.names.category(category)),
                ("unit", wording.names.unit(*unit)),
            ];
            (wording.say_with(key, &place), facts)
        }
        Event::DutiesEnded { duties, grounds } => {
            let duty = |it| wording.fact("case-duty", wording.names.duty(it));
            let mut facts: Vec<Fact> = duties.iter().map(duty).collect();
            facts.extend(wording.maybe("case-grounds", grounds.as_ref()));
            (wording.say(key), facts)
        }
    }
}
