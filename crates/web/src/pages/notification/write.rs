//! `/cases/{year}/{sequence}/notification/own/{view}/{section}`: one's own words for the fields of
//! a section, in place of what the case proposes.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{FromRequestParts, Path, State};
use axum::http::request::Parts;
use axum::response::Response;
use domain::Erasable;
use domain::case::{OpenCase, Request, command};
use domain::category::ChoiceValue;
use domain::ids::CaseNumber;
use domain::notification::{
    FieldId, FieldKind, Filled, NotificationBook, Prepared, Value, ViewSection,
};
use serde::Deserialize;
use service::{CaseSight, HandleError, Step};

use super::shown::is_written;
use super::{book, next, notification_url};
use crate::App;
use crate::answer;
use crate::fault::Fault;
use crate::forms::reader::TEXT_CHARACTERS_MAX;
use crate::forms::{Choice, Field, Form, Posted, Problem};
use crate::identity::{Person, Sent};
use crate::page::Page;
use crate::pages::case::path::CasePath;
use crate::refusal;
use crate::routes;
use crate::times::Zone;

const FAMILY: &str = "notice";

/// More choices than this are shown in a list that opens.
const RADIOS_MAX: usize = 6;

#[derive(Template)]
#[template(path = "notification_write.html")]
struct WritePage {
    page: Page,
    number: CaseNumber,
    own: String,
    action: String,
    title: String,
    form: Form,
    inputs: Vec<Input>,
}

/// A field, by how it is drawn.
enum Input {
    Line(Field),
    Number(Field),
    Day(Field),
    Moment(Field),
    Area(Field),
    Select(Field),
    Radios(Field),
    Ticks(Field),
}

/// The section an address names.
#[derive(Deserialize)]
pub(crate) struct AtSection {
    view: String,
    section: String,
}

/// `GET /cases/{year}/{sequence}/notification/own/{view}/{section}`
pub(crate) async fn show(
    State(app): State<App>,
    by: Person,
    path: CasePath,
    at: AtSection,
) -> Result<Response, Fault> {
    let (seen, book) = open(&app, &by, path, &at).await?;
    let section = at.find(&book)?;
    let prepared = next(&book, &seen.file.known, &by.page);
    let values = filled(&by.page, &prepared, section);
    let form = Form::new(&by.page, FAMILY, values);
    Ok(answer::page(&page(by.page, path, &at, section, &prepared, form)))
}

/// `POST /cases/{year}/{sequence}/notification/own/{view}/{section}`
pub(crate) async fn write(
    State(app): State<App>,
    path: CasePath,
    at: AtSection,
    Sent { by, form }: Sent<Person>,
) -> Result<Response, Fault> {
    let (case, number) = path.find(&app)?;
    let key = form.key().ok_or(Fault::Unreadable)?;
    let (seen, book) = open(&app, &by, path, &at).await?;
    let section = at.find(&book)?;
    let prepared = next(&book, &seen.file.known, &by.page);
    let problems = match read(&by.page, &seen.file.known, &prepared, section, &form) {
        Err(problems) => problems,
        Ok(fields) => {
            let fields = Erasable::known(fields);
            let draft = command::DraftNotification { fields, book: None };
            let request = Request::DraftNotification(draft);
            match app.service().step(&by.who, case, request, key).await {
                Ok(()) => {
                    let own = notification_url(number);
                    let back = format!("{own}?view={}&done=yes#{}", at.view, at.section);
                    return Ok(answer::go(&back));
                }
                Err(HandleError::Refused(refused)) => vec![refusal::problem(&by.page, &refused)],
                Err(error) => return Err(error.into()),
            }
        }
    };
    let form = Form::returned(&by.page, FAMILY, form, problems);
    Ok(answer::returned(&page(by.page, path, &at, section, &prepared, form)))
}

async fn open(
    app: &App,
    by: &Person,
    path: CasePath,
    at: &AtSection,
) -> Result<(CaseSight, NotificationBook), Fault> {
    let (case, _) = path.find(app)?;
    let seen = app.service().case_file(&by.who, case, routes::NOTICE_WRITE).await?;
    let is_open = !seen.file.standing.phase().is_closed();
    if !is_open || !seen.steps.contains(&Step::DraftNotification) {
        return Err(Fault::NotPermitted);
    }
    Ok((seen, book(app, Some(&at.view))?))
}

fn page(
    page: Page,
    path: CasePath,
    at: &AtSection,
    section: &ViewSection,
    prepared: &Prepared<'_>,
    form: Form,
) -> WritePage {
    let number = path.number();
    let own = notification_url(number);
    let inputs = fields(prepared, section).map(|it| input(&page, &form, it)).collect();
    WritePage {
        number,
        action: format!("{own}/own/{}/{}", at.view, at.section),
        own,
        title: section.title.text(page.language()).to_owned(),
        inputs,
        form,
        page,
    }
}

/// The fields of a section in which somebody may write, as things stand.
fn fields<'a>(
    prepared: &'a Prepared<'a>,
    section: &'a ViewSection,
) -> impl Iterator<Item = &'a Filled<'a>> {
    let ids = section.items.iter().flat_map(|item| &item.fields);
    ids.filter_map(|id| prepared.field(*id)).filter(|it| is_written(it))
}

