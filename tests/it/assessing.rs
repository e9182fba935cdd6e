//! From what is known to advice: facts that the report proposes, a severity whose factors can be
//! set otherwise with a reason, advice that says why, and rules that stay readable.

use std::fs;
use std::path::Path;

use domain::Role;
use hyper::StatusCode;
use serde_json::{Value, json};
use tempfile::TempDir;
use tests::browser_form::BrowserForm;
use tests::story::{self, Filed};
use tests::{Running, steps};

/// A letter about one patient that went to a stranger, who has it still.
fn letter() -> Value {
    json!({
        "personal_data": true, "breach": ["confidentiality"], "intent": "mishap",
        "snooping": false, "data": ["identification", "health"], "insight": "ordinary",
        "reveals_sensitive": false, "protected_address": false, "people": "one",
        "people_are": ["patients"], "identification": "maximum", "protection": "none",
        "recipient": "known_person", "recipient_count": "one", "disclosure": "seen",
        "deletion": "not_deleted", "spread": false,
    })
}

async fn reported(running: &Running) -> Filed {
    let employee = running.browser(Role::Employee).await;
    let unit = running.people.holder(Role::Employee).unit.to_string();
    story::report_a_lost_phone(&employee, &[("unit", &*unit), ("openness", "named")]).await
}

async fn received(running: &Running) -> Filed {
    let filed = reported(running).await;
    story::take(running, Role::Dpo, &filed, &steps::receive(&running.people)).await;
    filed
}

async fn page(running: &Running, address: &str) -> String {
    running.browser(Role::Dpo).await.get(address).await.expect(StatusCode::OK).text
}

#[tokio::test]
async fn the_form_of_facts_begins_with_what_the_report_says_and_says_where_it_stands() {
    let running = Running::start().await;
    let filed = reported(&running).await;
    let dpo = running.browser(Role::Dpo).await;
    let address = format!("{}/facts", filed.page());
    let form = BrowserForm::open(&dpo, &address, &address).await;
    let told = [
        ("personal_data", "yes"),
        ("people", "up_to_hundred"),
        ("recipient", "unidentified"),
        ("identification", "unknown"),
    ];
    for (fact, answer) in told {
        assert_eq!(form.value(fact), Some(answer), "{fact}");
    }
    let seen = page(&running, &address).await;
    assert!(seen.contains("Fra meldingen: Opplysninger om mennesker: Ja"), "{seen}");
    assert!(seen.contains("Omtrent hvor mange: 11–100"), "{seen}");
    // Nobody has said it yet, so neither the severity nor the advice knows it.
    let case = story::case(&running, Role::Dpo, &filed).await;
    assert_eq!((&case["severity"], &case["advice"]), (&Value::Null, &Value::Null));
    let before = page(&running, &filed.page()).await;
    assert!(before.contains("Ingen har svart på hva vi vet om saken ennå"), "{before}");

    let form = form.set("people", "one");
    let _ = form.send(&dpo).await.expect(StatusCode::SEE_OTHER);
    let known = story::case(&running, Role::Dpo, &filed).await;
    assert_eq!(known["facts"]["people"], "one");
    assert_eq!(known["facts"]["recipient"], "unidentified");
    // What somebody has established is not proposed away.
    let again = BrowserForm::open(&dpo, &address, &address).await;
    assert_eq!(again.value("people"), Some("one"));
}

#[tokio::test]
async fn every_version_of_the_facts_says_what_changed_and_who_changed_it() {
    let running = Running::start().await;
    let filed = received(&running).await;
    story::take(&running, Role::Dpo, &filed, &steps::establish_facts(&letter())).await;
    let mut found_out = letter();
    found_out["deletion"] = "confirmed".into();
    story::take(&running, Role::Dpo, &filed, &steps::establish_facts(&found_out)).await;
    let seen = page(&running, &filed.page()).await;
    assert!(seen.contains("Versjon 2"), "{seen}");
    assert!(seen.contains("Ja, og det er bekreftet\n(før: Nei)"), "{seen}");
    let by = &running.people.holder(Role::Dpo).name;
    let history = seen.split("Hva som er endret, og av hvem").nth(1).unwrap();
    assert!(history.split("</details>").next().unwrap().contains(by), "{history}");
}

