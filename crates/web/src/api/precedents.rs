//! The decided cases that one is nearest to, with why, and what was decided in them.

use axum::Json;
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use views::precedents::Precedent;

use super::asked::{CasePath, InCase};
use super::case::dealings::Letter;
use super::facts::FactsBody;
use super::failure::Failure;
use super::problems::CaseProblems;
use super::shapes::{Listed, text};
use super::words::{AuthorityDecision, Fact, PeopleDecision, Phase, Word};

/// A decided case that another is near to. It names nobody. A text is `null` once it was erased.
#[derive(Serialize, ToSchema)]
pub(crate) struct PrecedentCase {
    /// Its number, such as `2026/17`.
    case: String,
    /// The category it is handled under.
    category: String,
    /// Where it stands.
    phase: Phase,
    /// How much of what is known of either case agrees, of a thousand.
    per_mille: u32,
    /// Whether the two are so alike that a decision which departs from this one's says why.
    alike_enough: bool,
    /// The facts of which the same is known, those that weigh most first.
    agreeing: Vec<Fact>,
    /// The facts of which several answers apply, some of them the same.
    partly: Vec<Fact>,
    /// The facts of which different things are known.
    differing: Vec<Fact>,
    /// The facts that are known of one of the two alone.
    open: Vec<Fact>,
    /// What was found out of it, fact by fact.
    facts: FactsBody,
    /// Whether the authority was to be notified.
    authority_decision: Option<AuthorityDecision>,
    /// Why, or why not.
    authority_grounds: Option<String>,
    /// Why that departed from the advice or from practice, where it did.
    authority_departure: Option<String>,
    /// When the authority was notified, if it was.
    notified_at: Option<DateTime<Utc>>,
    /// Whether the people affected were to be told.
    people_decision: Option<PeopleDecision>,
    /// Why, or why not.
    people_grounds: Option<String>,
    /// Why that departed from the advice or from practice, where it did.
    people_departure: Option<String>,
    /// Letters to and from the authority.
    correspondence: Vec<Letter>,
}

/// List the decided cases that one is nearest to
///
/// By what was found out of both, for those who see every case but their own: the nearest five,
/// with what agrees and what differs, what was decided and why, and what the authority answered.
/// None, where nothing was found out of the case itself.
#[utoipa::path(
    get, path = "/cases/{year}/{sequence}/precedents", tag = super::CASES,
    operation_id = "list_precedents", params(CasePath),
    responses(
        (status = 200, description = "The nearest first.", body = Listed<PrecedentCase>),
        CaseProblems,
    ),
)]
pub(crate) async fn list(
    InCase { caller, case }: InCase,
) -> Result<Json<Listed<PrecedentCase>>, Failure> {
    let page = "/api/v1/cases/{year}/{sequence}/precedents";
    let found = caller.service().precedents(&caller.who, case, page).await?;
    Ok(Json(Listed::whole(found.nearest.iter().map(PrecedentCase::new).collect())))
}

impl PrecedentCase {
    fn new(it: &Precedent) -> Self {
        let (entry, likeness) = (&it.entry, &it.likeness);
        let facts = |facts: &[domain::case::Fact]| facts.iter().copied().map(Word).collect();
        let (authority, people) = (entry.authority(), entry.people_decision());
        Self {
            case: entry.number.to_string(),
            category: entry.category.to_string(),
            phase: Word(entry.phase()),
            per_mille: likeness.per_mille(),
            alike_enough: likeness.is_enough(),
            agreeing: facts(&likeness.agreeing),
            partly: facts(&likeness.partly),
            differing: facts(&likeness.differing),
            open: facts(&likeness.open),
            facts: FactsBody(entry.facts.as_deref().cloned().unwrap_or_default()),
            authority_decision: authority.map(|(decision, _)| Word(decision)),
            authority_grounds: authority.and_then(|(_, it)| text(&it.reasons)),
            authority_departure: authority.and_then(|(_, it)| it.departure.as_ref()).and_then(text),
            notified_at: entry.standing.notified_at,
            people_decision: people.map(|(decision, _)| Word(decision)),
            people_grounds: people.and_then(|(_, it)| text(&it.reasons)),
            people_departure: people.and_then(|(_, it)| it.departure.as_ref()).and_then(text),
            correspondence: entry.letters.iter().map(Letter::new).collect(),
        }
    }
}
