//! `/follow-up`: a reporter's way back to the own report. The code travels in the body of each
//! form: it stands in no address, and nothing is left on the reporter's machine.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::case::{Attachment, Phase};
use domain::ids::QuestionId;
use domain::{Erasable, Time};
use service::{FollowUp, HandleError, HowFar};

use crate::App;
use crate::answer;
use crate::fault::Fault;
use crate::files;
use crate::forms::{Field, Form, Posted, Problem, Reader};
use crate::identity::{Sent, Visitor};
use crate::page::Page;
use crate::refusal;

pub(super) const FAMILY: &str = "follow_up";

/// The hidden field that says which question is answered.
const QUESTION: &str = "question";

#[derive(Template)]
#[template(path = "follow_up_code.html")]
struct CodePage {
    page: Page,
    form: Form,
}

#[derive(Template)]
#[template(path = "follow_up.html")]
struct FollowUpPage {
    page: Page,
    code: String,
    done: String,
    number: String,
    phase: Phase,
    steps: Vec<(HowFar, Time)>,
    what_happened: String,
    additions: Vec<String>,
    questions: Vec<ShownQuestion>,
    add: Form,
    files: Field,
    /// What the files are called that the reporter attached.
    attached: Vec<String>,
}

/// A question to the reporter: with a form, or with the answer that was given.
struct ShownQuestion {
    id: QuestionId,
    text: String,
    answer: String,
    field: Field,
    form: Option<Form>,
}

/// What the page says besides the report itself.
#[derive(Default)]
struct Said {
    done: String,
    returned: Option<(Posted, Vec<Problem>)>,
}

/// `GET /follow-up`
pub(crate) async fn show(visitor: Visitor) -> Response {
    let form = Form::new(&visitor.page, FAMILY, Posted::default());
    answer::page(&CodePage { page: visitor.page, form })
}

/// `POST /follow-up`
pub(crate) async fn open(
    State(app): State<App>,
    Sent { by, form }: Sent<Visitor>,
) -> Result<Response, Fault> {
    let page = by.page;
    let mut reader = Reader::new(&page, FAMILY, &form);
    let code = reader.required_text("code");
    let problems = match reader.finish(|| Some(())) {
        Err(problems) => problems,
        Ok(()) => match app.service().follow_up(&code).await {
            Ok(follow_up) => return Ok(shown(&app, page, code, &follow_up, Said::default())),
            Err(HandleError::Refused(refused)) => {
                let sentence = refusal::sentence(&page, &refused);
                vec![Problem { field: Some("code".to_owned()), sentence }]
            }
            Err(error) => return Err(error.into()),
        },
    };
    let form = Form::returned(&page, FAMILY, form, problems);
    Ok(answer::returned(&CodePage { page, form }))
}

/// `POST /follow-up/add`
pub(crate) async fn add(
    State(app): State<App>,
    Sent { by, form }: Sent<Visitor>,
) -> Result<Response, Fault> {
    let page = by.page;
    let code = form.text("code").to_owned();
    let (form, lost) = files::gathered(&app, &page, form);
    let key = form.key().ok_or(Fault::Unreadable)?;
    let mut reader = Reader::new(&page, FAMILY, &form);
    let uploads = form.uploads("");
    let has_files = !uploads.is_empty() || !lost.is_empty();
    let text = if has_files { reader.text("text") } else { reader.required_text("text") };
    let read = reader.finish(|| Some(text));
    let said = match read {
        Ok(text) if lost.is_empty() => {
            match app.service().add_information(&code, text, uploads, key).await {
                Ok(()) => Said { done: page.say("follow_up-added"), ..Said::default() },
                Err(error) => Said::refused(&app, &page, form, error)?,
            }
        }
        read => {
            let problems = read.err().into_iter().flatten().chain(lost).collect();
            let problems = files::again(&app, &page, &form, None, problems);
            Said { returned: Some((form, problems)), ..Said::default() }
        }
    };
    let follow_up = app.service().follow_up(&code).await?;
    Ok(shown(&app, page, code, &follow_up, said))
}

/// `POST /follow-up/answer`
pub(crate) async fn answer(
    State(app): State<App>,
    Sent { by, form }: Sent<Visitor>,
) -> Result<Response, Fault> {
    let page = by.page;
    let code = form.text("code").to_owned();
    let key = form.key().ok_or(Fault::Unreadable)?;
    let question: QuestionId = form.text(QUESTION).parse().map_err(|_| Fault::Unreadable)?;
    let text = form.text(&answer_field(question)).to_owned();
    let said = if text.is_empty() {
        let sentence = page.say("follow_up-answer-missing");
        let problem = Problem { field: Some(answer_field(question)), sentence };
        Said { returned: Some((form, vec![problem])), ..Said::default() }
    } else {
        match app.service().answer_question(&code, question, text, key).await {
            Ok(()) => Said { done: page.say("follow_up-answered"), ..Said::default() },
            Err(error) => Said::refused(&app, &page, form, error)?,
        }
    };
    let follow_up = app.service().follow_up(&code).await?;
    Ok(shown(&app, page, code, &follow_up, said))
}

impl Said {
    fn refused(app: &App, page: &Page, form: Posted, error: HandleError) -> Result<Self, Fault> {
        match error {
            HandleError::Refused(refused) => {
                let own = files::problems(page, &form, &refused);
                let problems = own.unwrap_or_else(|| vec![refusal::problem(page, &refused)]);
                let problems = files::again(app, page, &form, Some(&refused), problems);
                Ok(Self { returned: Some((form, problems)), ..Self::default() })
            }
            error => Err(error.into()),
        }
    }
}

/// The field in which a question is answered; its name tells it from those of other questions.
fn answer_field(question: QuestionId) -> String {
    format!("answer-{question}")
}

fn shown(app: &App, page: Page, code: String, follow_up: &FollowUp, said: Said) -> Response {
    let (posted, problems) = said.returned.unwrap_or_default();
    let has_problems = !problems.is_empty();
    let asked: Option<QuestionId> = posted.text(QUESTION).parse().ok();
    let mut returned = Some(Form::returned(&page, FAMILY, posted, problems));
    let mut form_for = |question: Option<QuestionId>| {
        let is_returned = has_problems && asked == question;
        let fresh = || Form::new(&page, FAMILY, Posted::default());
        returned.take_if(|_| is_returned).unwrap_or_else(fresh)
    };
    let erased = page.say("erased");
    let words = |text: &Erasable<String>| text.text_or(&erased).to_owned();
    let questions = follow_up
        .questions
        .iter()
        .map(|(id, question)| {
            let text = words(&question.text);
            let form = form_for(Some(*id));
            let field = form.worded(&answer_field(*id), text.clone(), None);
            let answer = question.answer.as_ref().map(&words);
            let form = answer.is_none().then_some(form);
            ShownQuestion { id: *id, text, answer: answer.unwrap_or_default(), field, form }
        })
        .collect();
    let add = form_for(None);
    let called =
        |it: &Attachment| it.file.get().map_or_else(|| erased.clone(), |file| file.name.clone());
    let template = FollowUpPage {
        code,
        done: said.done,
        number: follow_up.number.to_string(),
        phase: follow_up.phase,
        steps: follow_up.steps.clone(),
        what_happened: words(&follow_up.what_happened),
        additions: follow_up.additions.iter().map(words).collect(),
        questions,
        files: files::field(app, &page, &add, add.optional("files")),
        attached: follow_up.attachments.iter().map(called).collect(),
        add,
        page,
    };
    if has_problems { answer::returned(&template) } else { answer::page(&template) }
}
