//! `/password`: choosing a password of one's own.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use service::ChoosePasswordError;

use crate::App;
use crate::answer;
use crate::fault::Fault;
use crate::forms::{Form, Posted, Problem, Reader};
use crate::identity::{Person, Sent};
use crate::page::Page;
use crate::pages::sign_in;
use crate::routes;

const FAMILY: &str = "password";
const CURRENT: &str = "password_current";
const NEW: &str = "password_new";
const REPEATED: &str = "password_repeated";

#[derive(Template)]
#[template(path = "password.html")]
struct PasswordPage {
    page: Page,
    form: Form,
    is_one_time: bool,
}

/// `GET /password`
pub(crate) async fn show(person: Person) -> Response {
    let form = Form::new(&person.page, FAMILY, Posted::default());
    let is_one_time = person.who.must_choose_password;
    answer::page(&PasswordPage { page: person.page, form, is_one_time })
}

/// `POST /password`
pub(crate) async fn submit(State(app): State<App>, sent: Sent<Person>) -> Result<Response, Fault> {
    let Sent { by, form } = sent;
    let (current, new) = (form.untouched(CURRENT), form.untouched(NEW));
    let session = Some(by.session.as_str());
    let problems = match read(&by.page, &form) {
        Err(problems) => problems,
        Ok(()) => match app.service().choose_password(&by.who, session, current, new).await {
            Ok(()) => return Ok(answer::go(routes::START)),
            Err(error) => vec![failure(&by.page, error)?],
        },
    };
    let form = Form::returned(&by.page, FAMILY, form, problems);
    let is_one_time = by.who.must_choose_password;
    Ok(answer::returned(&PasswordPage { page: by.page, form, is_one_time }))
}

fn read(page: &Page, form: &Posted) -> Result<(), Vec<Problem>> {
    let mut reader = Reader::new(page, FAMILY, form);
    for name in [CURRENT, NEW, REPEATED] {
        if form.untouched(name).is_empty() {
            reader.miss(name, "problem-missing");
        }
    }
    if form.untouched(NEW) != form.untouched(REPEATED) {
        reader.refuse(REPEATED, page.say("password-not-repeated"));
    }
    reader.finish(|| Some(()))
}

fn failure(page: &Page, error: ChoosePasswordError) -> Result<Problem, Fault> {
    let (field, sentence) = match error {
        ChoosePasswordError::Current(service::SignInError::Wrong) => {
            (CURRENT, page.say("password-current-wrong"))
        }
        ChoosePasswordError::Current(error) => (CURRENT, sign_in::failure(page, &error)),
        ChoosePasswordError::TooShort => (NEW, page.say("password-too-short")),
        ChoosePasswordError::TooLong => (NEW, page.say("password-too-long")),
        ChoosePasswordError::Unchanged => (NEW, page.say("password-unchanged")),
        ChoosePasswordError::Handle(error) => return Err(error.into()),
    };
    Ok(Problem { field: Some(field.to_owned()), sentence })
}
