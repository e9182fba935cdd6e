//! Times and days as programs send them.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use domain::YEARS;
use serde::de::Error;
use serde::{Deserialize, Deserializer};

/// A time or a day, or none where it may be left out.
pub(crate) trait InYear {
    /// The year it lies in.
    fn in_year(&self) -> Option<i32>;
}

impl InYear for DateTime<Utc> {
    fn in_year(&self) -> Option<i32> {
        Some(self.year())
    }
}

impl InYear for NaiveDate {
    fn in_year(&self) -> Option<i32> {
        Some(self.year())
    }
}

impl<T: InYear> InYear for Option<T> {
    fn in_year(&self) -> Option<i32> {
        self.as_ref().and_then(T::in_year)
    }
}

/// What lies in one of the years that are taken.
pub(crate) fn in_years<T: InYear>(read: T) -> Option<T> {
    read.in_year().is_none_or(|year| YEARS.contains(&year)).then_some(read)
}

/// Reads what lies in one of the years that are taken.
pub(crate) fn near<'de, D, T>(from: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + InYear,
{
    in_years(T::deserialize(from)?).ok_or_else(|| D::Error::custom("a year of four digits"))
}
