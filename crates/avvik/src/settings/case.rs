//! When those who have a part in a case are reminded, and how long a link to a question works.

use service::settings::CaseSettings;

use super::reader::Reader;
use super::value::Value;

const REVIEW_DAYS: &str = "a whole number from 1 to 1095";
const REMINDER_HOURS: &str = "a whole number from 1 to 336";
const LINK_DAYS: &str = "a whole number from 1 to 90";

/// Reads the table `[case]`.
pub(super) fn ask(reader: &mut Reader) -> CaseSettings {
    let standard = CaseSettings::default();
    let up_to = |max: i64| {
        move |value: &Value| value.number(1..=max).and_then(|number| u32::try_from(number).ok())
    };
    let mut ask = |key, allowed, max| reader.ask("case", key, allowed, up_to(max));
    let effect_review_days = ask("effect_review_days", REVIEW_DAYS, 1095);
    let reminder_hours = ask("reminder_hours", REMINDER_HOURS, 336);
    let link_days = ask("link_days", LINK_DAYS, 90);
    CaseSettings {
        effect_review_days: effect_review_days.unwrap_or(standard.effect_review_days),
        reminder_hours: reminder_hours.unwrap_or(standard.reminder_hours),
        link_days: link_days.unwrap_or(standard.link_days),
    }
}
