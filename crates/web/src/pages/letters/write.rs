//! `/cases/{year}/{sequence}/letters/{letter}/text/{language}`: the words of a letter in a
//! language, begun with what the template and the case propose.

use askama::Template;
use axum::extract::{FromRequestParts, Path, State};
use axum::http::request::Parts;
use axum::response::Response;
use domain::Erasable;
use domain::case::letter::{
    Draft, Kind, Language, LetterText, Part, Request as Asked, TemplateUsed,
};
use domain::case::{OpenCase, Request};
use domain::ids::CaseNumber;
use serde::Deserialize;
use service::{CaseSight, HandleError, Step};
use strum::IntoEnumIterator;

use super::{letter_url, letters_url};
use crate::App;
use crate::answer;
use crate::fault::Fault;
use crate::forms::{Field, Form, Posted, Reader};
use crate::identity::{Person, Sent};
use crate::page::Page;
use crate::pages::case::path::CasePath;
use crate::refusal;
use crate::routes;

const FAMILY: &str = "letter-write";

#[derive(Template)]
#[template(path = "letter_write.html")]
struct WritePage {
    page: Page,
    number: CaseNumber,
    back: String,
    action: String,
    title: String,
    form: Form,
    first: Field,
    areas: Vec<Field>,
}

/// What an address says is to be written.
pub(crate) struct At {
    case: CasePath,
    /// Which letter; none for a new one.
    letter: Option<u32>,
    kind: Kind,
    language: Language,
}

#[derive(Deserialize)]
struct Named {
    letter: Option<u32>,
    kind: Option<String>,
    language: String,
}

impl FromRequestParts<App> for At {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fault> {
        let case = CasePath::from_request_parts(parts, app).await?;
        let path = Path::<Named>::from_request_parts(parts, app).await;
        let Path(Named { letter, kind, language }) = path.map_err(|_| Fault::NotFound)?;
        let kind = kind.as_deref().map_or(Ok(Kind::Letter), str::parse);
        let (Ok(kind), Ok(language)) = (kind, language.parse()) else {
            return Err(Fault::NotFound);
        };
        Ok(Self { case, letter, kind, language })
    }
}

impl At {
    fn url(&self) -> String {
        let language = <&str>::from(self.language);
        match self.letter {
            Some(letter) => {
                format!("{}/text/{language}", letter_url(self.case.number(), letter))
            }
            None => format!(
                "{}/new/{}/{language}",
                letters_url(self.case.number()),
                <&str>::from(self.kind)
            ),
        }
    }

    fn back(&self) -> String {
        let number = self.case.number();
        self.letter.map_or_else(|| letters_url(number), |letter| letter_url(number, letter))
    }
}

/// `GET /cases/{year}/{sequence}/letters/{letter}/text/{language}`, and of a new letter.
pub(crate) async fn show(State(app): State<App>, by: Person, at: At) -> Result<Response, Fault> {
    let seen = open(&app, &by, &at).await?;
    let (text, _) = standing(&app, &seen.file.known, &at)?;
    let values = Part::iter().fold(Posted::default(), |posted, part| {
        posted.and(part.into(), text.part(part).text_or(""))
    });
    let form = Form::new(&by.page, FAMILY, values);
    Ok(answer::page(&page(by.page, &at, form)))
}

/// `POST /cases/{year}/{sequence}/letters/new/{kind}/{language}`
pub(crate) async fn begin(
    state: State<App>,
    at: At,
    sent: Sent<Person>,
) -> Result<Response, Fault> {
    write(state, at, sent).await
}

/// `POST /cases/{year}/{sequence}/letters/{letter}/text/{language}`
pub(crate) async fn write(
    State(app): State<App>,
    at: At,
    Sent { by, form }: Sent<Person>,
) -> Result<Response, Fault> {
    let key = form.key().ok_or(Fault::Unreadable)?;
    let (case, number) = at.case.find(&app)?;
    let seen = open(&app, &by, &at).await?;
    let (_, template) = standing(&app, &seen.file.known, &at)?;
    let mut reader = Reader::new(&by.page, FAMILY, &form);
    let text = LetterText::from_parts(|part| Erasable::known(reader.text(part.into())));
    let draft = || {
        let At { letter, kind, language, .. } = at;
        Some(Draft { letter, kind, language, text, template })
    };
    let problems = match reader.finish(draft) {
        Err(problems) => problems,
        Ok(draft) => {
            let letter = draft.letter.unwrap_or_else(|| seen.file.known.letters.next());
            let request = Request::Letter(Asked::Draft(Box::new(draft)));
            match app.service().step(&by.who, case, request, key).await {
                Ok(()) => {
                    return Ok(answer::go(&format!("{}?done=yes", letter_url(number, letter))));
                }
                Err(HandleError::Refused(refused)) => vec![refusal::problem(&by.page, &refused)],
                Err(error) => return Err(error.into()),
            }
        }
    };
    let form = Form::returned(&by.page, FAMILY, form, problems);
    Ok(answer::returned(&page(by.page, &at, form)))
}

async fn open(app: &App, by: &Person, at: &At) -> Result<CaseSight, Fault> {
    let (case, _) = at.case.find(app)?;
    let seen = app.service().case_file(&by.who, case, routes::LETTER_TEXT).await?;
    let is_open = !seen.file.standing.phase().is_closed();
    if !is_open || !seen.steps.contains(&Step::PrepareLetters) {
        return Err(Fault::NotPermitted);
    }
    Ok(seen)
}

/// The words as they stand, else as they are proposed, with the template they then come from.
fn standing(
    app: &App,
    known: &OpenCase,
    at: &At,
) -> Result<(LetterText, Option<TemplateUsed>), Fault> {
    let letter = match at.letter {
        Some(number) => Some(known.letters.get(number).ok_or(Fault::NotFound)?),
        None => None,
    };
    if let Some(text) = letter.and_then(|it| it.texts.get(&at.language)) {
        return Ok((text.clone(), None));
    }
    let kind = letter.map_or(at.kind, |it| it.kind);
    let proposed = app.service().proposed_letter(known, kind, at.language);
    let nothing = || LetterText::from_parts(|_| Erasable::known(String::new()));
    Ok(proposed.map_or_else(|| (nothing(), None), |(text, template)| (text, Some(template))))
}

fn page(page: Page, at: &At, form: Form) -> WritePage {
    let field = |part: Part| form.worded(part.into(), page.term("letter_part", &part), None);
    let areas = Part::iter().filter(|part| *part != Part::Title).map(field).collect();
    WritePage {
        number: at.case.number(),
        back: at.back(),
        action: at.url(),
        title: page.say_with(
            "letter-write-title",
            &[("language", page.term("letter_language", &at.language))],
        ),
        first: field(Part::Title),
        areas,
        form,
        page,
    }
}
