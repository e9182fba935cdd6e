//! `/statistics`: figures on cases and measures in tables, each with its chart and its files; the
//! whole as a workbook. `/dashboard`: those of the last 30 and 365 days.

pub(crate) mod asked;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use domain::Time;
use service::statistics::DASHBOARD_DAYS;
use service::who_looked::Leaves;
use service::{Dashboard, FiguresAsked, FiguresSeen};
use views::statistics::Key;

use self::asked::Asked;
use crate::App;
use crate::answer;
use crate::charts;
use crate::fault::Fault;
use crate::figures::{Teller, Told};
use crate::forms::Form;
use crate::forms::field::Field;
use crate::identity::Person;
use crate::names::Names;
use crate::page::Page;
use crate::routes;
use crate::sheet::{self, file};

/// The tables that the dashboard tells of.
const ON_DASHBOARD: [Key; 7] = [
    Key::KeyFigures,
    Key::Units,
    Key::Categories,
    Key::Kinds,
    Key::ToNotification,
    Key::Measures,
    Key::Silence,
];

#[derive(Template)]
#[template(path = "statistics.html")]
struct StatisticsPage {
    page: Page,
    form: Form,
    fields: Vec<Shown>,
    /// Of which unit and those below it.
    unit: Option<String>,
    /// The moment as of which it is told, where that is not now.
    as_of: Option<Time>,
    is_published: bool,
    /// Whether that is because they are involved in a case that is counted.
    counts_own: bool,
    /// What was asked for, for the files.
    query: String,
    tables: Vec<ShownTable>,
}

#[derive(Template)]
#[template(path = "dashboard.html")]
struct DashboardPage {
    page: Page,
    unit: Option<String>,
    is_published: bool,
    counts_own: bool,
    /// How many cases the last 30 days have.
    lately: String,
    tables: Vec<ShownTable>,
}

/// A field of the form.
enum Shown {
    Day(Field),
    Choice(Field, String),
}

/// A table with its chart.
struct ShownTable {
    told: Told,
    chart: Option<String>,
}

/// A file that a table is handed out as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::EnumString)]
#[strum(serialize_all = "snake_case")]
enum Kind {
    Csv,
    Svg,
    Png,
}

/// `GET /statistics`
pub(crate) async fn show(
    State(app): State<App>,
    person: Person,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let Person { page, who, .. } = person;
    let asked = Asked::read(&app, &page, &who, asked).ok_or(Fault::NotPermitted)?;
    let names = Names::new(&app, &page);
    let mut shown = StatisticsPage {
        form: asked.form(&page),
        fields: asked.fields(&page, &names),
        unit: None,
        as_of: asked.as_of(),
        is_published: false,
        counts_own: false,
        query: asked.query(),
        tables: Vec::new(),
        page,
    };
    let Some(figures) = asked.figures() else { return Ok(answer::returned(&shown)) };
    let route = routes::STATISTICS;
    let seen = app.service().statistics(&who, figures, Leaves::No, route).await?;
    let teller = Teller { texts: shown.page.texts(), names: &names };
    shown.unit = seen.unit.map(|unit| names.unit(unit));
    (shown.is_published, shown.counts_own) = (seen.is_published, seen.counts_own);
    shown.tables = shown_tables(teller, teller.every(&seen.statistics));
    Ok(answer::page(&shown))
}

/// `GET /statistics.xlsx`: every table, a sheet for each.
pub(crate) async fn book(
    State(app): State<App>,
    person: Person,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let (page, seen) = taken_out(&app, person, asked, routes::STATISTICS_XLSX).await?;
    let names = Names::new(&app, &page);
    let teller = Teller { texts: page.texts(), names: &names };
    let told = teller.every(&seen.statistics);
    sheet::tables::handed_out(&format!("{}.xlsx", page.say("statistics-file")), told).await
}

