//! The public holidays of Norway and Sweden, those that move computed from Easter.
//!
//! Eves on which many are free, such as Midsummer Eve, are working days here: the stricter reading.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::Jurisdiction;

/// Whether a day is a public holiday there. Sundays that are no feast of their own are not.
#[must_use]
pub fn is_holiday(day: NaiveDate, jurisdiction: Jurisdiction) -> bool {
    let fixed: &[(u32, u32)] = match jurisdiction {
        Jurisdiction::No => &[(1, 1), (5, 1), (5, 17), (12, 25), (12, 26)],
        Jurisdiction::Se => &[(1, 1), (1, 6), (5, 1), (6, 6), (12, 25), (12, 26)],
    };
    // Days after Easter Sunday: Good Friday, both days of Easter, Ascension, Whit Sunday; in Norway
    // Maundy Thursday and Whit Monday too.
    let from_easter: &[i64] = match jurisdiction {
        Jurisdiction::No => &[-3, -2, 0, 1, 39, 49, 50],
        Jurisdiction::Se => &[-2, 0, 1, 39, 49],
    };
    let after_easter = (day - easter_sunday(day.year())).num_days();
    fixed.contains(&(day.month(), day.day()))
        || from_easter.contains(&after_easter)
        || (jurisdiction == Jurisdiction::Se && is_swedish_saturday(day))
}

/// Midsummer Day and All Saints' Day, which are the Saturdays of their weeks.
fn is_swedish_saturday(day: NaiveDate) -> bool {
    let is_in = |month, first: u32| {
        let begins = NaiveDate::from_ymd_opt(day.year(), month, first);
        begins.is_some_and(|begins| begins <= day && day < begins + Days::new(7))
    };
    day.weekday() == Weekday::Sat && (is_in(6, 20) || is_in(10, 31))
}

/// Easter Sunday of the Gregorian calendar, by the computation of Meeus, Jones and Butcher.
fn easter_sunday(year: i32) -> NaiveDate {
    let (golden, century, in_century) = (year % 19, year / 100, year % 100);
    let skipped_leap = century - century / 4;
    let moon = (century + 8) / 25;
    let epact = (19 * golden + skipped_leap - (century - moon + 1) / 3 + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (in_century / 4) - epact - in_century % 4) % 7;
    let correction = (golden + 11 * epact + 22 * weekday) / 451;
    let days = epact + weekday - 7 * correction + 114;
    let part = |number: i32| u32::try_from(number).expect("a month or a day is positive");
    NaiveDate::from_ymd_opt(year, part(days / 31), part(days % 31 + 1))
        .expect("Easter is in March or April")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    fn holidays(year: i32, jurisdiction: Jurisdiction) -> Vec<String> {
        let days = day(year, 1, 1).iter_days().take_while(|day| day.year() == year);
        let holidays = days.filter(|day| is_holiday(*day, jurisdiction));
        holidays.map(|day| day.format("%m-%d").to_string()).collect()
    }

    #[test]
    fn easter_falls_where_the_tables_have_it() {
        for (year, month, of_month) in [
            (2008, 3, 23),
            (2011, 4, 24),
            (2024, 3, 31),
            (2025, 4, 20),
            (2026, 4, 5),
            (2027, 3, 28),
            (2038, 4, 25),
        ] {
            assert_eq!(easter_sunday(year), day(year, month, of_month));
        }
    }

    #[test]
    fn the_norwegian_holidays_of_2026_are_these() {
        let expected = [
            "01-01", "04-02", "04-03", "04-05", "04-06", "05-01", "05-14", "05-17", "05-24",
            "05-25", "12-25", "12-26",
        ];
        assert_eq!(holidays(2026, Jurisdiction::No), expected);
    }

    #[test]
    fn the_swedish_holidays_of_2026_are_these() {
        let expected = [
            "01-01", "01-06", "04-03", "04-05", "04-06", "05-01", "05-14", "05-24", "06-06",
            "06-20", "10-31", "12-25", "12-26",
        ];
        assert_eq!(holidays(2026, Jurisdiction::Se), expected);
    }
}
