//! `/reviews/{review}/{step}`: the forms for the steps of a review. They are all one shape: what is
//! filled in beforehand, which fields there are, and which request comes of them.

mod fields;

use askama::Template;
use axum::extract::{FromRequestParts, Path, Query, State};
use axum::http::request::Parts;
use axum::response::Response;
use domain::Erasable;
use domain::case::dealings::Effect;
use domain::ids::{InquiryId, ResolutionId, UserId};
use domain::review::command::{Ask, Resolve};
use domain::review::{AgendaItem, Phase, Request};
use serde::Deserialize;
use service::rendering::rendered;
use service::secrets::FormKey;
use service::{Approving, HandleError, ReviewSight, ReviewStep};

use super::{ReviewPath, one, review_url};
use crate::App;
use crate::answer;
use crate::fault::Fault;
use crate::forms::{Form, Posted, Problem, Reader};
use crate::identity::{Person, Sent};
use crate::names::Names;
use crate::page::Page;
use crate::refusal;
use crate::routes;

use fields::Input;

#[derive(Template)]
#[template(path = "review_step.html")]
struct StepPage {
    page: Page,
    title: String,
    introduction: String,
    submit: String,
    back: String,
    action: String,
    /// What the step is about: a point, a question, a resolution.
    context: Option<String>,
    /// The document to read before it is approved.
    document: Option<String>,
    form: Form,
    inputs: Vec<Input>,
}

/// A step with a form of its own.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, strum::EnumIter, strum::IntoStaticStr, strum::EnumString,
)]
#[strum(serialize_all = "snake_case")]
enum Step {
    Participants,
    Basis,
    Write,
    Ask,
    Withdraw,
    Resolve,
    Drop,
    Hold,
    Abandon,
    Minutes,
    Submit,
    Return,
    Approve,
    Effect,
}

/// What a step is about, as its address says.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct About {
    item: Option<String>,
    inquiry: Option<InquiryId>,
    resolution: Option<ResolutionId>,
}

/// The step an address names.
pub(crate) struct AtStep(Step);

#[derive(Deserialize)]
struct JustStep {
    step: String,
}

impl FromRequestParts<App> for AtStep {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fault> {
        let path = Path::<JustStep>::from_request_parts(parts, app).await;
        let Path(JustStep { step }) = path.map_err(|_| Fault::NotFound)?;
        step.parse().map(Self).map_err(|_| Fault::NotFound)
    }
}

impl Step {
    /// Under which its words and fields stand.
    fn family(self) -> &'static str {
        match self {
            Self::Participants => "review-participants",
            Self::Basis => "review-basis",
            Self::Write => "review-write",
            Self::Ask => "review-ask",
            Self::Withdraw => "review-withdraw",
            Self::Resolve => "review-resolve",
            Self::Drop => "review-drop",
            Self::Hold => "review-hold",
            Self::Abandon => "review-abandon",
            Self::Minutes => "review-minutes",
            Self::Submit => "review-submit",
            Self::Return => "review-return",
            Self::Approve => "review-approve",
            Self::Effect => "review-outcome",
        }
    }

    fn taken_by(self) -> ReviewStep {
        match self {
            Self::Return | Self::Approve => ReviewStep::ApproveReview,
            _ => ReviewStep::PrepareReview,
        }
    }
}

impl About {
    fn item(&self) -> Option<AgendaItem> {
        self.item.as_deref()?.parse().ok()
    }

    fn query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if let Some(item) = self.item() {
            query.append_pair("item", item.into());
        }
        if let Some(inquiry) = self.inquiry {
            query.append_pair("inquiry", &inquiry.to_string());
        }
        if let Some(resolution) = self.resolution {
            query.append_pair("resolution", &resolution.to_string());
        }
        let query = query.finish();
        if query.is_empty() { query } else { format!("?{query}") }
    }

    /// Where on the page of the review it stands.
    fn anchor(&self) -> String {
        self.item().map(|item| format!("#{}", <&str>::from(item))).unwrap_or_default()
    }
}

/// `GET /reviews/{review}/{step}`
pub(crate) async fn show(
    State(app): State<App>,
    by: Person,
    path: ReviewPath,
    AtStep(step): AtStep,
    Query(about): Query<About>,
) -> Result<Response, Fault> {
    let seen = open(&app, &by, path, step).await?;
    let values = fields::filled(step, &seen, &about, app.zone());
    let form = Form::new(&by.page, step.family(), values);
    Ok(answer::page(&page(&app, by.page, &seen, (step, &about), form)?))
}

/// `POST /reviews/{review}/{step}`
pub(crate) async fn submit(
    State(app): State<App>,
    path: ReviewPath,
    AtStep(step): AtStep,
    Query(about): Query<About>,
    Sent { by, form }: Sent<Person>,
) -> Result<Response, Fault> {
    let (review, number) = path.find(&app)?;
    let key = form.key().ok_or(Fault::Unreadable)?;
    let seen = open(&app, &by, path, step).await?;
    let problems = match read(&app, &by.page, (step, &about), &form, &seen) {
        Err(problems) => problems,
        Ok(asked) => {
            let taken = match asked {
                Asked::Step(request) => {
                    app.service().review_step(&by.who, review, *request, key).await
                }
                Asked::Approve(next_due_at) => {
                    let document = one::written(&app, &seen)?;
                    let file = rendered(vec![document]).await;
                    let document = file.map_err(|error| Fault::internal(&error))?;
                    let it = Approving { document, position: seen.position, next_due_at };
                    app.service().approve_review(&by.who, review, it, key).await
                }
            };
            match taken {
                Ok(()) => {
                    let review = review_url(number);
                    return Ok(answer::go(&format!("{review}{}", about.anchor())));
                }
                Err(HandleError::Refused(refused)) => vec![refusal::problem(&by.page, &refused)],
                Err(error) => return Err(error.into()),
            }
        }
    };
    let form = Form::returned(&by.page, step.family(), form, problems);
    Ok(answer::returned(&page(&app, by.page, &seen, (step, &about), form)?))
}

