//! What a decision brings with it beside its grounds: why it departs from advice or practice, which
//! cases it was held against, and how people are to be told.

use domain::case::practice::HeldAgainst;
use domain::case::telling::{Particulars, TellingPlan};

use super::wording::{Fact, Wording};

/// The cases a decision was held against, and what it departs from.
pub(super) fn held_against(wording: &Wording, it: Option<&HeldAgainst>) -> Vec<Fact> {
    let Some(it) = it else { return Vec::new() };
    let mut facts = Vec::new();
    let norms: Vec<String> =
        it.departs_from.iter().map(|norm| wording.term("norm", *norm)).collect();
    if !norms.is_empty() {
        facts.push(wording.fact("case-departs_from", norms.join(", ")));
    }
    if !it.near.is_empty() {
        let near: Vec<String> = it.near.iter().map(ToString::to_string).collect();
        facts.push(wording.fact("case-held_against", near.join(", ")));
    }
    facts
}

/// What a decision on telling people brings with it.
pub(super) fn particulars(wording: &Wording, it: &Particulars) -> Vec<Fact> {
    let mut facts = Vec::new();
    facts.extend(wording.maybe("case-departure", it.departure.as_ref()));
    facts.extend(held_against(wording, it.held_against.as_deref()));
    facts.extend(wording.maybe("case-people-measure", it.measure.as_ref()));
    facts.extend(it.plan.as_deref().into_iter().flat_map(|plan| planned(wording, plan)));
    facts
}

fn planned(wording: &Wording, it: &TellingPlan) -> Vec<Fact> {
    let ways: Vec<String> = it.ways.iter().map(|way| wording.term("telling_way", *way)).collect();
    vec![
        wording.text("case-people-groups", &it.groups),
        wording.fact("case-people-ways", ways.join(", ")),
        wording.time("case-people-target", it.target_at),
        wording.fact("case-people-signed_by", wording.person(it.signed_by)),
        wording.text("case-people-whom_to_ask", &it.whom_to_ask),
    ]
}
