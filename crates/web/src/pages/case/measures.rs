//! The measures of a case.

use domain::Time;
use domain::case::state::{Measure, Progress};
use domain::ids::MeasureId;
use service::{CaseSight, SignedIn, Step};

use super::next::{measure_path, verification_path};
use super::wording::{Fact, Wording};

/// A measure, with what may be done about it.
pub(super) struct ShownMeasure {
    /// Which it is.
    pub(super) id: MeasureId,
    /// What it is meant to do, and which of the case's measures it is.
    pub(super) heading: String,
    /// How far it has come.
    pub(super) state: String,
    /// Repeats the state in colour.
    pub(super) color: &'static str,
    /// All that is known of it.
    pub(super) facts: Vec<Fact>,
    /// Where it is said to be done, for those who may.
    pub(super) complete: Option<String>,
    /// Where its effect is looked at, for those who may.
    pub(super) verify: Option<String>,
}

/// The measures, the soonest first.
pub(super) fn shown(
    wording: &Wording,
    seen: &CaseSight,
    who: &SignedIn,
    now: Time,
) -> Vec<ShownMeasure> {
    let mut measures: Vec<(&MeasureId, &Measure)> = seen.file.known.measures.iter().collect();
    measures.sort_by_key(|(id, measure)| (measure.due_at, **id));
    (1_usize..)
        .zip(measures)
        .map(|(count, (id, measure))| {
            let kind = wording.term("measure_kind", measure.kind);
            let (state, color) = state(measure, now);
            let (complete, verify) = ways(seen, who, *id, measure);
            let heading = [("count", count.to_string()), ("kind", kind)];
            ShownMeasure {
                id: *id,
                heading: wording.say_with("case-measure", &heading),
                state: wording.say(state),
                color,
                facts: facts(wording, measure),
                complete,
                verify,
            }
        })
        .collect()
}

/// Where a measure is said to be done, and where its effect is looked at, for those who may.
fn ways(
    seen: &CaseSight,
    who: &SignedIn,
    id: MeasureId,
    measure: &Measure,
) -> (Option<String>, Option<String>) {
    let number = seen.file.known.report.number;
    let may = |step| seen.steps.contains(&step);
    match &measure.progress {
        Progress::Open { .. } => {
            let may = measure.owner == who.user || may(Step::CompleteMeasure);
            (may.then(|| measure_path(number, id)), None)
        }
        Progress::Completed { .. } => {
            (None, may(Step::VerifyMeasure).then(|| verification_path(number, id)))
        }
        Progress::Verified { .. } => (None, None),
    }
}

fn state(measure: &Measure, now: Time) -> (&'static str, &'static str) {
    match &measure.progress {
        Progress::Open { .. } if measure.due_at < now => ("measures-state-overdue", "danger"),
        Progress::Open { .. } => ("measures-state-open", "info"),
        Progress::Completed { .. } => ("measures-state-completed", "warning"),
        Progress::Verified { .. } => ("measures-state-verified", "success"),
    }
}

/// All that is known of a measure.
pub(super) fn facts(wording: &Wording, measure: &Measure) -> Vec<Fact> {
    let mut facts = vec![
        wording.text("case-measure-description", &measure.description),
        wording.fact("case-measure-owner", wording.person(measure.owner)),
        wording.time("case-measure-due", measure.due_at),
    ];
    facts.extend(measure.playbook.as_ref().map(|from| {
        let category = wording.names.category(&from.category);
        let arguments = [("category", category), ("version", from.version.to_string())];
        wording.fact("case-measure-from", wording.say_with("case-measure-playbook", &arguments))
    }));
    let (account, finding) = match &measure.progress {
        Progress::Open { found_without_effect } => (None, found_without_effect.as_ref()),
        Progress::Completed { account } => (Some(account), None),
        Progress::Verified { account, finding } => (Some(account), Some(finding)),
    };
    facts.extend(wording.maybe("case-measure-account", account));
    facts.extend(wording.maybe("case-measure-finding", finding));
    facts
}