/// The review, for somebody who may take the step; looking is noted.
async fn open(app: &App, by: &Person, path: ReviewPath, step: Step) -> Result<ReviewSight, Fault> {
    let (review, _) = path.find(app)?;
    let seen = app.service().review(&by.who, review, None, routes::REVIEW_STEP).await?;
    if seen.steps.contains(&step.taken_by()) { Ok(seen) } else { Err(Fault::NotPermitted) }
}

/// What a form asks for.
enum Asked {
    Step(Box<Request>),
    /// To approve, with the day the next review is due: its document is made first.
    Approve(domain::Time),
}

fn read(
    app: &App,
    page: &Page,
    (step, about): (Step, &About),
    form: &Posted,
    seen: &ReviewSight,
) -> Result<Asked, Vec<Problem>> {
    if step == Step::Approve && form.text("position") != seen.position.0.to_string() {
        // Whoever approves says which document they have read, and it is this one no more.
        return Err(vec![refusal::problem(page, &service::Refusal::ReviewHasChanged)]);
    }
    let key = form.number().unwrap_or_default();
    let mut reader = Reader::new(page, step.family(), form);
    let mut approved = None;
    let request = match step {
        Step::Approve => {
            approved = reader.required_moment("next");
            None
        }
        _ => request(app, step, about, &mut reader, FormKey::new(key)),
    };
    reader.finish(|| {
        let step = || request.map(|it| Asked::Step(Box::new(it)));
        approved.map(Asked::Approve).or_else(step)
    })
}

/// What comes of the fields; nothing where one is missing, which the reader has noted.
fn request(
    app: &App,
    step: Step,
    about: &About,
    reader: &mut Reader<'_>,
    key: FormKey,
) -> Option<Request> {
    let mut text = |name: &str| Erasable::known(reader.required_text(name));
    Some(match step {
        Step::Approve => return None,
        Step::Basis => app.service().preparing(),
        Step::Submit => Request::Submit,
        Step::Write => Request::WriteItem { item: about.item()?, text: text("text") },
        Step::Withdraw => Request::Withdraw { inquiry: about.inquiry?, reason: text("reason") },
        Step::Drop => {
            Request::DropResolution { resolution: about.resolution?, reason: text("reason") }
        }
        Step::Minutes => Request::WriteMinutes(text("text")),
        Step::Abandon => Request::Abandon(text("reason")),
        Step::Return => Request::Return(text("reason")),
        Step::Participants => Request::NameParticipants(reader.several("participants")),
        Step::Ask => {
            let (text, of) = (text("text"), reader.required_choice::<UserId>("of"));
            let due_at = reader.required_moment("due");
            let inquiry = InquiryId(key.part());
            let item = about.item()?;
            Request::Ask(Ask { inquiry, item, of: of?, text, due_at: due_at? })
        }
        Step::Resolve => {
            let text = text("text");
            let owner = reader.required_choice::<UserId>("owner");
            let due_at = reader.required_moment("due");
            let carries_over = reader.choice::<ResolutionId>("carries_over");
            let resolution = about.resolution.unwrap_or_else(|| ResolutionId(key.part()));
            let item = about.item()?;
            let (owner, due_at) = (owner?, due_at?);
            Request::Resolve(Resolve { resolution, item, text, owner, due_at, carries_over })
        }
        Step::Hold => {
            let held_at = reader.required_moment("held");
            let participants = reader.several("participants");
            Request::Hold { held_at: held_at?, participants }
        }
        Step::Effect => {
            let finding = text("finding");
            let effect = reader.required_choice::<Effect>("effect");
            Request::ReviewEffect { resolution: about.resolution?, effect: effect?, finding }
        }
    })
}

fn page(
    app: &App,
    page: Page,
    seen: &ReviewSight,
    (step, about): (Step, &About),
    form: Form,
) -> Result<StepPage, Fault> {
    let known = seen.review.known().ok_or(Fault::NotFound)?;
    match seen.review.phase() {
        Some(Phase::Approved) if step != Step::Effect => return Err(Fault::NotFound),
        Some(Phase::Abandoned) => return Err(Fault::NotFound),
        _ => (),
    }
    let names = Names::new(app, &page);
    let family = step.family();
    let back = review_url(known.number);
    let erased = page.say("erased");
    let of_item = about.item().map(|item| page.term("agenda", &item));
    let inquiry = about.inquiry.and_then(|it| known.inputs.get(&it));
    let of_inquiry = inquiry.map(|it| it.inquiry.text.text_or(&erased).to_owned());
    let resolution = about.resolution.and_then(|it| known.resolutions.get(&it));
    let of_resolution = resolution.map(|it| it.text.text_or(&erased).to_owned());
    Ok(StepPage {
        title: page.say(&format!("{family}-title")),
        introduction: page.say(&format!("{family}-introduction")),
        submit: page.say(&format!("{family}-button")),
        action: format!("{back}/{}{}", <&str>::from(step), about.query()),
        inputs: fields::of(step, &form, &names, &page, seen),
        document: (step == Step::Approve).then(|| one::document_url(&back, seen)),
        context: of_resolution.or(of_inquiry).or(of_item),
        back,
        form,
        page,
    })
}
