//! Older forms of events brought up to date, one step at a time.
//!
//! How to change an event: `docs/decisions/0011-growth.md`.

use domain::StreamKind;
use serde_json::{Map, Value};

/// One step: the fields of an event in the form `from`, rewritten in the form after it. What it
/// cannot make sense of it leaves alone; reading the event then says that it does not fit.
#[derive(Debug)]
pub(crate) struct Upcaster {
    pub(crate) kind: StreamKind,
    pub(crate) name: &'static str,
    pub(crate) from: u16,
    pub(crate) step: fn(&mut Map<String, Value>),
}

/// Every step there is. A line here gives the event its new form number; golden files show the
/// form before it and the form after.
const UPCASTERS: &[Upcaster] = &[
    Upcaster {
        kind: StreamKind::Case,
        name: "deadline_stage_reached",
        from: 1,
        // A bare number told an auditor nothing: 24 of what?
        step: |fields| rename(fields, "stage", "hours_left"),
    },
    Upcaster {
        kind: StreamKind::Case,
        name: "deadline_stage_reached",
        from: 2,
        // There was one deadline, and every data protection officer was alerted.
        step: |fields| {
            fields.insert("duty".to_owned(), "gdpr-33".into());
            fields.insert("alerts".to_owned(), vec!["dpo"].into());
        },
    },
    Upcaster {
        kind: StreamKind::Case,
        name: "facts_established",
        from: 1,
        // Facts were settled with yes or no, and no answer was of another shape.
        step: |fields| {
            let Some(Value::Object(facts)) = fields.get_mut("facts") else { return };
            let settled = facts.remove("settled").unwrap_or_else(|| Map::new().into());
            fields.insert("facts".to_owned(), settled);
        },
    },
];

/// Gives a field another name.
fn rename(fields: &mut Map<String, Value>, from: &str, to: &str) {
    if let Some(value) = fields.remove(from) {
        fields.insert(to.to_owned(), value);
    }
}

/// The forms of events that a program knows: those of this one, or, in tests, of another version.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Forms(pub(crate) &'static [Upcaster]);

impl Forms {
    /// What this version of the program knows.
    pub(crate) const KNOWN: Self = Self(UPCASTERS);

    /// The form in which an event is written: 1, and one more for every step.
    pub(super) fn current(self, kind: StreamKind, name: &str) -> u16 {
        let steps = self.0.iter().filter(|it| it.kind == kind && it.name == name);
        steps.map(|it| it.from + 1).max().unwrap_or(1)
    }

    /// Brings fields up to the current form; says whether there was a step from each form on.
    pub(super) fn upcast(
        self,
        kind: StreamKind,
        name: &str,
        form: u16,
        fields: &mut Map<String, Value>,
    ) -> bool {
        (form..self.current(kind, name)).all(|from| {
            let is_next = |it: &&Upcaster| it.kind == kind && it.name == name && it.from == from;
            self.0.iter().find(is_next).map(|it| (it.step)(fields)).is_some()
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const KIND: StreamKind = StreamKind::Case;
    const STEPS: &[Upcaster] = &[
        Upcaster {
            kind: KIND,
            name: "case_closed",
            from: 1,
            step: |fields| rename(fields, "text", "line"),
        },
        Upcaster {
            kind: KIND,
            name: "case_closed",
            from: 2,
            step: |fields| rename(fields, "line", "paragraph"),
        },
    ];

    fn upcast(forms: Forms, form: u16, fields: Value) -> Option<Value> {
        let Value::Object(mut fields) = fields else { panic!("fields are an object") };
        forms.upcast(KIND, "case_closed", form, &mut fields).then_some(fields.into())
    }

    #[test]
    fn every_form_is_led_to_the_newest_step_by_step() {
        let forms = Forms(STEPS);
        assert_eq!(forms.current(KIND, "case_closed"), 3);
        assert_eq!(forms.current(StreamKind::Organisation, "case_closed"), 1);
        let newest = json!({ "paragraph": "a" });
        assert_eq!(upcast(forms, 1, json!({ "text": "a" })), Some(newest.clone()));
        assert_eq!(upcast(forms, 2, json!({ "line": "a" })), Some(newest.clone()));
        assert_eq!(upcast(forms, 3, newest.clone()), Some(newest));
    }

    #[test]
    fn a_missing_step_is_noticed() {
        assert_eq!(upcast(Forms(&STEPS[1..]), 1, json!({ "text": "a" })), None);
    }

    #[test]
    fn every_step_belongs_to_an_event_and_follows_the_one_before() {
        for it in UPCASTERS {
            let Upcaster { kind, name, from, .. } = it;
            assert!(domain::Event::names(*kind).contains(name), "there is no event {name}");
            let ways = UPCASTERS.iter().filter(|other| {
                (other.kind, other.name, other.from) == (it.kind, it.name, it.from)
            });
            assert_eq!(ways.count(), 1, "one step leads on from form {from} of {name}");
            for earlier in 1..*from {
                let before = |it: &Upcaster| (it.kind, it.name, it.from) == (*kind, *name, earlier);
                assert!(UPCASTERS.iter().any(before), "no step from form {earlier} of {name}");
            }
        }
    }
}
