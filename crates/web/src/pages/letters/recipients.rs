//! `/cases/{year}/{sequence}/letters/{letter}/recipients`: who gets a letter, and somebody more.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::Time;
use domain::case::letter::{Flaw, Language, Recipient};
use domain::ids::CaseNumber;
use serde::Deserialize;
use service::letters::import::digits;
use service::{LetterSight, ListChange, ListError, Step};

use super::send::key_of;
use super::{LetterPath, page_links};
use crate::App;
use crate::answer;
use crate::fault::Fault;
use crate::forms::{Choice, Field, Form, Posted, Problem, Reader};
use crate::identity::{Person, Sent};
use crate::page::Page;
use crate::pages::documents::{AskedThen, query};
use crate::paging::Paged;
use crate::routes;

const FAMILY: &str = "letter-recipient";

#[derive(Template)]
#[template(path = "letter_recipients.html")]
struct RecipientsPage {
    page: Page,
    number: CaseNumber,
    letter: String,
    own: String,
    /// What the address of a page of the list begins with.
    list_path: String,
    /// The moment it is shown as of, in words; nothing as it stands now.
    then: Option<String>,
    rows: Paged<Row>,
    may_prepare: bool,
    has_digital_post: bool,
    form: Form,
    language: Field,
    protected: Field,
}

struct Row {
    number: u32,
    name: String,
    address: String,
    email: String,
    language: String,
    is_protected: bool,
}

/// What the address says beside the letter.
#[derive(Deserialize)]
pub(crate) struct Said {
    page: Option<usize>,
}

/// `GET /cases/{year}/{sequence}/letters/{letter}/recipients`
pub(crate) async fn show(
    State(app): State<App>,
    by: Person,
    path: LetterPath,
    Query(said): Query<Said>,
    Query(asked): Query<AskedThen>,
) -> Result<Response, Fault> {
    let then = asked.moment(&by.page)?;
    let sight = look(&app, &by, path, then).await?;
    let form = Form::new(&by.page, FAMILY, Posted::default());
    let wanted = (said.page.unwrap_or(1), then);
    Ok(answer::page(&page(&app, by.page, path, &sight, wanted, form)))
}

/// `POST /cases/{year}/{sequence}/letters/{letter}/recipients`
pub(crate) async fn add(
    State(app): State<App>,
    path: LetterPath,
    Sent { by, form }: Sent<Person>,
) -> Result<Response, Fault> {
    let (case, _) = path.find(&app)?;
    let key = form.key().ok_or(Fault::Unreadable)?;
    let mut reader = Reader::new(&by.page, FAMILY, &form);
    let recipient = Recipient {
        name: reader.required_text("name"),
        lines: lines(&reader.text("lines")),
        postcode: reader.text("postcode"),
        place: reader.text("place"),
        country: reader.text("country"),
        identity_number: Some(digits(&reader.text("identity_number"))).filter(|it| !it.is_empty()),
        email: reader.text("email"),
        language: reader.choice::<Language>("language"),
        is_protected: !reader.words("protected").is_empty(),
    };
    let problems = match reader.finish(|| Some(recipient)) {
        Err(problems) => problems,
        Ok(recipient) => {
            let change = ListChange::Add(Box::new(recipient));
            let changed =
                app.service().change_recipients(&by.who, case, path.letter, change, key).await;
            match changed {
                Ok(()) => return Ok(answer::go(&format!("{}/recipients", path.url()))),
                Err(ListError::Flawed(flaws)) => {
                    flaws.iter().map(|(_, flaw)| problem(&by.page, *flaw)).collect()
                }
                Err(ListError::Handle(error)) => return Err(error.into()),
            }
        }
    };
    let sight = look(&app, &by, path, None).await?;
    let form = Form::returned(&by.page, FAMILY, form, problems);
    Ok(answer::returned(&page(&app, by.page, path, &sight, (1, None), form)))
}

/// `POST /cases/{year}/{sequence}/letters/{letter}/recipients/remove`
pub(crate) async fn remove(
    State(app): State<App>,
    path: LetterPath,
    Sent { by, form }: Sent<Person>,
) -> Result<Response, Fault> {
    let (case, _) = path.find(&app)?;
    let number: u32 = form.text("number").parse().map_err(|_| Fault::Unreadable)?;
    let key = key_of(&form, &format!("remove {number}"))?;
    let change = ListChange::Remove { number };
    match app.service().change_recipients(&by.who, case, path.letter, change, key).await {
        Ok(()) => Ok(answer::go(&format!("{}/recipients", path.url()))),
        Err(ListError::Handle(error)) => Err(error.into()),
        Err(ListError::Flawed(_)) => Err(Fault::Unreadable),
    }
}

async fn look(
    app: &App,
    by: &Person,
    path: LetterPath,
    then: Option<Time>,
) -> Result<LetterSight, Fault> {
    let (case, _) = path.find(app)?;
    let which = (path.letter, then);
    Ok(app.service().letter_as_of(&by.who, case, which, routes::LETTER_RECIPIENTS).await?)
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn problem(page: &Page, flaw: Flaw) -> Problem {
    let field = match flaw {
        Flaw::NoName => Some("name"),
        Flaw::TooManyLines => Some("lines"),
        Flaw::NoIdentityNumber => Some("identity_number"),
        Flaw::NoPostcode => Some("postcode"),
        Flaw::NoMailAddress => Some("email"),
        Flaw::LanguageUnknown => Some("language"),
        Flaw::NeitherYesNorNo => Some("protected"),
        Flaw::TooLong | Flaw::IdentityNumber => None,
    };
    let sentence = page.term("recipient_flaw", &flaw);
    Problem { field: field.map(str::to_owned), sentence }
}

fn page(
    app: &App,
    page: Page,
    path: LetterPath,
    sight: &LetterSight,
    (wanted, then): (usize, Option<Time>),
    form: Form,
) -> RecipientsPage {
    let row = |it: &domain::case::letter::Numbered| {
        let who = &it.recipient;
        let address = who.envelope().split_off(1).join(", ");
        Row {
            number: it.number,
            name: who.name.clone(),
            address,
            email: who.email.clone(),
            language: who.language.map(|it| page.term("letter_language", &it)).unwrap_or_default(),
            is_protected: who.is_protected,
        }
    };
    let is_open = !sight.seen.file.standing.phase().is_closed();
    let protected = vec![Choice::new("yes", page.say("letter-recipient-protected-yes"))];
    let own = format!("{}/recipients", path.url());
    RecipientsPage {
        number: path.case.number(),
        letter: format!("{}{}", path.url(), query(then)),
        list_path: page_links(&own, then),
        then: then.map(|moment| page.moment(&moment).words().to_owned()),
        own,
        rows: Paged::new(sight.recipients.iter().collect(), wanted).map(row),
        may_prepare: is_open && sight.seen.steps.contains(&Step::PrepareLetters),
        has_digital_post: app.service().has_digital_post(),
        language: form
            .optional("language")
            .with(Choice::terms::<Language>(page.texts(), "letter_language")),
        protected: form.field("protected").with(protected),
        form,
        page,
    }
}
