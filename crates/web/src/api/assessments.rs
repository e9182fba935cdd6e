//! What follows from facts that belong to no case: the same answer that `avvik assess` gives.

use std::collections::BTreeSet;

use axum::Json;
use domain::assessment::{self, Because, FactorKind, Overrides};
use domain::case::AdviceGiven;
use domain::case::facts::Fact;
use domain::duty::Duty;
use serde::Serialize;
use service::Preview;
use utoipa::ToSchema;

use super::asked::{Caller, Language};
use super::facts::{FactsAsked, FactsBody};
use super::failure::Failure;
use super::problems::PostProblems;
use super::shapes::text;
use super::words::{Band, Flag, Outcome, Verdict, Word};

/// What follows from the facts. Advice, never the decision.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WhatFollows)]
pub struct Assessment {
    /// What is advised.
    outcome: Outcome,
    /// How severe the breach is, by the method of ENISA.
    severity: Severity,
    /// The rules that fired, those that advise most first.
    rules: Vec<FiredRule>,
    /// The rules that would have fired, were it not for the grounds named.
    cleared: Vec<ClearedRule>,
    /// The facts that are not known and could change the outcome, in the order in which to ask.
    questions: Vec<&'static str>,
    /// The duties that apply, or may apply where something is not known.
    duties: Vec<TriggeredDuty>,
}

/// SE = DPC x EI + CB.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Severity {
    /// The score, exact in quarters: 0.25 to 6.
    #[schema(example = 3.25)]
    score: f64,
    /// In words: low below 2, medium below 3, high below 4, very high from 4.
    band: Band,
    /// Whether it rests on something that is not known.
    provisional: bool,
    /// What it is made of.
    factors: Vec<Factor>,
    /// What is shown beside the score and not added to it.
    flags: Vec<Flag>,
}

/// A part of the score.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Factor {
    /// `data_context` (DPC), `identification` (EI), or `confidentiality`, `integrity`,
    /// `availability`, `malice` (CB).
    #[serde(rename = "factor")]
    kind: &'static str,
    /// Its value.
    value: f64,
    /// The method's own value, where the data protection officer has set another.
    computed: Option<f64>,
    /// The line of the method's tables that gives it.
    because: &'static str,
    /// Where the method says so.
    source: String,
    /// The facts it rests on.
    facts: Vec<&'static str>,
    /// Whether one of them is not known.
    provisional: bool,
}

/// What the rules advise on the facts of a case as they stand.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Advised {
    /// What is advised.
    outcome: Outcome,
    /// The version of the facts it rests on.
    facts_version: u32,
    /// The rules that fired, those that advise most first.
    rules: Vec<FiredRule>,
    /// The rules that would have fired, were it not for the grounds named.
    cleared: Vec<ClearedRule>,
    /// The facts that are not known and could change the outcome, in the order in which to ask.
    questions: Vec<&'static str>,
}

/// A rule that fired.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FiredRule {
    /// Its rulebook and name: `gdpr/risk-of-disclosure`.
    rule: String,
    /// The rulebook's version.
    version: u32,
    /// What it advises.
    outcome: Outcome,
    /// Why.
    reason: String,
    /// Where that stands.
    source: String,
    /// The facts that count as a risk in it because they are not known.
    unknown: Vec<&'static str>,
}

/// A rule that was cleared.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ClearedRule {
    /// Its rulebook and name.
    rule: String,
    /// The rulebook's version.
    version: u32,
    /// What it would have advised.
    outcome: Outcome,
    /// What speaks against it.
    grounds: Vec<Ground>,
}

/// What speaks against a rule.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Ground {
    /// Its name.
    #[serde(rename = "ground")]
    name: String,
    /// Why.
    reason: String,
    /// Where that stands.
    source: String,
}

/// A duty that applies, or may.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TriggeredDuty {
    /// The duty, by the name of its file.
    duty: String,
    /// Its version.
    version: u32,
    /// What people call it.
    title: String,
    /// `yes`, or `unknown` where something must be found out first.
    verdict: Verdict,
    /// How long it may take, such as `72 hours`.
    length: String,
    /// Whether the time is the organisation's own target and not the law's.
    own_target: bool,
    /// The provision; `null` for the organisation's own targets.
    source: Option<String>,
}

/// What the rules advised when a case was assessed.
#[derive(Serialize, ToSchema)]
pub(crate) struct GivenAdvice {
    /// What was advised.
    outcome: Outcome,
    /// The version of the facts it rests on.
    facts_version: u32,
    /// The severity score, exact in quarters.
    severity: f64,
    /// The rules that fired, each with its rulebook and that book's version:
    /// `gdpr/1/risk-of-disclosure`.
    rules: Vec<String>,
    /// The grounds that spoke against rules which would have fired, each likewise:
    /// `gdpr/1/unintelligible`.
    grounds: Vec<String>,
    /// Why the assessment departs from it, where it does.
    departure: Option<String>,
}

