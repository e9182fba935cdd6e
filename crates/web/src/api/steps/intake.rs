//! Taking a case in: where it belongs, who is involved, from when the clock runs, what to ask.

use chrono::{DateTime, Utc};
use domain::Erasable;
use domain::case::Request;
use domain::case::command;
use domain::category::{ActionName, CategoryId};
use domain::ids::{MeasureId, QuestionId, UnitId, UserId};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Made, MadeAnswer, Reason, Taken, Taking, said};
use crate::api::asked::{Body, CasePath, KeyHeader};
use crate::api::failure::Failure;
use crate::api::instant::near;
use crate::api::problems::PostProblems;

/// Where a case belongs.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "category": "lost-or-stolen-device",
    "unit": "7f3c1f0e-6a53-4f0b-9d0e-2f6f4b9d8a11",
    "handler": "0e7b7a54-1f7e-4c63-9a5c-5b0f4a3c2d10"
}))]
pub(crate) struct Receive {
    /// The category to handle it under.
    #[schema(value_type = String)]
    category: CategoryId,
    /// The unit it belongs to.
    unit: Uuid,
    /// Who handles it.
    handler: Uuid,
    /// The first actions of the category that are taken; each becomes an immediate measure. None
    /// when left out.
    #[serde(default)]
    first_actions: Vec<ChosenAction>,
}

/// A first action that is taken.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "action": "lock-remotely",
    "owner": "0e7b7a54-1f7e-4c63-9a5c-5b0f4a3c2d10"
}))]
pub(crate) struct ChosenAction {
    /// Which action of the category's playbook, by its name at `/api/v1/categories`.
    #[schema(value_type = String)]
    action: ActionName,
    /// Who answers for it.
    owner: Uuid,
}

/// Where a case belongs after all.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "category": "misdirected-letter",
    "unit": "7f3c1f0e-6a53-4f0b-9d0e-2f6f4b9d8a11",
    "reason": "Brevet gikk i posten, ikke på e-post.",
    "dropped": ["0e7b7a54-1f7e-4c63-9a5c-5b0f4a3c2d10"]
}))]
pub(crate) struct Reclassify {
    /// The category to handle it under.
    #[schema(value_type = String)]
    category: CategoryId,
    /// The unit it belongs to.
    unit: Uuid,
    /// Why.
    reason: String,
    /// First actions of the category before that are not done and are to fall away. None when left
    /// out.
    #[serde(default)]
    dropped: Vec<Uuid>,
    /// The first actions of the category that are taken; each becomes an immediate measure. None
    /// when left out.
    #[serde(default)]
    first_actions: Vec<ChosenAction>,
}

/// Whose a case is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "handler": "0e7b7a54-1f7e-4c63-9a5c-5b0f4a3c2d10",
    "deputy": "7f3c1f0e-6a53-4f0b-9d0e-2f6f4b9d8a11"
}))]
pub(crate) struct Assign {
    /// Who is to handle it.
    handler: Uuid,
    /// Who is to handle it while the handler is away; nobody when left out.
    deputy: Option<Uuid>,
}

/// Somebody involved in what happened.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "person": "0e7b7a54-1f7e-4c63-9a5c-5b0f4a3c2d10" }))]
pub(crate) struct Involve {
    /// Who.
    person: Uuid,
}

/// A moment of awareness.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "aware_at": "2026-03-02T06:45:00Z",
    "reason": "Da var det klart at telefonen ikke var låst."
}))]
pub(crate) struct EstablishAwareness {
    /// From when the 72 hours are to run.
    #[serde(deserialize_with = "near")]
    aware_at: DateTime<Utc>,
    /// Why this moment.
    reason: String,
}

/// A question to the reporter.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "text": "Var telefonen låst med kode?" }))]
pub(crate) struct Ask {
    /// What is asked.
    text: String,
}

/// Take a case in
///
/// By the data protection officer. From then on the leader of the unit sees it.
#[utoipa::path(
    post, path = "/cases/{year}/{sequence}/receive", tag = crate::api::STEPS,
    operation_id = "receive", params(CasePath, KeyHeader), request_body = Receive,
    responses((status = 204, description = "It is taken in."), PostProblems),
)]
pub(crate) async fn receive(step: Taking, Body(it): Body<Receive>) -> Result<Taken, Failure> {
    let first_actions = first_actions(&step, it.first_actions);
    let receive = command::Receive {
        category: it.category,
        unit: UnitId(it.unit),
        handler: UserId(it.handler),
        first_actions,
        playbook: None,
    };
    step.take(Request::Receive(receive)).await
}

