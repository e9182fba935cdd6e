//! What can be said to `avvik demo-data`.

use chrono::NaiveDate;
use clap::{Args, value_parser};

use super::Place;

/// Fill an empty data directory with some years of an invented municipality.
///
/// Every step is taken by a real command at an invented time. The same seed, extent and last day
/// make the same cases; keys and passwords are new each time. Only for looking at, showing and
/// measuring: `avvik serve --demo` alone opens what it makes.
#[derive(Debug, Args)]
pub(crate) struct DemoData {
    #[command(flatten)]
    pub(crate) place: Place,
    /// How many years, from 1 to 10.
    #[arg(long, value_name = "N", default_value = "3")]
    #[arg(value_parser = value_parser!(u32).range(1..=10))]
    pub(crate) years: u32,
    /// How many cases in each of them, from 1 to 20000.
    #[arg(long, value_name = "N", default_value = "400")]
    #[arg(value_parser = value_parser!(u32).range(1..=20_000))]
    pub(crate) cases_per_year: u32,
    /// What makes these years other ones.
    #[arg(long, value_name = "N", default_value = "1")]
    pub(crate) seed: u64,
    /// The day after the last one; today when left out.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) until: Option<NaiveDate>,
    /// Say what was made as one line of JSON, after the people.
    #[arg(long)]
    pub(crate) json: bool,
}