impl GivenAdvice {
    pub(crate) fn new(it: &AdviceGiven) -> Self {
        let rules = it.rules.iter().map(|it| format!("{}/{}/{}", it.rulebook, it.version, it.rule));
        let grounds = it.cleared.iter().flat_map(|it| {
            it.grounds.iter().map(move |ground| format!("{}/{}/{ground}", it.rulebook, it.version))
        });
        let grounds: BTreeSet<String> = grounds.collect();
        Self {
            grounds: grounds.into_iter().collect(),
            outcome: Word(it.outcome),
            facts_version: it.facts_version,
            severity: value(it.severity_quarters),
            rules: rules.collect(),
            departure: it.departure.as_ref().and_then(text),
        }
    }
}

impl Assessment {
    /// What follows, in words of that language where there are any.
    #[must_use]
    pub fn new(preview: &Preview<'_>, language: &str) -> Self {
        let Advised { outcome, rules, cleared, questions, .. } =
            Advised::new(&preview.advice, 0, language);
        let duties = preview.duties.iter().filter(|(_, it)| *it != domain::duty::Verdict::No);
        Self {
            outcome,
            severity: Severity::new(&preview.advice.severity),
            rules,
            cleared,
            questions,
            duties: duties.map(|(duty, it)| TriggeredDuty::new(duty, *it, language)).collect(),
        }
    }
}

impl Advised {
    pub(crate) fn new(advice: &assessment::Advice<'_>, facts_version: u32, language: &str) -> Self {
        let rule = |book: &assessment::Rulebook, rule: &assessment::Rule| {
            format!("{}/{}", book.id, rule.name)
        };
        let fired = advice.fired.iter().map(|it| FiredRule {
            rule: rule(it.book, it.rule),
            version: it.book.version,
            outcome: Word(it.rule.outcome),
            reason: it.rule.reason.text(language).to_owned(),
            source: it.rule.cite.text(language).to_owned(),
            unknown: names(&it.unknown),
        });
        let cleared = advice.cleared.iter().map(|it| ClearedRule {
            rule: rule(it.book, it.rule),
            version: it.book.version,
            outcome: Word(it.rule.outcome),
            grounds: it.grounds.iter().map(|ground| Ground::new(ground, language)).collect(),
        });
        Self {
            outcome: Word(advice.outcome),
            facts_version,
            rules: fired.collect(),
            cleared: cleared.collect(),
            questions: names(&advice.questions),
        }
    }
}

impl Severity {
    pub(crate) fn new(it: &assessment::Severity) -> Self {
        Self {
            score: value(it.quarters),
            band: Word(it.band),
            provisional: it.is_provisional(),
            factors: it.factors.iter().map(Factor::new).collect(),
            flags: it.flags.iter().copied().map(Word).collect(),
        }
    }
}

impl Factor {
    fn new(it: &assessment::Factor) -> Self {
        Self {
            kind: it.kind.into(),
            value: value(it.quarters),
            computed: it.computed.map(value),
            because: it.because.into(),
            source: source(it.kind, it.because),
            facts: names(&it.facts),
            provisional: it.is_provisional,
        }
    }
}

impl Ground {
    fn new(it: &assessment::Ground, language: &str) -> Self {
        Self {
            name: it.name.to_string(),
            reason: it.reason.text(language).to_owned(),
            source: it.cite.text(language).to_owned(),
        }
    }
}

impl TriggeredDuty {
    fn new(duty: &Duty, verdict: domain::duty::Verdict, language: &str) -> Self {
        Self {
            duty: duty.id.to_string(),
            version: duty.version,
            title: duty.title.text(language).to_owned(),
            verdict: Word(verdict),
            length: String::from(duty.length),
            own_target: duty.own_target,
            source: duty.cite.as_ref().map(|cite| cite.text(language).to_owned()),
        }
    }
}

fn names(facts: &[Fact]) -> Vec<&'static str> {
    facts.iter().map(|fact| (*fact).into()).collect()
}

/// Quarters are exact in binary.
pub(crate) fn value(quarters: u8) -> f64 {
    f64::from(quarters) / 4.0
}

/// Where the method gives a factor its value, or who set it otherwise.
fn source(kind: FactorKind, because: Because) -> String {
    let annex = format!("ENISA 2013, annex {}", kind.annex());
    match because {
        Because::Overridden => "the data protection officer".to_owned(),
        it if it.is_own_reading() => format!("own reading of {annex}"),
        _ => annex,
    }
}

/// See what follows from facts
///
/// For everybody with a token. No case is needed, and nothing is stored: neither the facts nor the
/// answer. The words are in the language asked for, where the rules have it.
#[utoipa::path(
    post, path = "/assessments/preview", tag = super::ASSESSMENT,
    operation_id = "preview_assessment", request_body = FactsBody,
    responses((status = 200, description = "What follows.", body = Assessment), PostProblems),
)]
pub(crate) async fn preview(
    caller: Caller,
    Language(language): Language,
    FactsAsked(facts): FactsAsked,
) -> Result<Json<Assessment>, Failure> {
    let service = caller.service();
    let book = service.preview_book();
    let preview = service.preview(&book, &facts, &Overrides::new());
    Ok(Json(Assessment::new(&preview, language)))
}