fn first_actions(step: &Taking, chosen: Vec<ChosenAction>) -> Vec<command::FirstAction> {
    let key = step.key();
    let first_action = |ChosenAction { action, owner }| command::FirstAction {
        measure: MeasureId(key.part_named(action.as_str())),
        action,
        owner: UserId(owner),
    };
    chosen.into_iter().map(first_action).collect()
}

/// Put a case elsewhere
///
/// By the data protection officer, who says why: under another category, in another unit, or both.
/// What was done stays.
#[utoipa::path(
    post, path = "/cases/{year}/{sequence}/classification", tag = crate::api::STEPS,
    operation_id = "reclassify", params(CasePath, KeyHeader), request_body = Reclassify,
    responses((status = 204, description = "It is there."), PostProblems),
)]
pub(crate) async fn reclassify(step: Taking, Body(it): Body<Reclassify>) -> Result<Taken, Failure> {
    let first_actions = first_actions(&step, it.first_actions);
    let reclassify = command::Reclassify {
        category: it.category,
        unit: UnitId(it.unit),
        reason: said(&it.reason),
        dropped: it.dropped.into_iter().map(MeasureId).collect(),
        first_actions,
        playbook: None,
    };
    step.take(Request::Reclassify(reclassify)).await
}

/// Give a case to somebody
///
/// By the data protection officer, once it is taken in. While the handler is away the deputy does
/// what the handler does, and sees what that takes.
#[utoipa::path(
    post, path = "/cases/{year}/{sequence}/assignment", tag = crate::api::STEPS,
    operation_id = "assign", params(CasePath, KeyHeader), request_body = Assign,
    responses((status = 204, description = "It is theirs."), PostProblems),
)]
pub(crate) async fn assign(step: Taking, Body(it): Body<Assign>) -> Result<Taken, Failure> {
    let (handler, deputy) = (UserId(it.handler), it.deputy.map(UserId));
    step.take(Request::Assign(command::Assign { handler, deputy })).await
}

/// Name somebody as involved
///
/// By the data protection officer. Whoever is involved never sees the case through a role.
#[utoipa::path(
    post, path = "/cases/{year}/{sequence}/involved", tag = crate::api::STEPS,
    operation_id = "name_involved", params(CasePath, KeyHeader), request_body = Involve,
    responses((status = 204, description = "They are named."), PostProblems),
)]
pub(crate) async fn involve(step: Taking, Body(it): Body<Involve>) -> Result<Taken, Failure> {
    let user = UserId(it.person);
    step.take(Request::NameInvolved(Erasable::about(user, user))).await
}

/// Establish another moment of awareness
///
/// By the data protection officer. The earlier clock stays in the timeline.
#[utoipa::path(
    post, path = "/cases/{year}/{sequence}/awareness", tag = crate::api::STEPS,
    operation_id = "establish_awareness", params(CasePath, KeyHeader),
    request_body = EstablishAwareness,
    responses((status = 204, description = "The clock runs from there."), PostProblems),
)]
pub(crate) async fn establish_awareness(
    step: Taking,
    Body(it): Body<EstablishAwareness>,
) -> Result<Taken, Failure> {
    let (aware_at, reason) = (it.aware_at, said(&it.reason));
    step.take(Request::EstablishAwareness(command::EstablishAwareness { aware_at, reason })).await
}

/// Put a question to the reporter
///
/// By the data protection officer. The reporter answers with the follow-up code.
#[utoipa::path(
    post, path = "/cases/{year}/{sequence}/questions", tag = crate::api::STEPS,
    operation_id = "ask_reporter", params(CasePath, KeyHeader), request_body = Ask,
    responses((status = 201, description = "It is put.", body = Made), PostProblems),
)]
pub(crate) async fn ask(step: Taking, Body(it): Body<Ask>) -> MadeAnswer {
    let text = said(&it.text);
    step.make(|id| Request::AskReporter(command::Text { about: QuestionId(id), text })).await
}

/// Close a case because it is no deviation
///
/// By the data protection officer, who says why. It stays in the register.
#[utoipa::path(
    post, path = "/cases/{year}/{sequence}/not-a-deviation", tag = crate::api::STEPS,
    operation_id = "close_as_not_a_deviation", params(CasePath, KeyHeader), request_body = Reason,
    responses((status = 204, description = "It is closed."), PostProblems),
)]
pub(crate) async fn close_as_not_a_deviation(
    step: Taking,
    Body(it): Body<Reason>,
) -> Result<Taken, Failure> {
    step.take(Request::CloseAsNotADeviation(said(&it.reason))).await
}
