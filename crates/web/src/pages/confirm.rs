//! What is behind a secret link for somebody who got something by mistake: they confirm what became
//! of it, once. The page says nothing of the case.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::case::confirmation::{Confirmation, Disposal, Misdirected};
use domain::{Erasable, Time};
use service::{BehindLink, HandleError};
use strum::IntoEnumIterator;

use super::secret_link;
use crate::App;
use crate::answer;
use crate::fault::Fault;
use crate::forms::{Choice, Field, Form, Posted, Problem, Reader};
use crate::identity::{Sent, Visitor};
use crate::kept::Written;
use crate::page::Page;
use crate::refusal;
use crate::routes;

const FAMILY: &str = "confirm";

/// The field for whatever else there is to say.
const REMARK: &str = "remark";

#[derive(Template)]
#[template(path = "confirmation.html")]
struct ConfirmPage {
    page: Page,
    secret: String,
    misdirected: Misdirected,
    due_at: Time,
    disposal: Field,
    opened: Field,
    passed_on: Field,
    form: Form,
}

/// A yes or a no, as a form sends it.
#[derive(Clone, Copy, PartialEq, Eq, strum::EnumString)]
#[strum(serialize_all = "snake_case")]
enum YesNo {
    Yes,
    No,
}

/// The form, empty.
pub(super) fn fresh(page: Page, secret: String, of: (Misdirected, Time)) -> Response {
    let form = Form::new(&page, FAMILY, Posted::default());
    answer::page(&shown(page, secret, of, form))
}

/// `POST /answer/confirmation`
pub(crate) async fn submit(
    State(app): State<App>,
    Sent { by, form }: Sent<Visitor>,
) -> Result<Response, Fault> {
    let page = by.page;
    let key = form.key().ok_or(Fault::Unreadable)?;
    let secret = form.text(secret_link::SECRET).to_owned();
    let written = Written::of(&form, REMARK);
    let problems = match read(&page, &form) {
        Err(problems) => problems,
        Ok(confirmation) => match app.service().confirm_by_link(&secret, confirmation, key).await {
            Ok(()) => return Ok(secret_link::thanked(page)),
            Err(HandleError::Refused(refused)) if !secret_link::leads_nowhere(&refused) => {
                let sentence = refusal::sentence(&page, &refused);
                vec![Problem { field: Some(REMARK.to_owned()), sentence }]
            }
            Err(HandleError::Refused(_) | HandleError::KeyUsed) => {
                return Ok(secret_link::nowhere(page, written));
            }
            Err(error) => return Err(error.into()),
        },
    };
    let form = Form::returned(&page, FAMILY, form, problems);
    match app.service().behind_link(&secret, routes::SECRET_LINK).await {
        Ok(BehindLink::Confirmation { misdirected, due_at }) => {
            Ok(answer::returned(&shown(page, secret, (misdirected, due_at), form)))
        }
        Ok(BehindLink::Question(_)) | Err(HandleError::Refused(_)) => {
            Ok(secret_link::nowhere(page, written))
        }
        Err(error) => Err(error.into()),
    }
}

fn read(page: &Page, form: &Posted) -> Result<Confirmation, Vec<Problem>> {
    let mut reader = Reader::new(page, FAMILY, form);
    let disposal = reader.required_choice("disposal");
    let opened: Option<YesNo> = reader.required_choice("opened");
    let passed_on: Option<YesNo> = reader.required_choice("passed_on");
    let remark = reader.optional_text(REMARK).map(Erasable::known);
    reader.finish(|| {
        Some(Confirmation {
            disposal: disposal?,
            opened: opened? == YesNo::Yes,
            passed_on: passed_on? == YesNo::Yes,
            remark,
        })
    })
}

fn shown(
    page: Page,
    secret: String,
    (misdirected, due_at): (Misdirected, Time),
    form: Form,
) -> ConfirmPage {
    let texts = page.texts();
    let disposals = Disposal::iter().map(|it| Choice::term(texts, "disposal", it)).collect();
    let yes_no = |name: &str| {
        let choice = |word: &str| Choice::new(word, page.say(&format!("yes_no_unknown-{word}")));
        form.field(name).with(vec![choice("yes"), choice("no")])
    };
    ConfirmPage {
        disposal: form.field("disposal").with(disposals),
        opened: yes_no("opened"),
        passed_on: yes_no("passed_on"),
        secret,
        misdirected,
        due_at,
        form,
        page,
    }
}
