//! `/cases/{year}/{sequence}/{step}`: the forms for the steps of a case. They are all one shape:
//! what is filled in beforehand, which fields there are, and which requests come of them.

mod ask;
mod assess;
mod assign;
mod audit;
mod authority;
mod awareness;
mod close;
mod confirmation;
mod correction;
mod dealings;
mod desk;
mod duty;
mod exempt;
mod facts;
mod first_actions;
mod inquiries;
mod involved;
mod joining;
mod memo;
mod not_a_deviation;
mod opening;
mod people;
pub(crate) mod placing;
mod propose_measure;
mod receive;
mod reclassify;
mod reopen;
mod send_back;
mod severity;
mod tell_people;

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use askama::Template;
use axum::extract::{FromRequestParts, Path, Query, State};
use axum::http::request::Parts;
use axum::response::Response;
use domain::case::{self, Request};
use domain::ids::{CaseId, CaseNumber};
use domain::{Erasable, Time};
use serde::Deserialize;
use service::secrets::FormKey;
use service::{HandleError, SignedIn, Step};

use self::desk::{Desk, Fact, Input};
use crate::App;
use crate::answer;
use crate::fault::Fault;
use crate::forms::{Form, Posted, Problem, Reader};
use crate::identity::{Person, Sent};
use crate::kept::LOOK_OVER;
use crate::page::Page;
use crate::pages::archive::archive_url;
use crate::pages::case::advice::ShownAdvice;
use crate::pages::case::attachments::attach_url;
use crate::pages::case::next::{self, Link};
use crate::pages::case::path::{CasePath, case_url, done_url};
use crate::pages::case::precedents::ShownPrecedents;
use crate::pages::case::similar::SimilarOpen;
use crate::pages::documents::documents_url;
use crate::pages::erasure::erase_url;
use crate::pages::letters::letters_url;
use crate::pages::notification::{notification_url, record_url};
use crate::refusal;
use crate::routes;

/// Every step that has a form of its own.
const FORMS: [&dyn StepForm; 38] = [
    &receive::Receive,
    &reclassify::Reclassify,
    &assign::Assign,
    &involved::Involved,
    &awareness::Awareness,
    &ask::Ask,
    &assess::Assess,
    &authority::Authority,
    &people::People,
    &tell_people::TellPeople,
    &propose_measure::ProposeMeasure,
    &memo::WriteMemo,
    &memo::SubmitMemo,
    &exempt::Exempt,
    &exempt::Give,
    &send_back::SendBack,
    &close::Close,
    &not_a_deviation::NotADeviation,
    &reopen::Reopen,
    &inquiries::Inquire,
    &confirmation::AskConfirmation,
    &inquiries::Withdraw,
    &dealings::Contribute,
    &dealings::AddNote,
    &dealings::Refer,
    &dealings::Correspond,
    &joining::Link,
    &joining::Merge,
    &joining::Review,
    &facts::FactsForm,
    &severity::OverrideSeverity,
    &duty::FulfilDuty,
    &opening::ReviewOpening,
    &correction::WithdrawMeasure,
    &correction::WithdrawFulfilment,
    &correction::WithdrawInvolved,
    &audit::GrantAudit,
    &audit::RevokeAudit,
];

/// The form for a step. Its name is the last part of its address and its family in the texts,
/// which also have its `-title`, `-introduction` and `-submit`.
trait StepForm: Sync {
    /// What is done with it.
    fn step(&self) -> Step;

    /// Its name.
    fn name(&self) -> &'static str;

    /// What is known beforehand of what it asks.
    fn prefilled(&self, _desk: &Desk) -> Posted {
        Posted::default()
    }

