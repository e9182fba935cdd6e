//! The list of measures.

use axum::Json;
use chrono::{DateTime, Utc};
use domain::organisation::Organisation;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use views::measures::{Row, State};

use super::asked::{Caller, Query};
use super::failure::Failure;
use super::problems::ListProblems;
use super::shapes::{Listed, Member, Part, text};
use super::words::{MeasureKind, Word};

/// Which part of a list is asked for.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct PartQuery {
    /// How many items to leave out at the beginning.
    offset: Option<usize>,
    /// How many items at most: 50 when left out, never more than 200.
    limit: Option<usize>,
}

/// How far a measure has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum MeasureState {
    /// To be done.
    Open,
    /// Done; its effect is not yet looked at.
    Completed,
    /// Done, with the effect it was meant to have.
    Verified,
}

/// A measure in a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct MeasureInList {
    /// Its identifier.
    id: Uuid,
    /// The number of its case, such as `2026/17`.
    case: String,
    /// What it is meant to do.
    kind: MeasureKind,
    /// What is to be done; `null` once erased.
    description: Option<String>,
    /// Who answers for it.
    owner: Member,
    /// When it is to be done.
    due_at: DateTime<Utc>,
    /// How far it has come.
    state: MeasureState,
    /// Whether it should have been done by now.
    overdue: bool,
}

/// List the measures
///
/// Those the token's holder answers for, and those of the cases they may see: what is to be done
/// first, the soonest on top.
#[utoipa::path(
    get, path = "/measures", tag = super::MEASURES, operation_id = "list_measures",
    params(PartQuery),
    responses(
        (status = 200, description = "The measures.", body = Listed<MeasureInList>),
        ListProblems,
    ),
)]
pub(crate) async fn list(
    caller: Caller,
    Query(part): Query<PartQuery>,
) -> Result<Json<Listed<MeasureInList>>, Failure> {
    let rows = caller.service().measures(&caller.who, "/api/v1/measures").await?;
    let (organisation, now) = (caller.service().organisation(), caller.service().now());
    Ok(Json(Listed::part(rows, part.into(), |row| MeasureInList::new(&row, &organisation, now))))
}

impl From<PartQuery> for Part {
    fn from(query: PartQuery) -> Self {
        Self { offset: query.offset, limit: query.limit }
    }
}

impl MeasureInList {
    fn new(row: &Row, organisation: &Organisation, now: DateTime<Utc>) -> Self {
        Self {
            id: row.measure.0,
            case: row.number.to_string(),
            kind: Word(row.kind),
            description: text(&row.description),
            owner: Member::new(organisation, row.owner),
            due_at: row.due_at,
            state: match row.state {
                State::Open => MeasureState::Open,
                State::Completed => MeasureState::Completed,
                State::Verified => MeasureState::Verified,
            },
            overdue: row.is_overdue(now),
        }
    }
}
