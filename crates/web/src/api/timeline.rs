//! Everything that happened in a case, the oldest first.

mod happened;

use axum::Json;
use chrono::{DateTime, Utc};
use domain::Actor;
use domain::organisation::Organisation;
use serde::Serialize;
use utoipa::ToSchema;
use views::case_file;

use self::happened::Happened;
use super::asked::{AsOf, CasePath, InCase, Query};
use super::failure::Failure;
use super::problems::CaseProblems;
use super::shapes::{Listed, Member};

/// Something that happened in a case.
#[derive(Serialize, ToSchema)]
pub(crate) struct Entry {
    /// Which of the case's events, from 1.
    version: u32,
    /// When it was recorded.
    at: DateTime<Utc>,
    /// Who caused it.
    by: By,
    /// What happened.
    happened: Happened,
}

/// Who caused something.
#[derive(Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum By {
    /// The service itself, such as the watch over the deadlines.
    Service {},
    /// The reporter.
    Reporter {},
    /// Somebody outside who was asked, by a secret link.
    Respondent {},
    /// Somebody who signed in.
    Member {
        /// Who.
        member: Member,
    },
}

/// Show a case's timeline
///
/// Every event of the case, the oldest first, without what the token's holder may not see.
#[utoipa::path(
    get, path = "/cases/{year}/{sequence}/timeline", tag = super::CASES,
    operation_id = "show_timeline", params(CasePath, AsOf),
    responses(
        (status = 200, description = "The events.", body = Listed<Entry>),
        CaseProblems,
    ),
)]
pub(crate) async fn show(
    InCase { caller, case }: InCase,
    Query(as_of): Query<AsOf>,
) -> Result<Json<Listed<Entry>>, Failure> {
    let page = "/api/v1/cases/{year}/{sequence}/timeline";
    let seen = caller.service().case_file(&caller.who, case, page).await?;
    let (seen, _) = as_of.of(seen, caller.service().now())?;
    let organisation = caller.service().organisation();
    let entries = seen.file.shown().map(|entry| Entry::new(entry, &organisation));
    Ok(Json(Listed::whole(entries.collect())))
}

impl Entry {
    fn new(entry: &case_file::Entry, organisation: &Organisation) -> Self {
        Self {
            version: entry.version.0,
            at: entry.at,
            by: match entry.by {
                Actor::Service => By::Service {},
                Actor::Reporter => By::Reporter {},
                Actor::Respondent => By::Respondent {},
                Actor::User(user) => By::Member { member: Member::new(organisation, user) },
            },
            happened: Happened::new(&entry.event, organisation),
        }
    }
}
