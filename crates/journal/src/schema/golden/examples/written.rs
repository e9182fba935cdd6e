//! What an organisation writes in files, with every key there is.

use domain::assessment::Rulebook;
use domain::category::Category;
use domain::duty::Duty;

/// A duty with every key there is, and a condition of every kind.
pub(super) fn duty() -> Duty {
    let duty = r#"{
        "id": "tell-the-neighbour", "version": 2, "order": 7,
        "jurisdictions": ["no", "se"],
        "valid-from": "2026-01-15", "valid-until": "2029-12-31",
        "title": { "nb": "Si fra til naboen", "sv": "Säg till grannen" },
        "help": { "nb": "Ring nabokommunen.", "sv": "Ring grannkommunen." },
        "authority": { "no": "Nabokommunen", "se": "Grannkommunen" },
        "cite": { "nb": "Avtalen punkt 4", "sv": "Avtalet punkt 4" },
        "sources": ["https://example.org/avtale"],
        "uncertain": { "nb": "Fristen er muntlig.", "sv": "Fristen är muntlig." },
        "own-target": true,
        "trigger": [
            { "when": [
                { "organisation": "cybersecurity_act" },
                { "fact": "significant_effect_on_service" },
                { "advised": "notify_authority" },
                { "happened": "people_to_be_told" } ] },
            { "when": [
                { "field": "category", "is": ["lost-bicycle"] },
                { "category": "lost-bicycle", "question": "bag", "is": ["papers"] },
                { "field": "personal_data", "is": ["yes"] },
                { "field": "breach", "is": ["availability"] },
                { "field": "people", "is": ["over_thousand"] },
                { "field": "sensitive", "is": ["health", "children"] } ] } ],
        "start": "awareness", "length": "2 working days",
        "stage": [
            { "hours-left": 4, "alerts": ["handler", "dpo"] },
            { "hours-left": 0, "alerts": ["deputy", "controller"] } ],
        "ends": ["people_not_to_be_told", "recorded"]
    }"#;
    serde_json::from_str(duty).unwrap()
}

/// A rulebook with every key there is, and a condition of every kind.
pub(super) fn rulebook() -> Rulebook {
    let rulebook = r#"{
        "id": "own", "version": 3, "order": 20,
        "jurisdictions": ["no", "se"],
        "valid-from": "2026-01-15", "valid-until": "2029-12-31",
        "title": { "nb": "Egne regler", "sv": "Egna regler" },
        "clears-all": ["nothing-happened"],
        "ground": [
            { "id": "nothing-happened",
              "reason": { "nb": "Ingenting skjedde.", "sv": "Inget hände." },
              "cite": { "nb": "Rutinen punkt 1", "sv": "Rutinen punkt 1" },
              "when": [ { "fact": "breach", "only": [] } ] },
            { "id": "unread",
              "reason": { "nb": "Ingen kan lese det.", "sv": "Ingen kan läsa det." },
              "cite": { "nb": "Rutinen punkt 2", "sv": "Rutinen punkt 2" },
              "when": [ { "fact": "protection", "at-most": "hashed" } ] } ],
        "rule": [
            { "id": "many-children", "outcome": "notify_authority",
              "reason": { "nb": "Det er mange barn.", "sv": "Det är många barn." },
              "cite": { "nb": "Rutinen punkt 3", "sv": "Rutinen punkt 3" },
              "when": [
                { "fact": "people", "at-least": "up_to_hundred" },
                { "fact": "people_are", "any": ["children", "unknown"] },
                { "severity": "medium" } ],
              "unless": ["unread"] } ]
    }"#;
    serde_json::from_str(rulebook).unwrap()
}

/// A category with every key there is.
pub(super) fn category() -> Category {
    let category = r#"{
        "id": "lost-bicycle", "version": 2, "order": 15,
        "title": { "nb": "Tapt tjenestesykkel", "sv": "Borttappad tjänstecykel" },
        "help": { "nb": "En sykkel er borte.", "sv": "En cykel är borta." },
        "question": [
            { "id": "bag", "kind": "choice", "required": true,
              "label": { "nb": "Lå det noe i vesken?", "sv": "Låg det något i väskan?" },
              "help": { "nb": "Papirer.", "sv": "Papper." },
              "choice": [
                { "value": "papers", "label": { "nb": "Papirer", "sv": "Papper" } },
                { "value": "unknown", "label": { "nb": "Vet ikke", "sv": "Vet inte" } } ] },
            { "id": "how-many", "kind": "number", "required": false,
              "label": { "nb": "Hvor mange?", "sv": "Hur många?" },
              "only-if": { "question": "bag", "is": ["papers"] } } ],
        "playbook": [
            { "id": "ask", "text": { "nb": "Ring hittegods.", "sv": "Ring hittegods." },
              "owner": "leader", "within": "4h", "from": "awareness",
              "only-if": { "question": "bag", "is": ["papers", "unknown"] } } ],
        "rule": [
            { "cite": { "nb": "Artikkel 32 nr. 1", "sv": "Artikel 32.1" },
              "about": { "nb": "Sikre opplysningene.", "sv": "Skydda uppgifterna." } } ],
        "severe": [
            { "id": "papers-about-many", "why": { "nb": "Mange.", "sv": "Många." },
              "when": [
                { "question": "bag", "is": ["papers"] },
                { "question": "how-many", "at-least": 100 },
                { "field": "sensitive", "is": ["health", "children"] } ] } ]
    }"#;
    serde_json::from_str(category).unwrap()
}
