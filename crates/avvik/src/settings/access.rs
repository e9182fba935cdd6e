//! For how long a case is open outside one's role, and from where on reading is unusual.

use std::ops::RangeInclusive;

use service::settings::AccessSettings;

use super::reader::Reader;
use super::value::Value;

/// Reads the table `[access]`.
pub(super) fn ask(reader: &mut Reader) -> AccessSettings {
    let standard = AccessSettings::default();
    let mut number = |key, allowed, bounds: RangeInclusive<i64>, standard| {
        let read = |value: &Value| value.number(bounds.clone())?.try_into().ok();
        reader.ask("access", key, allowed, read).unwrap_or(standard)
    };
    let count = "a whole number from 2 to 10000";
    AccessSettings {
        outside_role_minutes: number(
            "outside_role_minutes",
            "a whole number from 5 to 1440",
            5..=1_440,
            standard.outside_role_minutes,
        ),
        cases_an_hour: number("cases_an_hour", count, 2..=10_000, standard.cases_an_hour),
        times_usual: number(
            "times_usual",
            "a whole number from 1 to 100",
            1..=100,
            standard.times_usual,
        ),
        old_cases_a_day: number("old_cases_a_day", count, 2..=10_000, standard.old_cases_a_day),
        old_after_days: number(
            "old_after_days",
            "a whole number from 1 to 36500",
            1..=36_500,
            standard.old_after_days,
        ),
        refused_a_day: number("refused_a_day", count, 2..=10_000, standard.refused_a_day),
        export_rows_a_day: number(
            "export_rows_a_day",
            "a whole number from 2 to 1000000",
            2..=1_000_000,
            standard.export_rows_a_day,
        ),
        listed_rows_a_day: number(
            "listed_rows_a_day",
            "a whole number from 2 to 1000000",
            2..=1_000_000,
            standard.listed_rows_a_day,
        ),
        searches_a_day: number("searches_a_day", count, 2..=10_000, standard.searches_a_day),
    }
}
