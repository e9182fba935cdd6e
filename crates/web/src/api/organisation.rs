//! What others refer to: units and people.

use axum::Json;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use domain::ids;
use domain::organisation::{self as house};
use serde::{Deserialize, Serialize};
use service::permit::{self, Overview};
use utoipa::ToSchema;
use uuid::Uuid;

use super::asked::{Body, Caller, KeyHeader, Keyed};
use super::failure::Failure;
use super::problems::{ListProblems, PostProblems, TokenProblems};
use super::shapes::Listed;
use super::words::{Role, Word};
use crate::api::instant::near;

/// A place in the organisation tree.
#[derive(Serialize, ToSchema)]
pub(crate) struct Unit {
    /// Its identifier.
    id: Uuid,
    /// Its name.
    name: String,
    /// The unit it belongs under.
    parent: Option<Uuid>,
}

/// Somebody who can be named as handler, owner or involved.
#[derive(Serialize, ToSchema)]
pub(crate) struct Person {
    /// Their identifier.
    id: Uuid,
    /// The name others see; `null` once erased.
    name: Option<String>,
    /// The unit they belong to.
    unit: Uuid,
    /// What they are.
    roles: Vec<Role>,
}

/// An absence.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "until": "2026-03-09T07:00:00Z" }))]
pub(crate) struct Absence {
    /// Until when; `null` or absent once one is back.
    #[serde(default, deserialize_with = "near")]
    until: Option<DateTime<Utc>>,
}

/// Say that one is away, or back
///
/// For the token's holder. While a case's handler is away, their deputy there stands in.
#[utoipa::path(
    post, path = "/absence", tag = super::ORGANISATION, operation_id = "be_away",
    params(KeyHeader), request_body = Absence,
    responses((status = 204, description = "It is recorded."), PostProblems),
)]
pub(crate) async fn be_away(
    Keyed { caller, key }: Keyed,
    Body(it): Body<Absence>,
) -> Result<StatusCode, Failure> {
    caller.service().be_away(&caller.who, it.until, key.into()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// List the units
#[utoipa::path(
    get, path = "/units", tag = super::ORGANISATION, operation_id = "list_units",
    responses(
        (status = 200, description = "The units.", body = Listed<Unit>),
        TokenProblems,
    ),
)]
pub(crate) async fn units(caller: Caller) -> Json<Listed<Unit>> {
    let organisation = caller.service().organisation();
    Json(Listed::whole(organisation.units.iter().map(Unit::new).collect()))
}

/// List the people
///
/// Everybody who can be named as handler, owner or involved; for those who work with the list of
/// cases.
#[utoipa::path(
    get, path = "/people", tag = super::ORGANISATION, operation_id = "list_people",
    responses(
        (status = 200, description = "The people.", body = Listed<Person>),
        ListProblems,
    ),
)]
pub(crate) async fn people(caller: Caller) -> Result<Json<Listed<Person>>, Failure> {
    permit::for_overview(&caller.who, Overview::Inbox).ok_or(Failure::NotPermitted)?;
    let organisation = caller.service().organisation();
    let active = organisation.people.iter().filter(|(_, person)| person.active);
    Ok(Json(Listed::whole(active.map(Person::new).collect())))
}

impl Unit {
    fn new((id, unit): (&ids::UnitId, &house::Unit)) -> Self {
        Self { id: id.0, name: unit.name.clone(), parent: unit.parent.map(|parent| parent.0) }
    }
}

impl Person {
    fn new((id, person): (&ids::UserId, &house::Person)) -> Self {
        Self {
            id: id.0,
            name: person.name.get().cloned(),
            unit: person.unit.0,
            roles: person.roles.iter().map(Word).collect(),
        }
    }
}
