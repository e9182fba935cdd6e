//! Where and how closed cases are archived.

use service::ArchiveSettings;

use super::PATH;
use super::reader::Reader;
use super::value::Value;

const TEXT: &str = "a text of at most 100 characters";

/// Characters of a title or a unit in the archive.
const CHARACTERS_MAX: usize = 100;

/// What the sources say of it.
pub(super) fn ask(reader: &mut Reader) -> ArchiveSettings {
    let text = |value: &Value| {
        let text = value.text()?.trim().to_owned();
        (!text.is_empty() && text.chars().count() <= CHARACTERS_MAX).then_some(text)
    };
    let usual = ArchiveSettings::default();
    ArchiveSettings {
        folder: reader.ask("archive", "folder", PATH, Value::path),
        title: reader.ask("archive", "title", TEXT, text).unwrap_or(usual.title),
        unit: reader.ask("archive", "unit", TEXT, text).unwrap_or(usual.unit),
        class: reader.ask("archive", "class", TEXT, text),
        grounds_file: reader.ask("archive", "grounds_file", PATH, Value::path),
    }
}
