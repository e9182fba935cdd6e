//! Three breaches of different kinds, each in the order of both authorities' forms; and what is in
//! no notification.

use super::*;

/// A breach, and what its notification says of it by itself.
struct Told {
    category: &'static str,
    facts: Value,
    measure: &'static str,
    says: &'static [(u16, &'static str)],
}

/// Words of the report, its reporter and whoever is involved.
const KEPT_OUT: [&str; 3] = ["Kråkenes", "SOL-4711", "Mona Strandvold"];

fn told() -> [Told; 3] {
    [
        Told {
            category: "lost-or-stolen-device",
            facts: json!({
                "personal_data": true, "breach": ["confidentiality"], "protection": "encrypted",
                "people": "up_to_ten", "people_are": ["patients"], "data": ["health"],
                "intent": "mishap", "disclosure": "no_sign",
            }),
            measure: "Telefonen er slettet over nettet.",
            says: &[(60, "device-lost"), (57, "protected"), (61, "internal-mishap")],
        },
        Told {
            category: "journal-snooping",
            facts: json!({
                "personal_data": true, "breach": ["confidentiality"], "snooping": true,
                "people": "one", "people_are": ["patients"], "data": ["health"],
                "disclosure": "seen",
            }),
            measure: "Tilgangen er sperret.",
            says: &[(60, "abuse-of-access"), (61, "internal-malicious"), (67, "exact")],
        },
        Told {
            category: "misdirected-email",
            facts: json!({
                "personal_data": true, "breach": ["confidentiality"], "intent": "mishap",
                "recipient": "known_person", "disclosure": "likely", "people": "up_to_hundred",
                "people_are": ["pupils"], "data": ["contact", "identification"],
                "protection": "none",
            }),
            measure: "Mottakeren har bekreftet sletting.",
            says: &[(60, "sent-by-mistake"), (56, "likely-disclosed"), (57, "unprotected")],
        },
    ]
}

/// A case of that kind: reported by somebody, with somebody else involved, and looked into.
async fn opened(running: &Running, it: &Told) -> Filed {
    let filed = story::report_by_api(running, None).await;
    let mut receive = steps::receive(&running.people);
    receive.body["category"] = json!(it.category);
    let involve = steps::involve(running.people.holder(Role::Archivist));
    let owner = running.people.holder(Role::SystemOwner);
    let mut assess = steps::assess("Se hva vi vet om saken.", "notify_authority_and_people");
    assess.body["departure"] = json!("Dette er uansett det vi gjør.");
    for step in [receive, involve, steps::establish_facts(&it.facts), assess] {
        story::take(running, Role::Dpo, &filed, &step).await;
    }
    let measure = story::propose_measure(running, &filed, "immediate", it.measure, owner).await;
    let done = steps::complete_measure(&measure, "Gjort.");
    story::take(running, Role::Dpo, &filed, &done).await;
    filed
}

#[tokio::test]
async fn three_breaches_are_told_in_the_order_of_both_forms_and_name_nobody() {
    let running = running().await;
    for it in told() {
        let filed = opened(&running, &it).await;
        let kind = it.category;
        let now = notification(&running, &filed).await;
        for (field, choice) in it.says {
            assert_eq!(now["fields"][field.to_string()]["value"], *choice, "{kind}: {field}");
        }
        assert_eq!(now["fields"]["92"]["value"], it.measure, "{kind}");
        let dpo = running.browser(Role::Dpo).await;
        let reporter = &running.people.holder(Role::Employee).name;
        let involved = &running.people.holder(Role::Archivist).name;
        for view in ["datatilsynet", "imy"] {
            let address = format!("{}/notification?view={view}", filed.page());
            let page = dpo.get(&address).await.expect(StatusCode::OK).text;
            let export = filed.address(&format!("notification?view={view}"));
            let export = running.api(Role::Dpo).get(&export).await.expect(StatusCode::OK).text;
            for told in [&page, &export] {
                assert!(told.contains(it.measure), "{kind} in {view}: {told}");
                let names = KEPT_OUT.iter().copied().chain([reporter.as_str(), involved.as_str()]);
                for kept_out in names {
                    assert!(!told.contains(kept_out), "{kind} in {view}: {kept_out}");
                }
            }
            let order: Value = serde_json::from_str(&export).unwrap();
            let sections = order["sections"].as_array().unwrap();
            let first = if view == "imy" { "organisation" } else { "description" };
            assert_eq!(sections[0]["id"], first, "{kind}");
        }
    }
}