#[tokio::test]
async fn a_factor_that_is_set_counts_in_the_advice_until_it_is_set_back() {
    let running = Running::start().await;
    let filed = received(&running).await;
    let set = steps::override_severity("data_context", Some(1.0), "Sto i avisen fra før");
    let early = story::refused(&running, Role::Dpo, &filed, &set).await;
    assert_eq!(early["refusal"], "facts_not_established");

    story::take(&running, Role::Dpo, &filed, &steps::establish_facts(&letter())).await;
    let by_method = story::case(&running, Role::Dpo, &filed).await;
    assert_eq!(by_method["severity"]["score"], 4.25);
    let unfit = steps::override_severity("data_context", Some(1.5), "Litt");
    let refused = story::refused(&running, Role::Dpo, &filed, &unfit).await;
    assert_eq!(refused["refusal"], "not_a_factor_value");
    story::take(&running, Role::Dpo, &filed, &set).await;
    let lowered = story::case(&running, Role::Dpo, &filed).await;
    let severity = &lowered["severity"];
    assert_eq!((&severity["score"], &severity["band"]), (&json!(1.25), &json!("low")));
    let factor = &severity["factors"][0];
    assert_eq!((&factor["value"], &factor["computed"]), (&json!(1.0), &json!(4.0)));
    assert_eq!(factor["source"], "the data protection officer");
    // The assessment keeps the severity as it was when it was made.
    let outcome = lowered["advice"]["outcome"].as_str().unwrap().to_owned();
    story::take(&running, Role::Dpo, &filed, &steps::assess("Brevet er lest", &outcome)).await;
    let assessed = story::case(&running, Role::Dpo, &filed).await;
    assert_eq!(assessed["assessment"]["advice"]["severity"], 1.25);

    let undo = steps::override_severity("data_context", None, "Det sto ikke i avisen");
    story::take(&running, Role::Dpo, &filed, &undo).await;
    let undone = story::case(&running, Role::Dpo, &filed).await;
    assert_eq!(undone["severity"]["score"], 4.25);
    let happened = story::happened(&running, &filed, "severity_overridden").await;
    let told = |it: &Value| (it["value"].clone(), it["reason"].as_str().unwrap().to_owned());
    assert_eq!(
        happened.iter().map(told).collect::<Vec<_>>(),
        [
            (json!(1.0), "Sto i avisen fra før".to_owned()),
            (Value::Null, "Det sto ikke i avisen".to_owned())
        ]
    );
}

#[tokio::test]
async fn a_factor_is_set_in_a_form_and_shown_with_who_and_why() {
    let running = Running::start().await;
    let filed = received(&running).await;
    let dpo = running.browser(Role::Dpo).await;
    let address = format!("{}/severity", filed.page());
    let early = page(&running, &address).await;
    assert!(early.contains("Ingen har svart på hva vi vet om saken ennå. Gjør det først"));
    story::take(&running, Role::Dpo, &filed, &steps::establish_facts(&letter())).await;
    let form = BrowserForm::open(&dpo, &address, &address).await;
    let wrong = form.clone().fill(&[("factor", "malice"), ("value", "1"), ("reason", "Nei")]);
    let returned = wrong.send(&dpo).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(returned.text.contains("Vond vilje er 0 eller 0,5"), "{}", returned.text);
    let right = form.fill(&[("factor", "malice"), ("value", "2"), ("reason", "Hun truet ham")]);
    let _ = right.send(&dpo).await.expect(StatusCode::SEE_OTHER);
    let seen = page(&running, &filed.page()).await;
    for words in ["Hun truet ham", "Metodens egen verdi", "Om noen vil skade (CB) ble satt til 0,5"]
    {
        assert!(seen.contains(words), "{words:?} is missing: {seen}");
    }
}

