//! `/reviews/{review}`: one management review, as a page to work on, and as the document to read
//! through and to keep.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use documents::{Block, Document};
use domain::Position;
use domain::ids::AttachmentId;
use domain::review::{AgendaItem, OpenReview, Phase, Review, ReviewNumber};
use serde::Deserialize;
use service::reviews::TEMPLATE;
use service::{ReviewSight, ReviewStep};
use strum::IntoEnumIterator;

use super::{ReviewForm, ReviewPath, color, review_url};
use crate::App;
use crate::answer;
use crate::fault::Fault;
use crate::figures::Teller;
use crate::identity::Person;
use crate::names::Names;
use crate::page::Page;
use crate::pages::documents::{DocumentPage, file};
use crate::papers::{Office, review};
use crate::refusal::reviews::remains;
use crate::routes;
use crate::sheet;

#[derive(Template)]
#[template(path = "review.html")]
struct ReviewPage {
    page: Page,
    number: String,
    phase: Phase,
    color: &'static str,
    /// Why the controller sent it back, or why it was given up.
    notice: Option<String>,
    about: Vec<Block>,
    /// What remains, each with the form for it.
    remaining: Vec<(String, String)>,
    links: Vec<(String, String)>,
    items: Vec<ShownItem>,
    resolutions: Vec<Block>,
    resolution_links: Vec<(String, String)>,
    minutes: Vec<Block>,
    /// The document that was approved, once one was.
    approved: Option<String>,
}

/// A point of the agenda.
struct ShownItem {
    id: &'static str,
    title: String,
    clauses: String,
    blocks: Vec<Block>,
    files: Vec<(String, String)>,
    links: Vec<(String, String)>,
}

/// As of which place in the log, by which template.
#[derive(Deserialize)]
pub(crate) struct AsOf {
    position: Option<u64>,
    template: Option<u32>,
}

/// `GET /reviews/{review}`: the page, or with `.pdf` the file.
pub(crate) async fn show(
    State(app): State<App>,
    person: Person,
    path: ReviewPath,
    Query(as_of): Query<AsOf>,
) -> Result<Response, Fault> {
    let (review, number) = path.find(&app)?;
    let up_to = as_of.position.map(Position);
    let seen = app.service().review(&person.who, review, up_to, routes::REVIEW).await?;
    match path.form {
        ReviewForm::Page => Ok(answer::page(&shown(&app, person.page, &seen, number)?)),
        ReviewForm::Document | ReviewForm::Figures => {
            as_of.require_known()?;
            handed_out(&app, &seen, number, path.form).await
        }
    }
}

/// A review as a file, in the organisation's own language whoever asks.
pub(crate) async fn handed_out(
    app: &App,
    seen: &ReviewSight,
    number: ReviewNumber,
    form: ReviewForm,
) -> Result<Response, Fault> {
    if form != ReviewForm::Figures {
        return file(&format!("ledelsens-gjennomgang-{number}.pdf"), written(app, seen)?).await;
    }
    let prepared = seen.prepared.as_ref().ok_or(Fault::NotFound)?;
    let page = Page::of_the_house(app);
    let names = Names::new(app, &page);
    let teller = Teller { texts: page.texts(), names: &names };
    let told = teller.every(&prepared.figures.statistics);
    sheet::tables::handed_out(&format!("ledelsens-gjennomgang-{number}.xlsx"), told).await
}

/// `GET /reviews/{review}/document`: the document to read through.
pub(crate) async fn document(
    State(app): State<App>,
    person: Person,
    path: ReviewPath,
    Query(as_of): Query<AsOf>,
) -> Result<Response, Fault> {
    as_of.require_known()?;
    let (review, number) = path.find(&app)?;
    let up_to = as_of.position.map(Position);
    let seen = app.service().review(&person.who, review, up_to, routes::REVIEW_DOCUMENT).await?;
    let document = written(&app, &seen)?;
    let url = review_url(number);
    let pdf = format!("{url}.pdf?{}", told_as_of(&seen));
    let back_words = person.page.say_with("review-back", &[("number", number.to_string())]);
    Ok(answer::page(&DocumentPage { page: person.page, back: url, back_words, pdf, document }))
}

/// The document, in the organisation's own language whoever asks: the same place in the log gives
/// the same file.
pub(crate) fn written(app: &App, seen: &ReviewSight) -> Result<Document, Fault> {
    let page = Page::of_the_house(app);
    let names = Names::new(app, &page);
    review::document(&Office::new(app, &page, &names), seen).ok_or(Fault::NotFound)
}

impl AsOf {
    /// A document of another template cannot be made again.
    fn require_known(&self) -> Result<(), Fault> {
        if self.template.is_none_or(|it| it == TEMPLATE) { Ok(()) } else { Err(Fault::NotFound) }
    }
}

/// Where the document is read through, as the review is seen.
pub(crate) fn document_url(url: &str, seen: &ReviewSight) -> String {
    format!("{url}/document?{}", told_as_of(seen))
}

fn told_as_of(seen: &ReviewSight) -> String {
    format!("position={}&template={TEMPLATE}", seen.position.0)
}