/// `GET /statistics/{file}`: one table as CSV, or its chart as SVG or PNG.
pub(crate) async fn hand_out(
    State(app): State<App>,
    person: Person,
    Path(name): Path<String>,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let (table, form) = name.split_once('.').ok_or(Fault::NotFound)?;
    let key: Key = table.parse().map_err(|_| Fault::NotFound)?;
    let form: Kind = form.parse().map_err(|_| Fault::NotFound)?;
    let (page, seen) = taken_out(&app, person, asked, routes::STATISTICS_FILE).await?;
    let names = Names::new(&app, &page);
    let teller = Teller { texts: page.texts(), names: &names };
    let table = seen.statistics.table(key).ok_or(Fault::NotFound)?;
    let told = teller.table(&seen.statistics, table);
    let name = format!("{}-{name}", page.say("statistics-file"));
    if form == Kind::Csv {
        return sheet::answer(&name, lines(told));
    }
    let chart = charts::chart(page.texts(), &told, charts::ROWS_MAX);
    let chart = chart.ok_or(Fault::NotFound)?.svg;
    if form == Kind::Svg {
        return Ok(file(&name, "image/svg+xml", chart.into_bytes()));
    }
    let picture = tokio::task::spawn_blocking(move || charts::picture(&chart));
    let picture = picture.await.expect("drawing does not panic");
    let picture = picture.map_err(|error| Fault::internal(&error))?;
    Ok(file(&name, "image/png", picture))
}

/// `GET /dashboard`
pub(crate) async fn dashboard(State(app): State<App>, person: Person) -> Result<Response, Fault> {
    let Person { page, who, .. } = person;
    let dashboard = app.service().dashboard(&who, routes::DASHBOARD).await?;
    let names = Names::new(&app, &page);
    let teller = Teller { texts: page.texts(), names: &names };
    let lately = teller.cell(dashboard.cases_of_month);
    let tables = shown_tables(teller, beside(&page, teller, &dashboard));
    let shown = DashboardPage {
        unit: dashboard.year.unit.map(|unit| names.unit(unit)),
        is_published: dashboard.year.is_published,
        counts_own: dashboard.year.counts_own,
        lately,
        tables,
        page,
    };
    Ok(answer::page(&shown))
}

/// The tables of the year, each with the last month beside it where that can be told.
fn beside(page: &Page, teller: Teller<'_>, dashboard: &Dashboard) -> Vec<Told> {
    let [year, month] = DASHBOARD_DAYS
        .map(|days| page.say_with("statistics-last-days", &[("days", u32::from(days))]));
    let before = page.say("statistics-year-before");
    let tables = teller.every(&dashboard.year.statistics).into_iter();
    let tables = tables.filter(|told| ON_DASHBOARD.contains(&told.table.key));
    let named = tables.map(|mut told| {
        let lately = dashboard.month.statistics.table(told.table.key);
        if told.table.key != Key::Silence {
            told.columns = vec![year.clone(), before.clone()];
            if let Some(lately) = lately {
                told.put_first(&month, &teller.table(&dashboard.month.statistics, lately));
            }
        }
        told
    });
    named.collect()
}

/// The figures that are asked for, as they leave the house.
async fn taken_out(
    app: &App,
    person: Person,
    asked: Vec<(String, String)>,
    route: &'static str,
) -> Result<(Page, FiguresSeen), Fault> {
    let Person { page, who, .. } = person;
    let asked = Asked::read(app, &page, &who, asked).ok_or(Fault::NotPermitted)?;
    let figures: FiguresAsked = asked.figures().ok_or(Fault::NotFound)?;
    let seen = app.service().statistics(&who, figures, Leaves::Yes, route).await?;
    Ok((page, seen))
}

/// The lines of a table as a sheet has them, the names of its columns first.
fn lines(told: Told) -> impl Iterator<Item = Vec<String>> {
    let heading = std::iter::once(told.of).chain(told.columns).collect();
    let rows = told.rows.into_iter();
    let rows = rows.map(|row| std::iter::once(row.label).chain(row.cells).collect());
    std::iter::once(heading).chain(rows)
}

/// Every table with its chart.
fn shown_tables(teller: Teller<'_>, tables: Vec<Told>) -> Vec<ShownTable> {
    let shown = |told| {
        let chart = charts::chart(teller.texts, &told, charts::ROWS_MAX).map(|it| it.svg);
        ShownTable { told, chart }
    };
    tables.into_iter().map(shown).collect()
}

impl StatisticsPage {
    /// The key of what is said of whom the figures are for.
    fn who_sees(&self) -> &'static str {
        if self.is_published { "statistics-published" } else { "statistics-on-desk" }
    }
}
