//! The list of cases.

use axum::Json;
use chrono::{DateTime, Utc};
use domain::category::CategoryId;
use domain::ids::{UnitId, UserId};
use domain::organisation::Organisation;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use views::inbox::{Filter, Row};

use super::asked::{Body, Caller, Query};
use super::failure::Failure;
use super::problems::{ListProblems, PostProblems};
use super::shapes::{Clock, Listed, Member, Part};
use super::words::{Outcome, PersonalDataAffected, Phase, Word};

/// Which cases are listed, and which part of the list. What is left out filters nothing.
#[derive(Default, Deserialize, IntoParams, ToSchema)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct CaseFilter {
    /// Only cases in this phase.
    phase: Option<Phase>,
    /// Only closed cases, or only open ones.
    closed: Option<bool>,
    /// Only cases in this category.
    #[schema(value_type = Option<String>)]
    #[param(value_type = Option<String>)]
    category: Option<CategoryId>,
    /// Only cases of this unit and the units below it.
    unit: Option<Uuid>,
    /// Only cases this person handles.
    handler: Option<Uuid>,
    /// How many cases to leave out at the beginning.
    offset: Option<usize>,
    /// How many cases at most: 50 when left out, never more than 200.
    limit: Option<usize>,
}

/// What is searched for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "words": "telefon buss", "filter": { "closed": false } }))]
pub(crate) struct CaseSearch {
    /// Only cases in whose texts each of these words occurs, in this form or another (Norwegian
    /// and Swedish), or as the beginning of a longer word; or the case with this number. Texts
    /// that the caller may not read do not count.
    words: String,
    /// Which of them.
    #[serde(default)]
    filter: Option<CaseFilter>,
}

/// A case in a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct CaseInList {
    /// The number people use, such as `2026/17`: where the case is, under `/api/v1/cases/`.
    number: String,
    /// When the report came in.
    reported_at: DateTime<Utc>,
    /// Where the case stands.
    phase: Phase,
    /// The category it is handled under, else as reported.
    category: String,
    /// The unit it belongs to, else as reported.
    unit: Uuid,
    /// Who handles it, once it was received.
    handler: Option<Member>,
    /// Whether personal data is affected, as reported.
    personal_data: PersonalDataAffected,
    /// What happened, shortened; empty once erased.
    summary: String,
    /// The 72 hours.
    clock: Clock,
    /// Whether the report was found severe by its category's rules.
    severe: bool,
    /// What the latest assessment advises.
    advised: Option<Outcome>,
}

/// List the cases
///
/// Those the token's holder may see: running clocks first, the soonest on top.
#[utoipa::path(
    get, path = "/cases", tag = super::CASES, operation_id = "list_cases",
    params(CaseFilter),
    responses(
        (status = 200, description = "The cases.", body = Listed<CaseInList>),
        ListProblems,
    ),
)]
pub(crate) async fn list(
    caller: Caller,
    Query(filter): Query<CaseFilter>,
) -> Result<Json<Listed<CaseInList>>, Failure> {
    found(&caller, filter.part(), &filter.into_filter(String::new())).await
}

/// Search the cases
///
/// As the list, for words. They are sent as a body, since what somebody searches for does not
/// belong in an address, which ends up in logs. A search changes nothing and takes no key.
#[utoipa::path(
    post, path = "/cases/search", tag = super::CASES, operation_id = "search_cases",
    request_body = CaseSearch,
    responses(
        (status = 200, description = "The cases.", body = Listed<CaseInList>),
        PostProblems,
    ),
)]
pub(crate) async fn search(
    caller: Caller,
    Body(search): Body<CaseSearch>,
) -> Result<Json<Listed<CaseInList>>, Failure> {
    let filter = search.filter.unwrap_or_default();
    found(&caller, filter.part(), &filter.into_filter(search.words)).await
}

async fn found(
    caller: &Caller,
    part: Part,
    filter: &Filter,
) -> Result<Json<Listed<CaseInList>>, Failure> {
    let pick = |total| part.of(total);
    let found = caller.service().inbox(&caller.who, filter, "/api/v1/cases", pick).await?;
    let (organisation, now) = (caller.service().organisation(), caller.service().now());
    let cases = found.items.iter().map(|row| CaseInList::new(row, &organisation, now));
    let listed = Listed::of(cases.collect(), found.total, part);
    Ok(Json(listed.looked_through(found.is_whole)))
}

impl CaseFilter {
    fn part(&self) -> Part {
        Part { offset: self.offset, limit: self.limit }
    }

    fn into_filter(self, words: String) -> Filter {
        Filter {
            phase: self.phase.map(|it| it.0),
            closed: self.closed,
            category: self.category,
            unit: self.unit.map(UnitId),
            handler: self.handler.map(UserId),
            words,
        }
    }
}

impl CaseInList {
    fn new(row: &Row, organisation: &Organisation, now: DateTime<Utc>) -> Self {
        Self {
            number: row.number.to_string(),
            reported_at: row.reported_at,
            phase: Word(row.phase()),
            category: row.category.to_string(),
            unit: row.unit.0,
            handler: row.handler.map(|user| Member::new(organisation, user)),
            personal_data: Word(row.personal_data),
            summary: row.summary.clone(),
            clock: Clock::new(&row.standing, now),
            severe: row.severe,
            advised: row.advised.map(Word),
        }
    }
}
