//! How severe a breach is, in words: each factor with its value, why, the facts it rests on, and
//! where the value comes from.

use domain::assessment::{Because, Factor, Severity};
use domain::case::OpenCase;
use domain::case::facts::Facts;
use service::{CaseSight, Step};

use super::known::answer_in_words;
use super::wording::{Fact, Section, Wording};
use crate::pages::steps::form_url;
use crate::text::Texts;

/// The severity of a case.
pub(super) struct ShownSeverity {
    /// The score and the band.
    pub(super) score: String,
    /// Whether something in it is not known.
    pub(super) is_provisional: bool,
    /// What is shown beside the score.
    pub(super) flags: Vec<String>,
    /// What it is made of.
    pub(super) factors: Vec<ShownFactor>,
    /// Where a factor is set otherwise, for those who may.
    pub(super) path: Option<String>,
}

/// A factor.
pub(super) struct ShownFactor {
    /// What it is called, and its value.
    pub(super) heading: String,
    /// Why, what it rests on, where the value comes from, and the method's own where it is another.
    pub(super) facts: Vec<Fact>,
}

impl ShownSeverity {
    /// The severity by the facts that were found out; nothing where none were.
    pub(super) fn new(wording: &Wording, seen: &CaseSight) -> Option<Self> {
        let case = &seen.file.known;
        let severity = case.severity()?;
        let is_open = !seen.file.standing.phase().is_closed();
        let may = is_open && seen.steps.contains(&Step::OverrideSeverity);
        let path = form_url(case.report.number, Step::OverrideSeverity).filter(|_| may);
        let flags = severity.flags.iter().map(|flag| wording.term("severity_flag", *flag));
        Some(Self {
            score: score(wording.texts, &severity),
            is_provisional: severity.is_provisional(),
            flags: flags.collect(),
            factors: severity.factors.iter().map(|it| factor(wording, case, it)).collect(),
            path,
        })
    }
}

/// The severity as a part of the case that can be compared with an earlier one.
pub(super) fn section(wording: &Wording, case: &OpenCase) -> Option<Section> {
    let severity = case.severity()?;
    let mut facts = vec![wording.fact("severity-heading", score(wording.texts, &severity))];
    facts.extend(severity.factors.iter().map(|it| Fact {
        name: wording.term("severity_factor", it.kind),
        value: value(it.quarters).into(),
    }));
    Some(Section { id: "severity", heading: wording.say("severity-heading"), facts })
}

fn factor(wording: &Wording, case: &OpenCase, it: &Factor) -> ShownFactor {
    let facts: Facts = case.facts();
    let set = case.overridden.get(&it.kind);
    let why = match set {
        Some(set) if it.because == Because::Overridden => wording.written(&set.reason),
        _ => wording.term("severity_because", it.because),
    };
    let source = if let Some(set) = set {
        let at = wording.moment(set.at).words().to_owned();
        wording.say_with("severity-source-officer", &[("name", wording.by(set.by)), ("at", at)])
    } else {
        let is_own = it.because.is_own_reading();
        let key = if is_own { "severity-source-own" } else { "severity-source-method" };
        wording.say_with(key, &[("annex", u32::from(it.kind.annex()))])
    };
    let rests_on = it.facts.iter().map(|fact| {
        let answer = answer_in_words(wording.texts, &facts, *fact).replace('\n', ", ");
        format!("{} {answer}", wording.term("facts", *fact))
    });
    let name = wording.term("severity_factor", it.kind);
    let heading = [("factor", name), ("value", value(it.quarters))];
    let mut told = vec![
        wording.fact("severity-why", why),
        wording.fact("severity-rests-on", rests_on.collect::<Vec<_>>().join("\n")),
        wording.fact("severity-source", source),
    ];
    told.extend(it.computed.map(|it| wording.fact("severity-computed", value(it))));
    ShownFactor { heading: wording.say_with("severity-heading-of", &heading), facts: told }
}

/// The score with its band.
pub(crate) fn score(texts: Texts, severity: &Severity) -> String {
    let band = texts.term("severity_band", severity.band);
    texts.say_with("severity-score", &[("score", value(severity.quarters)), ("band", band)])
}

/// Quarters as a decimal number.
pub(crate) fn value(quarters: u8) -> String {
    match quarters % 4 {
        0 => (quarters / 4).to_string(),
        2 => format!("{},5", quarters / 4),
        rest => format!("{},{}", quarters / 4, rest * 25),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarters_are_told_exactly() {
        let told = [0, 1, 2, 3, 4, 13, 24].map(value);
        assert_eq!(told, ["0", "0,25", "0,5", "0,75", "1", "3,25", "6"]);
    }
}