#[tokio::test]
async fn the_case_says_what_is_advised_and_why_and_the_assessment_departs_with_a_reason() {
    let running = Running::start().await;
    let filed = received(&running).await;
    let form = page(&running, &format!("{}/assess", filed.page())).await;
    assert!(form.contains("Ingen har svart på hva vi vet om saken ennå"), "{form}");
    assert!(form.contains(&format!("href=\"{}/facts\"", filed.page())), "{form}");
    assert!(!form.contains("name=\"departure\""), "there is nothing to depart from");

    story::take(&running, Role::Dpo, &filed, &steps::establish_facts(&letter())).await;
    let seen = page(&running, &filed.page()).await;
    let advice = seen.split("id=\"advice\"").nth(1).unwrap().split("</section>").next().unwrap();
    for words in ["Melde til Datatilsynet", "Fordi", "artikkel 34 nr. 1", "Se pliktene"] {
        assert!(advice.contains(words), "{words:?} is missing: {advice}");
    }
    let form = page(&running, &format!("{}/assess", filed.page())).await;
    assert!(form.contains("name=\"departure\""), "{form}");

    let departs = steps::assess("Brevet er lest", "document_only");
    let refused = story::refused(&running, Role::Dpo, &filed, &departs).await;
    assert_eq!(refused["refusal"], "departure_unexplained");
}

/// A folder with the shipped rules, whose rule about private matters reads otherwise.
fn own_rules(version: u32, reason: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write_rules(&folder, version, reason);
    folder
}

fn write_rules(folder: &TempDir, version: u32, reason: &str) {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("../config/rules/gdpr.toml");
    let shipped = fs::read_to_string(shipped).unwrap();
    let line = |text: &str, starts: &str| {
        let found = text.lines().find(|line| line.starts_with(starts)).unwrap();
        found.to_owned()
    };
    let raised =
        shipped.replacen(&line(&shipped, "version = "), &format!("version = {version}"), 1);
    let at = raised.find("id = \"private-matters-astray\"").unwrap();
    let (before, after) = raised.split_at(at);
    let own = after.replacen(&line(after, "reason.nb"), &format!("reason.nb = \"{reason}\""), 1);
    fs::write(folder.path().join("gdpr.toml"), format!("{before}{own}")).unwrap();
}

#[tokio::test]
async fn an_old_assessment_reads_with_the_rules_of_then() {
    let folder = own_rules(7, "Slik sto det før.");
    let rules = folder.path().to_owned();
    let mut running =
        Running::start_with(move |settings| settings.rules_dir = Some(rules.clone())).await;
    let filed = received(&running).await;
    story::take(&running, Role::Dpo, &filed, &steps::establish_facts(&letter())).await;
    let assess = steps::assess("Brevet er lest", "notify_authority_and_people");
    story::take(&running, Role::Dpo, &filed, &assess).await;
    let assessed_at = running.now();

    running.stop().await;
    write_rules(&folder, 8, "Slik står det nå.");
    running.start_again().await;
    let seen = page(&running, &filed.page()).await;
    let part = |id: &str| {
        let part = seen.split(&format!("id=\"{id}\"")).nth(1).unwrap();
        part.split("</section>").next().unwrap().to_owned()
    };
    assert!(part("advice").contains("Slik står det nå."), "{}", part("advice"));
    assert!(part("assessment").contains("Slik sto det før."), "{}", part("assessment"));
    let kept = &story::case(&running, Role::Dpo, &filed).await["assessment"]["advice"]["rules"];
    assert!(kept.as_array().unwrap().contains(&"gdpr/7/private-matters-astray".into()), "{kept}");

    let then = assessed_at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true);
    let then = page(&running, &format!("{}?as_of={then}", filed.page())).await;
    let advice = then.split("id=\"advice\"").nth(1).unwrap().split("</section>").next().unwrap();
    assert!(advice.contains("Slik sto det før."), "{advice}");
    assert!(!advice.contains("Slik står det nå."), "{advice}");
}