fn shown(
    app: &App,
    page: Page,
    seen: &ReviewSight,
    number: ReviewNumber,
) -> Result<ReviewPage, Fault> {
    let known = seen.review.known().ok_or(Fault::NotFound)?;
    let phase = seen.review.phase().ok_or(Fault::NotFound)?;
    let names = Names::new(app, &page);
    let office = Office::new(app, &page, &names);
    let url = review_url(number);
    let prepares = seen.steps.contains(&ReviewStep::PrepareReview);
    let is_open = matches!(phase, Phase::Preparing | Phase::Held);
    let may_write = prepares && is_open;
    let items = AgendaItem::iter().enumerate().map(|(place, item)| ShownItem {
        id: item.into(),
        title: review::title(&office, place, item),
        clauses: review::clauses(&office, item),
        blocks: review::of_item(&office, seen, item),
        files: files(&url, known, item),
        links: if may_write { of_item(&page, &url, known, item) } else { Vec::new() },
    });
    let minutes = known.minutes.last().map_or_else(
        || Block::text(office.say("review-minutes-none")),
        |it| Block::text(office.wording.written(&it.text)),
    );
    let approved = seen.review.approved();
    let approved = approved.map(|it| file_url(&url, it.approval.document.file));
    Ok(ReviewPage {
        phase,
        color: color(phase),
        notice: notice(&office, &seen.review),
        about: vec![Block::facts(review::about(&office, seen, known))],
        remaining: if may_write { remaining(&page, &url, known) } else { Vec::new() },
        links: links(&page, &url, seen, phase),
        items: items.collect(),
        resolutions: vec![review::resolutions(&office, known)],
        resolution_links: of_resolutions(&page, &url, known, (prepares, phase)),
        minutes: std::iter::once(minutes).chain(review::approval(&office, seen)).collect(),
        approved,
        number: number.to_string(),
        page,
    })
}

fn notice(office: &Office, review: &Review) -> Option<String> {
    let (key, reason) = match review {
        Review::Abandoned(it) => ("review-abandoned", &it.reason.text),
        _ => ("review-returned", review.known()?.returned.as_ref()?),
    };
    Some(office.wording.say_with(key, &[("reason", office.wording.written(reason))]))
}

fn file_url(url: &str, file: AttachmentId) -> String {
    format!("{url}/files/{file}")
}

fn files(url: &str, known: &OpenReview, item: AgendaItem) -> Vec<(String, String)> {
    let files = known.items.get(&item).into_iter().flat_map(|it| &it.files);
    let named = files.filter_map(|it| Some((it.file.get()?.name.clone(), it.attachment)));
    named.map(|(name, file)| (file_url(url, file), name)).collect()
}

/// What remains before it can be held or sent in, each with where it is done.
fn remaining(page: &Page, url: &str, known: &OpenReview) -> Vec<(String, String)> {
    use domain::review::Outstanding as It;
    let path = |outstanding: It| match outstanding {
        It::NameParticipants => format!("{url}/participants"),
        It::PrepareBasis => format!("{url}/basis"),
        It::WriteItem(item) => format!("{url}/write?item={}", <&str>::from(item)),
        It::AwaitAnswer(inquiry) => format!("{url}/withdraw?inquiry={inquiry}"),
        It::Hold => format!("{url}/hold"),
        It::WriteMinutes => format!("{url}/minutes"),
    };
    let all = known.before_submitting().into_iter();
    all.map(|it| (path(it), remains(page, it))).collect()
}

/// What can be done with the review as a whole.
fn links(page: &Page, url: &str, seen: &ReviewSight, phase: Phase) -> Vec<(String, String)> {
    let prepares = seen.steps.contains(&ReviewStep::PrepareReview);
    let approves = seen.steps.contains(&ReviewStep::ApproveReview);
    let steps: &[&str] = match phase {
        Phase::Preparing if prepares => &["participants", "basis", "hold", "abandon"],
        Phase::Held if prepares => &["hold", "minutes", "submit"],
        Phase::Submitted if approves => &["approve", "return"],
        _ => &[],
    };
    let mut links: Vec<(String, String)> = steps
        .iter()
        .map(|step| (format!("{url}/{step}"), page.say(&format!("review-{step}-title"))))
        .collect();
    links.push((document_url(url, seen), page.say("review-read")));
    links.push((format!("{url}.pdf?{}", told_as_of(seen)), page.say("documents-open-pdf")));
    if seen.prepared.is_some() {
        links.push((format!("{url}.xlsx?{}", told_as_of(seen)), page.say("review-figures-xlsx")));
    }
    links
}

/// What can be done under a point.
fn of_item(page: &Page, url: &str, known: &OpenReview, item: AgendaItem) -> Vec<(String, String)> {
    let name = <&str>::from(item);
    let steps = ["write", "ask", "resolve", "attach"];
    let mut links: Vec<(String, String)> = steps
        .iter()
        .map(|step| {
            (format!("{url}/{step}?item={name}"), page.say(&format!("review-{step}-title")))
        })
        .collect();
    let open = known.inputs.iter().filter(|(_, it)| it.item == item && it.inquiry.is_open());
    let withdraw = page.say("review-withdraw-title");
    links.extend(open.map(|(id, _)| (format!("{url}/withdraw?inquiry={id}"), withdraw.clone())));
    links
}

/// What can be done with what was resolved.
fn of_resolutions(
    page: &Page,
    url: &str,
    known: &OpenReview,
    (prepares, phase): (bool, Phase),
) -> Vec<(String, String)> {
    if !prepares {
        return Vec::new();
    }
    let erased = page.say("erased");
    let mut links = Vec::new();
    for (id, it) in &known.resolutions {
        let text = it.text.text_or(&erased).to_owned();
        let mut link = |path: String, key: &str| {
            links.push((path, page.say_with(key, &[("text", text.clone())])));
        };
        if it.carried_out.is_some() {
            link(format!("{url}/effect?resolution={id}"), "review-effect-of");
            continue;
        }
        if matches!(phase, Phase::Preparing | Phase::Held) {
            let item = <&str>::from(it.item);
            link(format!("{url}/resolve?item={item}&resolution={id}"), "review-resolve-anew");
            link(format!("{url}/drop?resolution={id}"), "review-drop-of");
        }
        if phase == Phase::Approved {
            link(format!("{url}/resolutions/{id}"), "review-carry-out-of");
        }
    }
    links
}
