//! `/who-looked`: who looked at what and why, person by person, for the data protection officer;
//! also to print and as a sheet.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use chrono::{Datelike, Months, NaiveDate};
use domain::Time;
use domain::ids::{CaseNumber, UserId};
use service::who_looked::{Leaves, Looked, Looker, Looks, LooksAsked};

use super::access_log::{ground, list_title};
use super::case::path::case_url;
use crate::App;
use crate::answer;
use crate::fault::Fault;
use crate::forms::{Choice, Field, Form, Posted, Problem};
use crate::identity::Person;
use crate::names::Names;
use crate::page::Page;
use crate::paging::Paged;
use crate::routes;
use crate::sheet;

const FAMILY: &str = "who_looked";

/// Months that can be chosen: this one and those before.
const MONTHS: u32 = 24;

/// What the month is where all are asked for.
const ANY_MONTH: &str = "all";

#[derive(Template)]
#[template(path = "who_looked.html")]
struct WhoLookedPage {
    page: Page,
    form: Form,
    fields: Fields,
    /// Whether it is to be printed: everything at once, and no form.
    is_print: bool,
    /// What was asked for, for the sheet, for the paper and for the next page.
    query: String,
    made_at: Time,
    /// Of which case, if of one.
    case: Option<CaseNumber>,
    total: usize,
    number: usize,
    pages: usize,
    groups: Vec<Group>,
}

struct Fields {
    month: Field,
    case: Field,
    person: Field,
}

/// What one person looked at.
struct Group {
    who: String,
    rows: Vec<Row>,
}

/// Looks in words.
pub(super) struct Row {
    /// What was looked at.
    pub(super) what: String,
    /// Where it is.
    pub(super) url: Option<String>,
    /// By whom.
    pub(super) who: String,
    /// On which ground.
    pub(super) ground: String,
    /// What they opened the case for.
    pub(super) purposes: Vec<String>,
    /// What they searched for.
    pub(super) words: Vec<String>,
    /// How many rows they took out.
    pub(super) rows: Option<u32>,
    /// How many times.
    pub(super) times: u32,
    /// The first of them.
    pub(super) first: Time,
    /// The last of them.
    pub(super) last: Time,
}

/// What an address asks for.
struct Asked {
    posted: Posted,
    case: Result<Option<CaseNumber>, Problem>,
    looks: LooksAsked,
}

/// `GET /who-looked`
pub(crate) async fn show(
    State(app): State<App>,
    person: Person,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let asked = Asked::read(&app, &person.page, asked)?;
    listed(&app, person, asked, Leaves::No, routes::WHO_LOOKED).await
}

/// `GET /who-looked/print`: everything on one page.
pub(crate) async fn print(
    State(app): State<App>,
    person: Person,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let asked = Asked::read(&app, &person.page, asked)?;
    asked.case.as_ref().map_err(|_| Fault::NotFound)?;
    listed(&app, person, asked, Leaves::Yes, routes::WHO_LOOKED_PRINT).await
}

/// `GET /who-looked.csv`
pub(crate) async fn export(
    State(app): State<App>,
    person: Person,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let Person { page, who, .. } = person;
    let asked = Asked::read(&app, &page, asked)?;
    asked.case.as_ref().map_err(|_| Fault::NotFound)?;
    let service = app.service();
    let found = service.who_looked(&who, asked.looks, Leaves::Yes, routes::WHO_LOOKED_CSV).await?;
    let rows = rows(&app, &page, &found);
    let keys = ["who", "what", "ground", "purpose", "rows", "times", "first", "last"];
    let columns = keys.map(|key| page.say(&format!("who_looked-{key}"))).to_vec();
    let at = |at| sheet::moment(page.zone(), at);
    let lines = rows.into_iter().map(|it| {
        let purposes = it.purposes.join("\n");
        let rows = it.rows.map(|rows| rows.to_string()).unwrap_or_default();
        let times = it.times.to_string();
        vec![it.who, it.what, it.ground, purposes, rows, times, at(it.first), at(it.last)]
    });
    sheet::answer(&page.say("who_looked-file"), std::iter::once(columns).chain(lines))
}

async fn listed(
    app: &App,
    person: Person,
    asked: Asked,
    leaves: Leaves,
    route: &'static str,
) -> Result<Response, Fault> {
    let Person { page, who, .. } = person;
    let (case, problems) = match asked.case {
        Ok(case) => (case, Vec::new()),
        Err(problem) => (None, vec![problem]),
    };
    let is_wrong = !problems.is_empty();
    let mut found = app.service().who_looked(&who, asked.looks, leaves, route).await?;
    if is_wrong {
        found.clear();
    }
    let query = query_of(&asked.posted);
    let wanted = asked.posted.text("page").parse().unwrap_or(1);
    let form = Form::returned(&page, FAMILY, asked.posted, problems);
    let names = Names::new(app, &page);
    let fields = Fields {
        month: form.field("month").with(months(&page)),
        case: form.optional("case"),
        person: form.field("person").with(names.everybody()),
    };
    let rows = rows(app, &page, &found);
    let total = rows.len();
    let is_print = leaves == Leaves::Yes;
    let rows = if is_print { Paged::of(rows, 0, 1) } else { Paged::new(rows, wanted) };
    let (number, pages) = (rows.number, rows.pages);
    let groups = grouped(rows.items);
    let shown = WhoLookedPage {
        made_at: page.now(),
        page,
        form,
        fields,
        is_print,
        query,
        case,
        total,
        number,
        pages,
        groups,
    };
    Ok(if is_wrong { answer::returned(&shown) } else { answer::page(&shown) })
}

