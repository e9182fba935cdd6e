//! Erasing personal data in a case, and the certificates that say it was done.

use axum::Json;
use chrono::{DateTime, Utc};
use domain::Actor;
use domain::case::erasure::{Erase, Whose};
use domain::ids::PersonId;
use domain::organisation::Organisation;
use serde::{Deserialize, Serialize};
use service::{Certificate, Erased};
use utoipa::ToSchema;
use uuid::Uuid;

use super::asked::{Body, CasePath, InCase, KeyHeader};
use super::failure::Failure;
use super::problems::{CaseProblems, PostProblems};
use super::shapes::{Listed, Member};
use super::steps::Taking;
use super::words::{ErasureGround, PartInCase, Word};

/// An erasure as it is asked for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "whose": { "kind": "everybody" },
    "ground": "retention_reached",
    "basis": "Bevarings- og kassasjonsplanen punkt 4"
}))]
pub(crate) struct ErasureAsked {
    /// Whose data.
    whose: WhoseData,
    /// On which ground. What has been kept long enough is erased by the archivist or the data
    /// protection officer, once the case is closed; an order is the controller's.
    ground: ErasureGround,
    /// Where the ground is found, such as a provision or the number of a decision. It is kept for
    /// good, in the open: it names nobody.
    basis: String,
}

/// Whose data is erased.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum WhoseData {
    /// Everybody's: all that is personal in the case.
    Everybody {},
    /// Who reported; what they wrote stays.
    Reporter {},
    /// That somebody was named as involved; only once the case is closed.
    Involved {
        /// Who: `person` in the case's `persons`.
        person: Uuid,
    },
}

/// Proof that personal data was erased.
#[derive(Serialize, ToSchema)]
pub(crate) struct ErasureCertificate {
    /// The case's number, such as `2026/17`.
    case: String,
    /// Whose data was erased.
    erased: ErasedData,
    /// When.
    at: DateTime<Utc>,
    /// By whom.
    by: Option<Member>,
    /// On which ground.
    ground: ErasureGround,
    /// Where the ground is found.
    basis: String,
    /// Where the erasure stands in the log, which anyone can verify.
    position: u64,
    /// How many keys were destroyed: what they sealed can be read by nobody.
    keys_destroyed: usize,
    /// How many keys are left: none.
    keys_left: usize,
    /// Whether the master key was replaced since, so that no older copy of the keyring opens with
    /// today's.
    older_copies_closed: bool,
}

/// Whose data was erased.
#[derive(Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum ErasedData {
    /// Everybody's: all that was personal in the case.
    Everybody {},
    /// One person's.
    Person {
        /// Under which they were erased.
        person: Uuid,
        /// What they were in the case.
        part: PartInCase,
    },
}

/// Erase personal data
///
/// All that is personal in the case, or one person in it. It cannot be undone, here or from a
/// backup restored with today's keys. What was decided when, and what is counted, stays. What was
/// erased already is certified again.
#[utoipa::path(
    post, path = "/cases/{year}/{sequence}/erasure", tag = super::STEPS,
    operation_id = "erase", params(CasePath, KeyHeader), request_body = ErasureAsked,
    responses(
        (status = 200, description = "It is erased.", body = ErasureCertificate),
        PostProblems,
    ),
)]
pub(crate) async fn erase(
    step: Taking,
    Body(it): Body<ErasureAsked>,
) -> Result<Json<ErasureCertificate>, Failure> {
    let erase = Erase { whose: it.whose.into(), ground: it.ground.0, basis: it.basis };
    let (caller, certificate) = step.erase(erase).await?;
    Ok(Json(ErasureCertificate::new(certificate, &caller.service().organisation())))
}

/// Show the certificates of what was erased
///
/// For those who may erase.
#[utoipa::path(
    get, path = "/cases/{year}/{sequence}/erasure", tag = super::CASES,
    operation_id = "show_erasures", params(CasePath),
    responses(
        (status = 200, description = "The certificates.", body = Listed<ErasureCertificate>),
        CaseProblems,
    ),
)]
pub(crate) async fn show(
    InCase { caller, case }: InCase,
) -> Result<Json<Listed<ErasureCertificate>>, Failure> {
    let page = "/api/v1/cases/{year}/{sequence}/erasure";
    let certificates = caller.service().erasures(&caller.who, case, page).await?.certificates;
    let organisation = caller.service().organisation();
    let shown = certificates.into_iter().map(|it| ErasureCertificate::new(it, &organisation));
    Ok(Json(Listed::whole(shown.collect())))
}

impl From<WhoseData> for Whose {
    fn from(whose: WhoseData) -> Self {
        match whose {
            WhoseData::Everybody {} => Self::Everybody,
            WhoseData::Reporter {} => Self::Reporter,
            WhoseData::Involved { person } => Self::Involved(PersonId(person)),
        }
    }
}

impl ErasureCertificate {
    fn new(it: Certificate, organisation: &Organisation) -> Self {
        Self {
            case: it.number.to_string(),
            erased: match it.erased {
                Erased::Everybody => ErasedData::Everybody {},
                Erased::Person { person, part } => {
                    ErasedData::Person { person: person.0, part: Word(part) }
                }
            },
            at: it.at,
            by: match it.by {
                Actor::User(user) => Some(Member::new(organisation, user)),
                Actor::Service | Actor::Reporter | Actor::Respondent => None,
            },
            ground: Word(it.ground),
            basis: it.basis,
            position: it.position.0,
            keys_destroyed: it.keys.destroyed,
            keys_left: it.keys.living,
            older_copies_closed: it.older_copies_closed,
        }
    }
}
