//! Older forms of events brought up to date, one step at a time.

use domain::StreamKind;
use serde_json::Value;

/// One step: the fields of an event in the form `from`, rewritten in the form after it.
struct Upcaster {
    kind: StreamKind,
    name: &'static str,
    from: u16,
    step: fn(Value) -> Value,
}

/// Every step there is. An event whose fields change in more than by an optional field gets a
/// line here, which also gives it its new form number, and a golden file for the new form; the
/// golden file of the old form stays.
const UPCASTERS: &[Upcaster] = &[];

/// The form in which an event is written today: 1, and one more for every step.
pub(crate) fn current_form(kind: StreamKind, name: &str) -> u16 {
    current_form_in(UPCASTERS, kind, name)
}

/// The fields in today's form; nothing if a step is missing.
pub(super) fn upcast(kind: StreamKind, name: &str, form: u16, fields: Value) -> Option<Value> {
    upcast_in(UPCASTERS, kind, name, form, fields)
}

fn current_form_in(upcasters: &[Upcaster], kind: StreamKind, name: &str) -> u16 {
    let steps = upcasters.iter().filter(|it| it.kind == kind && it.name == name);
    steps.map(|it| it.from + 1).max().unwrap_or(1)
}

fn upcast_in(
    upcasters: &[Upcaster],
    kind: StreamKind,
    name: &str,
    form: u16,
    fields: Value,
) -> Option<Value> {
    let current = current_form_in(upcasters, kind, name);
    (form..current).try_fold(fields, |fields, from| {
        let mut steps = upcasters.iter();
        let step = steps.find(|it| it.kind == kind && it.name == name && it.from == from)?;
        Some((step.step)(fields))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const STEPS: &[Upcaster] = &[
        Upcaster {
            kind: StreamKind::Case,
            name: "case_closed",
            from: 1,
            step: |fields| json!({ "lines": [fields["text"]] }),
        },
        Upcaster {
            kind: StreamKind::Case,
            name: "case_closed",
            from: 2,
            step: |fields| json!({ "paragraphs": fields["lines"] }),
        },
    ];

    #[test]
    fn every_form_is_led_to_the_newest_step_by_step() {
        let kind = StreamKind::Case;
        assert_eq!(current_form_in(STEPS, kind, "case_closed"), 3);
        assert_eq!(current_form_in(STEPS, StreamKind::Organisation, "case_closed"), 1);
        let from_first = upcast_in(STEPS, kind, "case_closed", 1, json!({ "text": "a" }));
        let from_second = upcast_in(STEPS, kind, "case_closed", 2, json!({ "lines": ["a"] }));
        assert_eq!(from_first, Some(json!({ "paragraphs": ["a"] })));
        assert_eq!(from_first, from_second);
    }

    #[test]
    fn a_missing_step_is_noticed() {
        let upcast = upcast_in(&STEPS[1..], StreamKind::Case, "case_closed", 1, json!({}));
        assert_eq!(upcast, None);
    }
}
