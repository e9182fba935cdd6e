//! For how long a case is open outside one's role.

use service::settings::AccessSettings;

use super::reader::Reader;
use super::value::Value;

const MINUTES: &str = "a whole number from 5 to 1440";

/// Reads the table `[access]`.
pub(super) fn ask(reader: &mut Reader) -> AccessSettings {
    let standard = AccessSettings::default();
    let minutes =
        |value: &Value| value.number(5..=1440).and_then(|number| u32::try_from(number).ok());
    AccessSettings {
        outside_role_minutes: reader
            .ask("access", "outside_role_minutes", MINUTES, minutes)
            .unwrap_or(standard.outside_role_minutes),
    }
}
