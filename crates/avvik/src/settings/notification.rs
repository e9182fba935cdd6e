//! What the authority is told of the organisation, and in which form.

use service::NotificationSettings;

use super::PATH;
use super::reader::Reader;
use super::value::Value;

const TEXT: &str = "a text of at most 500 characters";
const SECTOR: &str = "public or private";

/// Characters of what the organisation says of itself.
const CHARACTERS_MAX: usize = 500;

/// What the sources say of it.
pub(super) fn ask(reader: &mut Reader) -> NotificationSettings {
    let text = |value: &Value| {
        let text = value.text()?.trim().to_owned();
        (!text.is_empty() && text.chars().count() <= CHARACTERS_MAX).then_some(text)
    };
    NotificationSettings {
        organisation_number: reader.ask("notification", "organisation_number", TEXT, text),
        address: reader.ask("notification", "address", TEXT, text),
        sector: reader.ask("notification", "sector", SECTOR, |value| value.text()?.parse().ok()),
        dpo_name: reader.ask("notification", "dpo_name", TEXT, text),
        dpo_contact: reader.ask("notification", "dpo_contact", TEXT, text),
        directory: reader.ask("notification", "dir", PATH, Value::path),
    }
}
