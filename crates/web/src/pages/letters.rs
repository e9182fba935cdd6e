//! `/cases/{year}/{sequence}/letters`: the letters to the people affected, and what the public is
//! told in their place.

mod import;
mod one;
mod recipients;
mod send;
mod write;

use askama::Template;
use axum::extract::{FromRequestParts, Path, Query, State};
use axum::http::request::Parts;
use axum::response::Response;
use domain::Time;
use domain::case::letter::{Kind, Language, Letter};
use domain::ids::{CaseId, CaseNumber};
use serde::Deserialize;
use service::{LetterFileError, Step, sees_letters};
use strum::IntoEnumIterator;

use crate::App;
use crate::answer;
use crate::fault::Fault;
use crate::identity::Person;
use crate::page::Page;
use crate::pages::case::path::{CasePath, case_url};
use crate::pages::documents::{AskedThen, query};
use crate::routes;

pub(crate) use import::{map, show as ask_to_import, upload};
pub(crate) use one::show;
pub(crate) use recipients::{add, remove, show as show_recipients};
pub(crate) use send::{bundle, posted, preview, record, sign, start, stop};
pub(crate) use write::{begin, show as ask_to_write, write};

/// The letter an address names.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LetterPath {
    case: CasePath,
    letter: u32,
}

impl LetterPath {
    fn find(self, app: &App) -> Result<(CaseId, CaseNumber), Fault> {
        self.case.find(app)
    }

    fn url(self) -> String {
        letter_url(self.case.number(), self.letter)
    }
}

#[derive(Deserialize)]
struct JustLetter {
    letter: u32,
}

impl FromRequestParts<App> for LetterPath {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fault> {
        let case = CasePath::from_request_parts(parts, app).await?;
        let path = Path::<JustLetter>::from_request_parts(parts, app).await;
        let Path(JustLetter { letter }) = path.map_err(|_| Fault::NotFound)?;
        Ok(Self { case, letter })
    }
}

/// Where the letters of a case are.
pub(crate) fn letters_url(number: CaseNumber) -> String {
    format!("{}/letters", case_url(number))
}

fn letter_url(number: CaseNumber, letter: u32) -> String {
    format!("{}/{letter}", letters_url(number))
}

impl From<LetterFileError> for Fault {
    fn from(error: LetterFileError) -> Self {
        match error {
            LetterFileError::LookUp(error) => error.into(),
            LetterFileError::Handle(error) => error.into(),
            LetterFileError::Render(_) => Self::broken(&error, false),
        }
    }
}

#[derive(Template)]
#[template(path = "letters.html")]
struct LettersPage {
    page: Page,
    number: CaseNumber,
    case: String,
    letters: Vec<Row>,
    /// The moment they are shown as of, in words; nothing as they stand now.
    then: Option<String>,
    /// What can be begun: each kind in the language of the pages.
    begun: Vec<(String, String)>,
}

/// A letter in the list.
struct Row {
    title: String,
    path: String,
    kind: String,
    state: (String, &'static str),
}

/// `GET /cases/{year}/{sequence}/letters`
pub(crate) async fn list(
    State(app): State<App>,
    by: Person,
    path: CasePath,
    Query(asked): Query<AskedThen>,
) -> Result<Response, Fault> {
    let (case, number) = path.find(&app)?;
    let seen = app.service().case_file(&by.who, case, routes::LETTERS).await?;
    if !sees_letters(&seen) {
        return Err(Fault::NotPermitted);
    }
    let (page, seen, then) = asked.of(by.page, seen)?;
    let known = &seen.file.known;
    let row = |(letter, it): (u32, &Letter)| Row {
        title: title(&page, letter, it),
        path: format!("{}{}", letter_url(number, letter), query(then)),
        kind: page.term("letter_kind", &it.kind),
        state: standing(&page, it),
    };
    let may_begin =
        seen.steps.contains(&Step::PrepareLetters) && !seen.file.standing.phase().is_closed();
    let url = letters_url(number);
    let begun = |kind: Kind| {
        let language = <&str>::from(Language::Nb);
        let path = format!("{url}/new/{}/{language}", <&str>::from(kind));
        (page.term("letter-begin", &kind), path)
    };
    let begun = if may_begin { Kind::iter().map(begun).collect() } else { Vec::new() };
    let letters = known.letters.iter().map(row).collect();
    let then = then.map(|moment| page.moment(&moment).words().to_owned());
    Ok(answer::page(&LettersPage { number, case: case_url(number), letters, then, begun, page }))
}

/// What the address of a page of a list begins with, at a moment.
fn page_links(own: &str, then: Option<Time>) -> String {
    match then {
        None => format!("{own}?page="),
        Some(_) => format!("{own}{}&page=", query(then)),
    }
}

fn title(page: &Page, number: u32, letter: &Letter) -> String {
    let words = letter.text_for(None).and_then(|(_, text)| text.title.get().cloned());
    let numbered = page.say_with("letter-numbered", &[("letter", number)]);
    match words.filter(|it| !it.is_empty()) {
        Some(words) => format!("{numbered}: {words}"),
        None => numbered,
    }
}

/// Where a letter stands, and the colour it is told in.
fn standing(page: &Page, letter: &Letter) -> (String, &'static str) {
    let gave_up = letter.dispatch.as_ref().is_some_and(|it| it.obstacle.is_some());
    let (key, color) = match (letter.signature(), &letter.signed) {
        (Some(_), _) if letter.kind != Kind::Letter => ("letter-signed", "success"),
        (Some(_), _) if letter.unsettled().next().is_none() => ("letter-settled", "success"),
        (Some(_), _) if letter.is_sending() => ("letter-sending", "info"),
        (Some(_), _) if gave_up => ("letter-gave-up-state", "danger"),
        (Some(_), _) => ("letter-signed", "info"),
        (None, Some(_)) => ("letter-void", "danger"),
        (None, None) => ("letter-unsigned", "warning"),
    };
    (page.say(key), color)
}
