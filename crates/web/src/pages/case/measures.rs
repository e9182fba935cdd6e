//! The measures of a case.

use domain::Time;
use domain::case::OpenCase;
use domain::case::dealings::Effect;
use domain::case::state::{Measure, Progress};
use domain::ids::MeasureId;
use service::{CaseSight, SignedIn, Step};

use super::next::{measure_path, verification_path};
use super::wording::{Fact, Wording};
use crate::pages::steps::form_url;

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
    /// Where another is proposed, once this one turned out not to work, for those who may.
    pub(super) another: Option<String>,
}

/// The first actions that were taken from the category's playbook, as a list to tick off.
pub(super) struct Checklist {
    /// How many there are, and how many are done.
    pub(super) heading: String,
    /// Each with how far it has come.
    pub(super) items: Vec<Ticked>,
}

/// One of them.
pub(super) struct Ticked {
    /// Which measure it became.
    pub(super) measure: MeasureId,
    /// What is to be done.
    pub(super) what: String,
    /// How far it has come.
    pub(super) state: String,
    /// Repeats the state in colour.
    pub(super) color: &'static str,
}

/// The checklist, where the case was taken in with any first actions.
pub(super) fn checklist(wording: &Wording, known: &OpenCase, now: Time) -> Option<Checklist> {
    let from_playbook = known.measures.iter().filter(|(_, it)| it.playbook.is_some());
    let mut measures: Vec<(&MeasureId, &Measure)> = from_playbook.collect();
    measures.sort_by_key(|(id, measure)| (measure.due_at, **id));
    let is_done = |it: &Measure| !matches!(it.progress, Progress::Open { .. });
    let done = measures.iter().filter(|(_, it)| is_done(it)).count();
    let ticked = |(id, measure): &(&MeasureId, &Measure)| {
        let (state, color) = state(measure, now);
        let what = wording.written(&measure.description);
        Ticked { measure: **id, what, state: wording.say(state), color }
    };
    (!measures.is_empty()).then(|| Checklist {
        heading: wording.say_with("case-checklist", &[("done", done), ("all", measures.len())]),
        items: measures.iter().map(ticked).collect(),
    })
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
                another: another(seen, measure),
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

fn another(seen: &CaseSight, measure: &Measure) -> Option<String> {
    let effect = measure.review.result.as_ref().map(|reviewed| reviewed.effect);
    let may = seen.steps.contains(&Step::ProposeMeasure)
        && !seen.file.standing.phase().is_closed()
        && effect == Some(Effect::Not);
    form_url(seen.file.known.report.number, Step::ProposeMeasure).filter(|_| may)
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
    match &measure.review.result {
        Some(it) => {
            facts
                .push(wording.fact("case-measure-effect", wording.term("effect_later", it.effect)));
            facts.push(wording.text("case-measure-finding", &it.finding));
        }
        None => facts
            .extend(measure.review.due_at.map(|due| wording.time("case-measure-review-due", due))),
    }
    facts
}