impl WhoLookedPage {
    /// The address of the list, up to the number of a page.
    fn address(&self) -> String {
        format!("{}?{}&page=", routes::WHO_LOOKED, self.query)
    }
}

impl Asked {
    fn read(app: &App, page: &Page, asked: Vec<(String, String)>) -> Result<Self, Fault> {
        let posted: Posted = asked.into_iter().collect();
        let month = Some(posted.text("month")).filter(|month| !month.is_empty());
        let month = month.map_or_else(|| in_address(this_month(page)), str::to_owned);
        let (from, until) = match month.as_str() {
            ANY_MONTH => (Time::MIN_UTC, Time::MAX_UTC),
            month => bounds(page, month)?,
        };
        let person = match posted.text("person") {
            "" => None,
            person => Some(person.parse::<UserId>().map_err(|_| Fault::NotFound)?),
        };
        let case = case_asked(app, page, posted.text("case"));
        let found = case.as_ref().ok().copied().flatten();
        let found = found.and_then(|number| app.service().find_case(number));
        let values = [("month", month.as_str()), ("case", posted.text("case"))];
        let values = values.into_iter().chain([("person", posted.text("person"))]);
        let values = values.chain([("page", posted.text("page"))]);
        let kept = values.fold(Posted::default(), |kept, (name, value)| kept.and(name, value));
        Ok(Self { case, looks: LooksAsked { from, until, case: found, person }, posted: kept })
    }
}

/// The case that an address asks for, if it asks for one.
fn case_asked(app: &App, page: &Page, number: &str) -> Result<Option<CaseNumber>, Problem> {
    if number.is_empty() {
        return Ok(None);
    }
    let number = number.parse::<CaseNumber>().ok();
    let found = number.filter(|number| app.service().find_case(*number).is_some());
    let sentence = || page.say("who_looked-no-case");
    found.map(Some).ok_or_else(|| Problem { field: Some("case".to_owned()), sentence: sentence() })
}

/// The month's first moment, and that of the next.
fn bounds(page: &Page, month: &str) -> Result<(Time, Time), Fault> {
    let first = NaiveDate::parse_from_str(&format!("{month}-01"), "%Y-%m-%d");
    let first = first.map_err(|_| Fault::NotFound)?;
    let next = first.checked_add_months(Months::new(1)).ok_or(Fault::NotFound)?;
    let begins =
        |day: NaiveDate| page.zone().read(&format!("{day}T00:00")).map_err(|_| Fault::NotFound);
    Ok((begins(first)?, begins(next)?))
}

fn this_month(page: &Page) -> NaiveDate {
    let today = page.zone().local(page.now()).date_naive();
    today.with_day(1).expect("a month has a first day")
}

fn in_address(month: NaiveDate) -> String {
    month.format("%Y-%m").to_string()
}

fn months(page: &Page) -> Vec<Choice> {
    let first = this_month(page);
    let months = (0..MONTHS).filter_map(|back| first.checked_sub_months(Months::new(back)));
    let named = |month: NaiveDate| {
        let name = page.say(&format!("month-{}", month.month()));
        Choice::new(in_address(month), format!("{name} {}", month.year()))
    };
    let any = Choice::new(ANY_MONTH, page.say("who_looked-any-month"));
    months.map(named).chain([any]).collect()
}

fn query_of(values: &Posted) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in values.fields() {
        if !value.is_empty() && name != "page" {
            query.append_pair(name, value);
        }
    }
    query.finish()
}

/// Looks in words, those of one person together, by name.
pub(super) fn rows(app: &App, page: &Page, looks: &[Looks]) -> Vec<Row> {
    let names = Names::new(app, page);
    let mut rows: Vec<(Looker, Row)> =
        looks.iter().map(|it| (it.by, row(page, &names, it))).collect();
    // Two people of the same name are two people.
    rows.sort_by(|(one, a), (other, b)| (&a.who, one).cmp(&(&b.who, other)));
    rows.into_iter().map(|(_, row)| row).collect()
}

fn row(page: &Page, names: &Names, looks: &Looks) -> Row {
    let (what, url) = match &looks.what {
        Looked::Case(number) => {
            (page.say_with("access_log-case", &[("number", *number)]), Some(case_url(*number)))
        }
        Looked::List(name) => (list_title(page, name), None),
        Looked::Search => (page.say("access_log-search"), None),
        Looked::Export(name) => {
            let list = list_title(page, name);
            (page.say_with("access_log-export", &[("list", list)]), None)
        }
    };
    let written = |texts: &[domain::Erasable<String>]| {
        let erased = page.say("erased");
        texts.iter().map(|it| it.text_or(&erased).to_owned()).collect()
    };
    Row {
        what,
        url,
        who: match looks.by {
            Looker::User(user) => names.person(user),
            Looker::Reporter => page.say("access_log-reporter"),
            Looker::Respondent => page.say("access_log-respondent"),
            Looker::Service => page.say("product"),
        },
        ground: ground(page, &looks.ground),
        purposes: written(&looks.purposes),
        words: written(&looks.words),
        rows: looks.rows,
        times: looks.times,
        first: looks.first,
        last: looks.last,
    }
}

fn grouped(rows: Vec<Row>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for row in rows {
        match groups.last_mut().filter(|group| group.who == row.who) {
            Some(group) => group.rows.push(row),
            None => groups.push(Group { who: row.who.clone(), rows: vec![row] }),
        }
    }
    groups
}
