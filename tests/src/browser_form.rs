//! A form on a page as a browser holds it: every field with what stands in it, sent as it stands.

use hyper::Method;

use crate::http::{Answer, Asked, Client, File, attribute, unescaped};

/// A form that was found on a page, to be filled in and sent, as often as one likes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrowserForm {
    action: String,
    fields: Vec<(String, String)>,
}

impl BrowserForm {
    /// Opens `page` and finds its form that goes to `action`.
    ///
    /// # Panics
    /// If there is none.
    pub async fn open(client: &Client, page: &str, action: &str) -> Self {
        Self::on(&client.get(page).await, action)
    }

    /// The form on a page that goes to `action`.
    ///
    /// # Panics
    /// If there is none.
    #[must_use]
    #[track_caller]
    pub fn on(page: &Answer, action: &str) -> Self {
        let form = page.form(action);
        let form = form.unwrap_or_else(|| panic!("no form goes to {action}: {page:?}"));
        Self { action: action.to_owned(), fields: fields(form) }
    }

    /// The same form with a field holding that alone.
    #[must_use]
    pub fn set(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(given, _)| given != name);
        self.also(name, value)
    }

    /// The same form without a field, as when its boxes are not ticked.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.fields.retain(|(given, _)| given != name);
        self
    }

    /// The same form with a field holding that too, as several ticked boxes do.
    #[must_use]
    pub fn also(mut self, name: &str, value: &str) -> Self {
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same form with all these fields set; a name that comes twice holds both.
    #[must_use]
    pub fn fill(mut self, fields: &[(&str, &str)]) -> Self {
        self.fields.retain(|(given, _)| !fields.iter().any(|(name, _)| given == name));
        fields.iter().fold(self, |form, (name, value)| form.also(name, value))
    }

    /// The first value of a field; nothing where the form has no such field.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(given, _)| given == name).map(|(_, value)| value.as_str())
    }

    /// Every field with its value, but the session's token: what somebody has typed and chosen, in
    /// the order of the names.
    #[must_use]
    pub fn typed(&self) -> Vec<(&str, &str)> {
        let fields = self.fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let mut fields: Vec<_> = fields.filter(|(name, _)| *name != "csrf").collect();
        fields.sort_unstable();
        fields
    }

    /// Sends it.
    pub async fn send(&self, client: &Client) -> Answer {
        client.send(self.asked()).await
    }

    /// Sends it with files, as a browser does.
    pub async fn send_with(&self, client: &Client, files: &[File]) -> Answer {
        client.send(self.asked_with(files)).await
    }

    /// The request that sends it with files.
    #[must_use]
    pub fn asked_with(&self, files: &[File]) -> Asked {
        let mut fields = self.fields.clone();
        fields.retain(|(name, _)| !files.iter().any(|file| file.field == *name));
        Asked::new(Method::POST, &self.action).with_files(&fields, files)
    }

    /// The request that sends it.
    #[must_use]
    pub fn asked(&self) -> Asked {
        Asked::new(Method::POST, &self.action).with_form(&self.fields)
    }
}

/// What a browser would send: values of inputs and text areas, what is ticked, what is selected.
fn fields(form: &str) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    let mut selecting: Option<String> = None;
    for part in form.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap_or((part, ""));
        let name = attribute(tag, "name");
        let value = attribute(tag, "value").unwrap_or_default();
        match (tag.split_whitespace().next().unwrap_or_default(), name) {
            ("input", Some(name)) if is_sent(tag) => fields.push((name, value)),
            // The line break behind the tag is not part of what was typed.
            ("textarea", Some(name)) => {
                let typed = text.strip_prefix('\n').unwrap_or(text);
                fields.push((name, unescaped(typed)));
            }
            ("select", name) => selecting = name,
            ("option", _) => select(&mut fields, selecting.as_deref(), tag, value),
            ("/select", _) => selecting = None,
            _ => (),
        }
    }
    fields
}

fn is_sent(tag: &str) -> bool {
    let is_chosen = matches!(attribute(tag, "type").as_deref(), Some("radio" | "checkbox"));
    !is_chosen || tag.split_whitespace().any(|word| word == "checked")
}

/// The first option holds until another is selected.
fn select(fields: &mut Vec<(String, String)>, name: Option<&str>, tag: &str, value: String) {
    let Some(name) = name else { return };
    let held = fields.iter_mut().find(|(given, _)| given == name);
    match held {
        None => fields.push((name.to_owned(), value)),
        Some((_, held)) if tag.split_whitespace().any(|word| word == "selected") => *held = value,
        Some(_) => (),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_as_a_browser_would_send_it() {
        let form = r#"
            <input type="hidden" name="key" value="a&#34;b">
            <input type="radio" name="one" value="x">
            <input type="radio" name="one" value="y" checked>
            <input type="checkbox" name="many" value="1" checked>
            <input type="checkbox" name="many" value="2" checked>
            <textarea name="text" rows="3">
first
second &#60;b&#62;</textarea>
            <select name="unit">
                <option value="">-</option><option value="u" selected>U</option>
            </select>
            <select name="people">
                <option value="unknown">?</option><option value="one">1</option>
            </select>"#;
        let expected = [
            ("key", "a\"b"),
            ("one", "y"),
            ("many", "1"),
            ("many", "2"),
            ("text", "first\nsecond <b>"),
            ("unit", "u"),
            ("people", "unknown"),
        ];
        let read = fields(form);
        let read: Vec<_> = read.iter().map(|(name, value)| (&**name, &**value)).collect();
        assert_eq!(read, expected);
    }
}
