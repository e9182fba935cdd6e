//! Deadlines worked out by hand, across clock changes, holidays and ends of months.

use super::*;

const NO: Calendar = Calendar { jurisdiction: Jurisdiction::No, zone: Tz::Europe__Oslo };
const SE: Calendar = Calendar { jurisdiction: Jurisdiction::Se, zone: Tz::Europe__Stockholm };

/// A time on the clock in Oslo, which is also Stockholm's.
fn at(time: &str) -> Time {
    let local = chrono::NaiveDateTime::parse_from_str(time, "%Y-%m-%d %H:%M:%S").unwrap();
    Tz::Europe__Oslo.from_local_datetime(&local).earliest().unwrap().to_utc()
}

fn local(time: Time) -> String {
    time.with_timezone(&Tz::Europe__Oslo).format("%Y-%m-%d %H:%M:%S").to_string()
}

fn due(length: Length, start: &str, calendar: Calendar) -> String {
    local(length.due_at(at(start), calendar))
}

#[test]
fn hours_elapse_whatever_the_wall_clock_and_the_calendar_say() {
    for (start, end) in [
        // The clocks go forward, and back.
        ("2026-03-27 15:30:00", "2026-03-30 16:30:00"),
        ("2026-10-23 15:30:00", "2026-10-26 14:30:00"),
        // Easter, and 17 May.
        ("2026-04-01 14:00:00", "2026-04-04 14:00:00"),
        ("2026-05-13 16:30:00", "2026-05-16 16:30:00"),
    ] {
        assert_eq!(due(Length::Hours(72), start, NO), end);
    }
}

#[test]
fn days_and_weeks_end_with_their_last_day_off_or_not() {
    // 28 days from Thursday 26 February; the last day is the Thursday before Palm Sunday.
    assert_eq!(due(Length::Days(28), "2026-02-26 09:00:00", SE), "2026-03-26 23:59:59");
    // The last day is Saturday 4 April, and stays it.
    assert_eq!(due(Length::Days(28), "2026-03-07 09:00:00", SE), "2026-04-04 23:59:59");
}

#[test]
fn working_days_leave_out_what_the_jurisdiction_leaves_out() {
    // Maundy Thursday is a working day in Sweden alone; Easter Monday in neither.
    assert_eq!(due(Length::WorkingDays(1), "2026-04-01 10:00:00", NO), "2026-04-07 23:59:59");
    assert_eq!(due(Length::WorkingDays(1), "2026-04-01 10:00:00", SE), "2026-04-02 23:59:59");
    assert_eq!(due(Length::WorkingDays(2), "2026-04-01 10:00:00", SE), "2026-04-07 23:59:59");
    // 18 May 2026 is the Monday after Constitution Day, and Whit Monday a week later.
    assert_eq!(due(Length::WorkingDays(2), "2026-05-13 10:00:00", NO), "2026-05-18 23:59:59");
    assert_eq!(due(Length::WorkingDays(1), "2026-05-22 10:00:00", NO), "2026-05-26 23:59:59");
    assert_eq!(due(Length::WorkingDays(1), "2026-05-22 10:00:00", SE), "2026-05-25 23:59:59");
    // The day of the start is never counted, and Saturday's report has Monday.
    assert_eq!(due(Length::WorkingDays(1), "2026-03-07 10:00:00", NO), "2026-03-09 23:59:59");
}

#[test]
fn a_month_ends_on_the_same_day_or_on_the_last() {
    for (start, end) in [
        ("2026-01-15 10:00:00", "2026-02-15 23:59:59"),
        ("2026-01-31 10:00:00", "2026-02-28 23:59:59"),
        ("2028-01-31 10:00:00", "2028-02-29 23:59:59"),
        ("2026-05-31 10:00:00", "2026-06-30 23:59:59"),
        // Into summer time, and just before midnight of the local day.
        ("2026-03-10 10:00:00", "2026-04-10 23:59:59"),
        ("2026-12-31 23:30:00", "2027-01-31 23:59:59"),
    ] {
        assert_eq!(due(Length::Months(1), start, SE), end);
    }
}

#[test]
fn under_the_regulation_hours_begin_with_the_next_full_hour() {
    let reading = NO.reading(at("2020-12-22 12:17:00"), Length::Hours(72));
    assert_eq!(local(reading.rounded), "2020-12-25 13:00:00");
    // Wednesday and Thursday are two working days.
    assert_eq!(reading.two_working_days, None);
    let on_the_hour = NO.reading(at("2026-03-02 08:00:00"), Length::Hours(72));
    assert_eq!(local(on_the_hour.rounded), "2026-03-05 09:00:00");
}

#[test]
fn under_the_regulation_two_working_days_may_be_asked_for() {
    // From Wednesday 1 April before Easter: Tuesday 7 and Wednesday 8 are the two.
    let easter = NO.reading(at("2026-04-01 14:00:00"), Length::Hours(72));
    assert_eq!(local(easter.rounded), "2026-04-04 15:00:00");
    assert_eq!(easter.two_working_days.map(local).as_deref(), Some("2026-04-08 23:59:59"));
    // In Sweden Maundy Thursday is the first of them.
    let swedish = SE.reading(at("2026-04-01 14:00:00"), Length::Hours(72));
    assert_eq!(swedish.two_working_days.map(local).as_deref(), Some("2026-04-07 23:59:59"));
    // A period of a day asks for none.
    let day = NO.reading(at("2026-04-01 14:00:00"), Length::Hours(24));
    assert_eq!((local(day.rounded).as_str(), day.two_working_days), ("2026-04-02 15:00:00", None));
}

#[test]
fn under_the_regulation_a_period_of_days_ends_on_a_working_day() {
    // The last day is Saturday 4 April; Tuesday follows Easter.
    let reading = SE.reading(at("2026-03-07 09:00:00"), Length::Days(28));
    assert_eq!(local(reading.rounded), "2026-04-07 23:59:59");
    assert_eq!(reading.two_working_days, None);
}

#[test]
fn a_day_ends_where_the_next_one_begins() {
    // The day on which the clocks go back has 25 hours.
    let day = NaiveDate::from_ymd_opt(2026, 10, 25).unwrap();
    let length = NO.end_of(day) - NO.end_of(day.pred_opt().unwrap());
    assert_eq!(length, TimeDelta::hours(25));
}