fn name(id: FieldId) -> String {
    format!("f{id}")
}

/// What stands in the fields, as a form sends it.
fn filled(page: &Page, prepared: &Prepared<'_>, section: &ViewSection) -> Posted {
    fields(prepared, section).fold(Posted::default(), |posted, it| {
        let name = name(it.field.id);
        match it.value() {
            None => posted,
            Some(Value::Text(text)) => posted.and(&name, text),
            Some(Value::Number(number)) => posted.and(&name, number),
            Some(Value::Day(day)) => posted.and(&name, day),
            Some(Value::Moment(at)) => posted.and(&name, page.zone().input_value(*at)),
            Some(chosen) => {
                chosen.chosen().fold(posted, |posted, choice| posted.and(&name, choice))
            }
        }
    })
}

fn input(page: &Page, form: &Form, it: &Filled<'_>) -> Input {
    let field = it.field;
    let language = page.language();
    let help = field.help.as_ref().map(|help| help.text(language).to_owned());
    let drawn = form.worded(&name(field.id), field.label.text(language).to_owned(), help);
    let drawn = drawn.marked(page.say_with("notice-field", &[("id", field.id.to_string())]));
    let choice = |it: &domain::notification::Choice| Choice::new(&it.id, it.label.text(language));
    let choices: Vec<Choice> = field.choices.iter().map(choice).collect();
    match field.kind {
        FieldKind::Text => Input::Line(drawn),
        FieldKind::Number => Input::Number(drawn),
        FieldKind::Date => Input::Day(drawn),
        FieldKind::Moment => Input::Moment(drawn),
        FieldKind::Area => Input::Area(drawn),
        FieldKind::Choice if RADIOS_MAX < choices.len() => Input::Select(drawn.with(choices)),
        FieldKind::Choice => Input::Radios(drawn.with(choices)),
        FieldKind::Choices => Input::Ticks(drawn.with(choices)),
    }
}

/// The fields that get another answer of one's own, or none any more: what is left empty, and what
/// the case proposes anyway, is nobody's own.
fn read(
    page: &Page,
    case: &OpenCase,
    prepared: &Prepared<'_>,
    section: &ViewSection,
    form: &Posted,
) -> Result<BTreeMap<FieldId, Option<Value>>, Vec<Problem>> {
    let own = case.authority.draft.as_ref().and_then(|draft| draft.fields.get());
    let mut changes = BTreeMap::new();
    let mut problems = Vec::new();
    for it in fields(prepared, section) {
        let name = name(it.field.id);
        let value = match value(page.zone(), it, form, &name) {
            Ok(value) => value,
            Err(key) => {
                let label = it.field.label.text(page.language()).to_owned();
                let arguments = [("label", label), ("max", TEXT_CHARACTERS_MAX.to_string())];
                let sentence = page.say_with(key, &arguments);
                problems.push(Problem { field: Some(name), sentence });
                continue;
            }
        };
        let is_proposed = value.as_ref() == it.proposed.as_ref().map(|(value, _)| value);
        let wanted = value.filter(|_| !is_proposed);
        if wanted.as_ref() != own.and_then(|own| own.get(&it.field.id)) {
            changes.insert(it.field.id, wanted);
        }
    }
    if problems.is_empty() { Ok(changes) } else { Err(problems) }
}

/// What was sent for one field, or the key of what is wrong with it.
fn value(
    zone: Zone,
    it: &Filled<'_>,
    form: &Posted,
    name: &str,
) -> Result<Option<Value>, &'static str> {
    let text = form.text(name);
    let choice = |word: &str| {
        let known = ChoiceValue::new(word).ok().filter(|word| it.field.choice(word).is_some());
        known.ok_or("problem-not-a-choice")
    };
    if TEXT_CHARACTERS_MAX < text.chars().count() {
        return Err("problem-too-long");
    }
    if text.is_empty() {
        return Ok(None);
    }
    Ok(Some(match it.field.kind {
        FieldKind::Text | FieldKind::Area => Value::Text(text.to_owned()),
        FieldKind::Number => Value::Number(text.parse().map_err(|_| "problem-not-a-number")?),
        FieldKind::Date => Value::Day(Zone::read_day(text).ok_or("problem-not-a-time")?),
        FieldKind::Moment => Value::Moment(zone.read(text).map_err(|_| "problem-not-a-time")?),
        FieldKind::Choice => Value::One(choice(text)?),
        FieldKind::Choices => Value::Several(form.all(name).map(choice).collect::<Result<_, _>>()?),
    }))
}

impl AtSection {
    fn find<'a>(&self, book: &'a NotificationBook) -> Result<&'a ViewSection, Fault> {
        let mut sections = book.view.sections.iter();
        sections.find(|section| section.id.as_str() == self.section).ok_or(Fault::NotFound)
    }
}

impl FromRequestParts<App> for AtSection {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fault> {
        let path = Path::<Self>::from_request_parts(parts, app).await;
        path.map(|Path(path)| path).map_err(|_| Fault::NotFound)
    }
}
