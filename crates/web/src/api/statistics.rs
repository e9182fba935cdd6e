//! Figures on cases and measures, as tables for programs.

use axum::Json;
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use domain::ids::UnitId;
use serde::{Deserialize, Serialize};
use service::who_looked::Leaves;
use service::{AsOf, FiguresAsked, FiguresSeen, FiguresSight};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use views::statistics::{self, Column, Label};

use super::asked::{Caller, Query};
use super::failure::Failure;
use super::problem::{FieldProblem, Place};
use super::problems::ListProblems;
use crate::api::instant::near;
use crate::pages::register::asked::known_at;
use crate::pages::statistics::asked::YEARS_BEFORE;
use crate::times::Zone;

/// Which figures are asked for.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct StatisticsQuery {
    /// Cases reported on this day or later. Left out with `until`, it is this year for the data
    /// protection officer, and for others the last year that has passed: they ask for whole years
    /// that have.
    #[param(example = "2025-01-01")]
    #[serde(default, deserialize_with = "near")]
    from: Option<NaiveDate>,
    /// Cases reported on this day or earlier.
    #[param(example = "2025-12-31")]
    #[serde(default, deserialize_with = "near")]
    until: Option<NaiveDate>,
    /// With how many years before it is compared: 1 when left out, never more than 4.
    years_before: Option<u8>,
    /// Cases of this unit and those below it; for the data protection officer.
    unit: Option<Uuid>,
    /// As it was known when this day ended, in the organisation's time zone; for the data
    /// protection officer.
    #[param(example = "2026-03-01")]
    #[serde(default, deserialize_with = "near")]
    as_of: Option<NaiveDate>,
}

/// Figures in tables. Counts under five that could point to a person are left out, and with them
/// what would tell them.
#[derive(Serialize, ToSchema)]
pub(crate) struct StatisticsBody {
    /// The last place in the log that they count.
    position: u64,
    /// The moment as of which they are told.
    at: DateTime<Utc>,
    /// Of which unit and those below it; `null` for all.
    unit: Option<Uuid>,
    /// The tables.
    tables: Vec<Table>,
}

/// Figures that are read together.
#[derive(Serialize, ToSchema)]
pub(crate) struct Table {
    /// Which table: `key_figures`, `months`, `units` and so on.
    key: String,
    /// What each cell of a row is about.
    columns: Vec<ColumnBody>,
    /// The rows.
    rows: Vec<RowBody>,
}

/// What a cell is about: days, or a word.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum ColumnBody {
    /// Cases, or measures, of these days.
    Span {
        /// The first day.
        from: NaiveDate,
        /// The last day.
        until: NaiveDate,
    },
    /// Something else.
    Word {
        /// What.
        word: String,
    },
}

/// A row.
#[derive(Serialize, ToSchema)]
pub(crate) struct RowBody {
    /// What it is about: a month such as `2025-03`, the identifier of a unit, a category, a word,
    /// or `total`.
    row: String,
    /// The figures, one for each column.
    cells: Vec<CellBody>,
}

/// A figure. Of its fields those are there that say something; where none does there is nothing to
/// tell, as of a month that has not begun.
#[derive(Serialize, ToSchema, Default)]
pub(crate) struct CellBody {
    /// So many; of a share, so many of `of`.
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<u64>,
    /// Of a share, of how many.
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<u64>,
    /// A time, in minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    minutes: Option<u64>,
    /// Whether it is left out.
    suppressed: bool,
}

/// Read figures
///
/// Figures on cases and measures in tables (`docs/decisions/0032-statistics.md`). They are those
/// that leave the data protection officer's desk, whoever asks. It is noted as an export in the
/// access log. Those of a day that has passed are counted anew from the log each time.
#[utoipa::path(
    get, path = "/statistics", tag = super::REGISTER, operation_id = "read_statistics",
    params(StatisticsQuery),
    responses((status = 200, description = "The figures.", body = StatisticsBody), ListProblems),
)]
pub(crate) async fn read(
    caller: Caller,
    Query(asked): Query<StatisticsQuery>,
) -> Result<Json<StatisticsBody>, Failure> {
    let service = caller.service();
    let unfit = |field: &str| Failure::field(Place::Query, field, FieldProblem::Unfit);
    let now = service.now();
    let sight = FiguresSight::of(&caller.who).ok_or(service::LookUpError::NotPermitted)?;
    let this_year = service.settings().duties.calendar.day_of(now).year();
    let year = if sight == FiguresSight::Desk { this_year } else { this_year - 1 };
    let year = statistics::Span::year(year).expect("the clock's year has days");
    let (from, until) = (asked.from.unwrap_or(year.first), asked.until.unwrap_or(year.last));
    let span = statistics::Span::new(from, until).ok_or_else(|| unfit("until"))?;
    let zone = Zone::from(service.settings().zone);
    let then = asked.as_of.map(|day| known_at(zone, day, now)).transpose();
    let as_of = then.map_err(|_| unfit("as_of"))?.flatten().map_or(AsOf::Now, AsOf::Moment);
    let years_before = asked.years_before.unwrap_or(YEARS_BEFORE);
    let asked = FiguresAsked { span, years_before, unit: asked.unit.map(UnitId), as_of };
    let page = "/api/v1/statistics";
    let seen = service.statistics(&caller.who, asked, Leaves::Yes, page).await?;
    Ok(Json(StatisticsBody::new(&seen)))
}

impl StatisticsBody {
    fn new(seen: &FiguresSeen) -> Self {
        Self {
            position: seen.statistics.position.0,
            at: seen.at,
            unit: seen.unit.map(|unit| unit.0),
            tables: seen.statistics.tables.iter().map(Table::new).collect(),
        }
    }
}

impl Table {
    /// A table as programs are told it.
    pub(super) fn new(table: &statistics::Table) -> Self {
        let row = |row: &statistics::Row| RowBody {
            row: name(&row.label),
            cells: row.cells.iter().map(|cell| CellBody::new(*cell)).collect(),
        };
        Self {
            key: <&str>::from(table.key).to_owned(),
            columns: table.columns.iter().map(|column| ColumnBody::new(*column)).collect(),
            rows: table.rows.iter().map(row).collect(),
        }
    }
}

impl ColumnBody {
    fn new(column: Column) -> Self {
        match column {
            Column::Span(span) => Self::Span { from: span.first, until: span.last },
            Column::Word(word) => Self::Word { word: word.to_owned() },
        }
    }
}

impl CellBody {
    fn new(cell: statistics::Cell) -> Self {
        use statistics::Cell;
        let nothing = Self::default();
        match cell {
            Cell::Count(count) => Self { count: Some(count), ..nothing },
            Cell::Share { part, of } => Self { count: Some(part), of: Some(of), ..nothing },
            Cell::Minutes(minutes) => Self { minutes: Some(minutes), ..nothing },
            // What is expected of a unit does not leave the desk.
            Cell::Suppressed | Cell::Tenths(_) => Self { suppressed: true, ..nothing },
            Cell::Nothing | Cell::NotBegun => nothing,
        }
    }
}

fn name(label: &Label) -> String {
    match label {
        Label::Month(month) => format!("{}-{:02}", month.year, month.month),
        Label::Unit(unit, _) => unit.to_string(),
        Label::Category(category) => category.to_string(),
        Label::Word(word) => (*word).to_owned(),
        Label::Total => "total".to_owned(),
    }
}
