//! Who gets a letter, over the API: said in one go, and how far it came for each.

use axum::Json;
use domain::case::letter::{self, Flaw, Recipient};
use serde::{Deserialize, Serialize};
use service::{ListChange, ListError};
use utoipa::ToSchema;

use super::super::asked::{AsOf, Body, CasePath, InCase, KeyHeader, Keyed, Query};
use super::super::failure::Failure;
use super::super::problem::{FieldError, FieldProblem, Place};
use super::super::problems::{CaseProblems, PostProblems};
use super::super::steps::Taken;
use super::super::words::{LetterChannel, LetterLanguage, LetterProgress, Word};
use super::{AtLetter, LetterPath};

/// How far a letter came for one recipient.
#[derive(Serialize, ToSchema)]
pub(crate) struct Reached {
    /// Their number on the list.
    number: u32,
    /// What they are called.
    name: String,
    /// How it goes to them.
    channel: LetterChannel,
    /// How far it came.
    progress: LetterProgress,
}

/// Say who gets a letter.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "recipients": [{
    "name": "Kari Fjell", "lines": ["Storgata 1"], "postcode": "5003", "place": "Bergen",
    "language": "nn"
}] }))]
pub(crate) struct ListRecipients {
    /// Everybody who gets it, at most 10 000.
    recipients: Vec<NewRecipient>,
}

/// Somebody who gets a letter.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewRecipient {
    /// What they are called.
    name: String,
    /// Street or box, a line each, at most four.
    #[serde(default)]
    lines: Vec<String>,
    /// Postcode.
    #[serde(default)]
    postcode: String,
    /// Place.
    #[serde(default)]
    place: String,
    /// Country, if it is not the organisation's own.
    #[serde(default)]
    country: String,
    /// National identity number in eleven digits, where digital post is set up and for nothing
    /// else.
    identity_number: Option<String>,
    /// Mail address.
    #[serde(default)]
    email: String,
    /// In which language they get it, where it is known.
    language: Option<LetterLanguage>,
    /// Whether their address is protected: they get it by hand alone.
    #[serde(default)]
    protected: bool,
}

/// List who gets a letter
///
/// With how far it came for each of them.
#[utoipa::path(
    get, path = "/cases/{year}/{sequence}/letters/{letter}/recipients", tag = super::super::CASES,
    operation_id = "list_letter_recipients", params(CasePath, LetterPath, AsOf),
    responses((status = 200, description = "The recipients.", body = Vec<Reached>), CaseProblems),
)]
pub(crate) async fn list(
    InCase { caller, case }: InCase,
    AtLetter(number): AtLetter,
    Query(as_of): Query<AsOf>,
) -> Result<Json<Vec<Reached>>, Failure> {
    let page = "/api/v1/cases/{year}/{sequence}/letters/{letter}/recipients";
    let which = (number, as_of.moment(caller.service().now()));
    let sight = caller.service().letter_as_of(&caller.who, case, which, page).await?;
    let letter = sight.letter(number).ok_or(Failure::NotFound)?;
    let reached = |it: &letter::Numbered| {
        let delivered = letter.deliveries.get(&it.number);
        Reached {
            number: it.number,
            name: it.recipient.name.clone(),
            channel: Word(delivered.map_or_else(|| letter.way(it).channel(), |it| it.channel)),
            progress: Word(letter.progress(it.number)),
        }
    };
    Ok(Json(sight.recipients.iter().map(reached).collect()))
}

/// Say who gets a letter
///
/// By the data protection officer. They take the place of whoever was on the list; whoever stood
/// there exactly alike keeps their number, and is not sent the letter again. Nobody is taken in
/// unless everybody can be. A signature is void afterwards.
#[utoipa::path(
    post, path = "/cases/{year}/{sequence}/letters/{letter}/recipients", tag = super::super::STEPS,
    operation_id = "list_recipients", params(CasePath, LetterPath, KeyHeader),
    request_body = ListRecipients,
    responses((status = 204, description = "They are on the list."), PostProblems),
)]
pub(crate) async fn say(
    Keyed { caller, key }: Keyed,
    InCase { case, .. }: InCase,
    AtLetter(number): AtLetter,
    Body(it): Body<ListRecipients>,
) -> Result<Taken, Failure> {
    let change = ListChange::Replace(it.recipients.into_iter().map(Recipient::from).collect());
    let changed =
        caller.service().change_recipients(&caller.who, case, number, change, key.into()).await;
    match changed {
        Ok(()) => Ok(Taken),
        Err(ListError::Handle(error)) => Err(error.into()),
        Err(ListError::Flawed(flaws)) => Err(Failure::Unfit(flaws.iter().map(unfit).collect())),
    }
}

impl From<NewRecipient> for Recipient {
    fn from(it: NewRecipient) -> Self {
        Self {
            name: it.name,
            lines: it.lines,
            postcode: it.postcode,
            place: it.place,
            country: it.country,
            identity_number: it.identity_number,
            email: it.email,
            language: it.language.map(|it| it.0),
            is_protected: it.protected,
        }
    }
}

/// Where somebody cannot be put on the list. What stands there is not repeated.
fn unfit((place, flaw): &(usize, Flaw)) -> FieldError {
    let field = match flaw {
        Flaw::NoName => "/name",
        Flaw::TooManyLines => "/lines",
        Flaw::NoMailAddress => "/email",
        Flaw::LanguageUnknown => "/language",
        Flaw::NeitherYesNorNo => "/protected",
        Flaw::NoIdentityNumber => "/identity_number",
        Flaw::NoPostcode => "/postcode",
        Flaw::TooLong | Flaw::IdentityNumber => "",
    };
    let problem = if *flaw == Flaw::NoName { FieldProblem::Missing } else { FieldProblem::Unfit };
    FieldError::new(Place::Body, format!("/recipients/{place}{field}"), problem)
}