    /// The field that the address may fill in, where the form is reached from a page that knows it.
    fn field_from_address(&self) -> Option<&'static str> {
        None
    }

    /// What one should know of the case while filling it in.
    fn facts(&self, _desk: &Desk) -> Vec<Fact> {
        Vec::new()
    }

    /// What would be answered to anything written in it, as things stand: said before it is
    /// filled in rather than after.
    fn obstacle(&self, desk: &Desk) -> Option<case::Refusal> {
        desk.closed()
    }

    /// Whether the open cases that this one resembles are shown with it.
    fn shows_similar(&self) -> bool {
        false
    }

    /// Whether what the rules advise is shown with it.
    fn shows_advice(&self) -> bool {
        false
    }

    /// Whether the decided cases that this one is nearest to are shown with it.
    fn shows_precedents(&self) -> bool {
        false
    }

    /// Its fields.
    fn inputs(&self, desk: &Desk, form: &Form) -> Vec<Input>;

    /// What is asked of the case with it, in this order.
    fn read(&self, reader: Reader<'_>, key: FormKey) -> Result<Vec<Request>, Vec<Problem>>;
}

/// The form an address names.
pub(crate) struct AtStep(&'static dyn StepForm);

#[derive(Template)]
#[template(path = "step.html")]
struct StepPage {
    page: Page,
    form: Form,
    name: &'static str,
    number: CaseNumber,
    category: String,
    due_at: Option<Time>,
    facts: Vec<Fact>,
    obstacle: Option<String>,
    /// What must be done first, where that is in the way.
    remaining: Vec<Link>,
    inputs: Vec<Input>,
    /// The open cases it resembles, where that is to be known first.
    similar: Option<SimilarOpen>,
    /// What the rules advise, where that is to be known first.
    advice: Option<ShownAdvice>,
    /// The decided cases it is nearest to, likewise.
    precedents: Option<ShownPrecedents>,
}

/// Where the form for a step is; nothing for those that are taken elsewhere.
#[must_use]
pub(crate) fn form_url(number: CaseNumber, step: Step) -> Option<String> {
    match step {
        Step::Erase => return Some(erase_url(number)),
        Step::Archive | Step::ReceiptArchive => return Some(archive_url(number)),
        Step::Attach => return Some(attach_url(number)),
        Step::WriteDocuments => return Some(documents_url(number)),
        Step::PrepareLetters | Step::SignLetters => return Some(letters_url(number)),
        Step::DraftNotification => return Some(notification_url(number)),
        Step::RecordNotification => return Some(record_url(number)),
        _ => (),
    }
    let form = FORMS.iter().find(|form| form.step() == step)?;
    Some(format!("{}/{}", case_url(number), form.name()))
}

/// Whether an address is that of such a form.
pub(crate) fn is_form(path: &str) -> bool {
    let case_and_form = path.strip_prefix("/cases/").map(|rest| rest.split('/'));
    let name = case_and_form.and_then(|mut parts| parts.nth(2).filter(|_| parts.next().is_none()));
    name.is_some_and(|name| FORMS.iter().any(|form| form.name() == name))
}

/// `GET /cases/{year}/{sequence}/{step}`
pub(crate) async fn show(
    State(app): State<App>,
    by: Person,
    path: CasePath,
    AtStep(step): AtStep,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response, Fault> {
    let desk = Desk::open(&app, by, path, step.step()).await?;
    let mut posted = step.prefilled(&desk);
    if let Some((field, said)) = step.field_from_address().and_then(|it| asked.get_key_value(it)) {
        posted = posted.and(field, said);
    }
    let form = Form::new(&desk.page, step.name(), posted);
    let obstacle = step.obstacle(&desk);
    Ok(answer::page(&shown(&app, step, desk, form, obstacle).await?))
}

/// `POST /cases/{year}/{sequence}/{step}`
pub(crate) async fn submit(
    State(app): State<App>,
    path: CasePath,
    AtStep(step): AtStep,
    Sent { by, form }: Sent<Person>,
) -> Result<Response, Fault> {
    let (case, number) = path.find(&app)?;
    let key = form.key().ok_or(Fault::Unreadable)?;
    if form.has(LOOK_OVER) {
        let desk = Desk::open(&app, by, path, step.step()).await?;
        let form = Form::returned(&desk.page, step.name(), form, Vec::new());
        let obstacle = step.obstacle(&desk);
        return Ok(answer::page(&shown(&app, step, desk, form, obstacle).await?));
    }
    let read = step.read(Reader::new(&by.page, step.name(), &form), key);
    let problems = match read {
        Err(problems) => problems,
        Ok(requests) => match take(&app, &by.who, case, &requests, key).await {
            Ok(()) => return Ok(answer::go(&onward(number, step.step(), &requests, &by.who))),
            Err(HandleError::Refused(refused)) => placing::problems(&by.page, &form, &refused),
            Err(error) => return Err(error.into()),
        },
    };
    let desk = Desk::open(&app, by, path, step.step()).await?;
    let form = Form::returned(&desk.page, step.name(), form, problems);
    Ok(answer::returned(&shown(&app, step, desk, form, None).await?))
}

/// Takes the steps one after the other, until one is refused. A form that is sent again is done
/// as far as it was not.
async fn take(
    app: &App,
    who: &SignedIn,
    case: CaseId,
    requests: &[Request],
    key: FormKey,
) -> Result<(), HandleError> {
    for request in requests {
        app.service().step(who, case, request.clone(), key_of(request, key)).await?;
    }
    Ok(())
}

/// The key of one request of a form. A form that names several people names each under a key of
/// their own.
fn key_of(request: &Request, key: FormKey) -> FormKey {
    match request {
        Request::NameInvolved(user) => {
            let user = user.get().map(ToString::to_string).unwrap_or_default();
            // Whom it names is in the key itself; the rest of the form may have been corrected.
            FormKey::new(key.part_named(&format!("involved {user}")))
        }
        _ => key,
    }
}

/// Where to go once it is done. Whoever named themselves does not see the case any more.
fn onward(number: CaseNumber, step: Step, requests: &[Request], who: &SignedIn) -> String {
    let names_themselves = |request: &Request| match request {
        Request::NameInvolved(user) => user.get() == Some(&who.user),
        _ => false,
    };
    if requests.iter().any(names_themselves) {
        return routes::START.to_owned();
    }
    done_url(number, step)
}

async fn shown(
    app: &App,
    step: &dyn StepForm,
    desk: Desk,
    form: Form,
    obstacle: Option<case::Refusal>,
) -> Result<StepPage, Fault> {
    let number = desk.known().report.number;
    let similar = if step.shows_similar() && obstacle.is_none() {
        let case = (desk.seen.file.case, number);
        Some(SimilarOpen::find(app, &desk.who, &desk.page, case).await?)
    } else {
        None
    };
    let precedents = if step.shows_precedents() && obstacle.is_none() {
        let found = app.service().precedents_seen(&desk.who, desk.seen.file.case);
        found.map(|found| ShownPrecedents::new(&desk.page, &desk.names, &found))
    } else {
        None
    };
    let remaining = match &obstacle {
        Some(case::Refusal::NotReadyToClose { .. }) => {
            next::remaining_on(&desk.page, &desk.names, &desk.seen, desk.who.user)
        }
        _ => Vec::new(),
    };
    let sentence = |refused| refusal::sentence(&desk.page, &service::Refusal::Case(refused));
    let inputs = step.inputs(&desk, &form);
    // What was written is never taken off the page.
    let is_blank = !form.has_problems();
    let nothing = (is_blank && inputs.iter().any(Input::offers_nothing))
        .then(|| desk.page.say("steps-nothing-to-choose"));
    Ok(StepPage {
        name: step.name(),
        number,
        similar,
        advice: step.shows_advice().then(|| desk.advice()),
        precedents,
        category: desk.names.category(desk.known().category()),
        due_at: desk.running_until(),
        facts: step.facts(&desk),
        obstacle: obstacle.map(sentence).or(nothing),
        remaining,
        inputs,
        form,
        page: desk.page,
    })
}

impl StepPage {
    /// One of the form's own sentences.
    fn own(&self, what: &str) -> String {
        self.page.say(&format!("{}-{what}", self.name))
    }

    fn case_url(&self) -> String {
        case_url(self.number)
    }
}

/// A text as the case keeps it.
fn said(text: String) -> Erasable<String> {
    Erasable::known(text)
}

#[derive(Deserialize)]
struct StepPath {
    step: String,
}

impl FromRequestParts<App> for AtStep {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fault> {
        let path = Path::<StepPath>::from_request_parts(parts, app).await;
        let Path(StepPath { step }) = path.map_err(|_| Fault::NotFound)?;
        let form = FORMS.into_iter().find(|form| form.name() == step);
        form.map(Self).ok_or(Fault::NotFound)
    }
}
