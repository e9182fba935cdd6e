//! What a category brings with it: questions with conditions, severity, first actions, rules, and
//! cases that stay readable when the category does not stay.

use std::fs;
use std::path::Path;

use domain::Role;
use hyper::StatusCode;
use serde_json::{Value, json};
use tempfile::TempDir;
use tests::browser_form::BrowserForm;
use tests::running::eventually;
use tests::story::{self, FORM, Filed, lost_phone};
use tests::{Client, Running, mails, steps};

const NAMED: [(&str, &str); 1] = [("openness", "named")];

/// A category of the organisation's own, in two languages.
pub(crate) const BICYCLE: &str = r#"id = "lost-bicycle"
version = 1
order = 1
title = { nb = "Tapt tjenestesykkel", sv = "Borttappad tjänstecykel" }
help = { nb = "En sykkel er borte.", sv = "En cykel är borta." }

[[question]]
id = "bag"
kind = "choice"
label = { nb = "Hva lå i vesken?", sv = "Vad låg i väskan?" }
choice = [
  { value = "papers", label = { nb = "Papirer om beboere", sv = "Papper om boende" } },
  { value = "nothing", label = { nb = "Ingenting", sv = "Ingenting" } },
]

[[playbook]]
id = "ask-lost-property"
owner = "leader"
within = "4h"
text = { nb = "Ring hittegods.", sv = "Ring hittegods." }

[[rule]]
cite = { nb = "Sykkelreglementet § 3", sv = "Cykelreglementet 3 §" }
about = { nb = "Vesken skal være låst.", sv = "Väskan ska vara låst." }

[[severe]]
id = "papers"
why = { nb = "Det lå papirer i vesken.", sv = "Det låg papper i väskan." }
when = [{ question = "bag", is = ["papers"] }]
"#;

/// A folder with the built-in categories and one more.
fn own_categories() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let built_in = Path::new(env!("CARGO_MANIFEST_DIR")).join("../config/categories");
    for entry in fs::read_dir(built_in).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
    }
    fs::write(folder.path().join("lost-bicycle.toml"), BICYCLE).unwrap();
    folder
}

async fn with_categories(folder: &TempDir) -> Running {
    let folder = folder.path().to_owned();
    Running::start_with(move |settings| settings.categories_dir = Some(folder.clone())).await
}

async fn report_a_lost_bicycle(running: &Running) -> Filed {
    let report = json!({
        "category": "lost-bicycle",
        "unit": running.people.holder(Role::Employee).unit,
        "what_happened": "Sykkelen sto ved kaia.",
        "personal_data": "yes",
        "answers": { "bag": "papers" },
    });
    let answer = running.api(Role::Employee).post("/api/v1/reports", &report).await;
    let receipt = answer.expect(StatusCode::CREATED).json();
    let told = |member: &str| receipt[member].as_str().unwrap().to_owned();
    Filed { number: told("case"), code: told("follow_up_code") }
}

async fn page(client: &Client, path: &str) -> String {
    client.get(path).await.expect(StatusCode::OK).text
}

#[tokio::test]
async fn a_question_waits_for_an_earlier_answer_and_says_so_in_the_form() {
    let running = Running::start().await;
    let employee = running.browser(Role::Employee).await;
    let form = page(&employee, FORM).await;
    let sentence = "Bare hvis du svarte «Ja» eller «Vet ikke» på «Tror du at det er stjålet?»";
    assert!(form.contains(sentence), "{form}");
    assert!(form.contains("name=\"answer-police-told\""));

    let stolen = |stolen: &'static str| {
        let employee = &employee;
        async move {
            let answers = [("answer-stolen", stolen), ("answer-police-told", "no"), NAMED[0]];
            Filed::from_receipt(&lost_phone(employee, &answers).await.send(employee).await)
        }
    };
    let asked = |case: &Value| {
        let answers = case["report"]["answers"].as_array().unwrap();
        answers.iter().any(|answer| answer["question"] == "police-told")
    };
    assert!(asked(&story::case(&running, Role::Dpo, &stolen("yes").await).await));
    assert!(!asked(&story::case(&running, Role::Dpo, &stolen("no").await).await));
}

#[tokio::test]
async fn several_choices_and_numbers_are_kept_and_shown_in_words() {
    let running = Running::start().await;
    let employee = running.browser(Role::Employee).await;
    let address = "/report/publication-in-error";
    let form = BrowserForm::open(&employee, address, address).await.fill(&[
        ("what_happened", "Bildene lå ute."),
        ("answer-where", "website"),
        ("answer-what-kind", "picture"),
        ("answer-what-kind", "names"),
        ("answer-consent", "no"),
        ("answer-views", "ganske mange"),
        ("personal_data", "yes"),
        ("openness", "named"),
    ]);
    let returned = form.send(&employee).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(returned.text.contains("id=\"report-answer-views-problem\""), "{}", returned.text);
    let corrected = BrowserForm::on(&returned, address);
    assert_eq!(corrected.typed(), form.typed(), "nothing ticked is lost");
    let filed = Filed::from_receipt(&corrected.set("answer-views", "42").send(&employee).await);
    let shown = page(&running.browser(Role::Dpo).await, &filed.page()).await;
    assert!(shown.contains("Bilde eller film av mennesker\nNavn eller kontaktopplysninger"));
    assert!(shown.contains("Hadde de på bildet sagt ja?"));
    assert!(shown.contains(">42<"), "{shown}");
}

#[tokio::test]
async fn a_program_sends_several_choices_as_a_list() {
    let running = Running::start().await;
    let report = |kinds: Value| {
        json!({
            "category": "publication-in-error",
            "unit": running.people.holder(Role::Employee).unit,
            "what_happened": "Bildene lå ute.",
            "sensitive": ["children"],
            "answers": { "where": "intranet", "what-kind": kinds },
        })
    };
    let api = running.api(Role::Employee);
    let wrong = api.post("/api/v1/reports", &report(json!(["picture", "picture"]))).await;
    let wrong = wrong.expect(StatusCode::UNPROCESSABLE_ENTITY).json();
    assert_eq!(wrong["errors"][0]["field"], "/answers/what-kind");
    let filed = api.post("/api/v1/reports", &report(json!(["picture", "names"]))).await;
    let filed = filed.expect(StatusCode::CREATED).json();
    let case = format!("/api/v1/cases/{}", filed["case"].as_str().unwrap());
    let case = running.api(Role::Dpo).get(&case).await.expect(StatusCode::OK).json();
    let answers: Vec<_> = case["report"]["answers"].as_array().unwrap().iter().collect();
    let answered: Vec<_> = answers.iter().map(|it| it["answer"].as_str().unwrap()).collect();
    assert_eq!(answered, ["picture", "names", "intranet"]);
    assert_eq!(answers[2]["asked"], "Hvor ble det publisert?");
    assert_eq!(case["report"]["sensitive"], json!(["children"]));
}

#[tokio::test]
async fn a_severe_report_alerts_the_dpo_without_a_word_of_why() {
    let running = Running::start().await;
    let employee = running.browser(Role::Employee).await;
    story::report_a_lost_phone(&employee, &NAMED).await;
    // The same phone, without a lock as before, and now with health data on it.
    let form = lost_phone(&employee, &[("sensitive", "health"), NAMED[0]]).await;
    let filed = Filed::from_receipt(&form.send(&employee).await);
    let mail = eventually("the alert", async || {
        running.mails().into_iter().find(|mail| mails::text_of(mail).contains("alvorlig"))
    })
    .await;
    let text = mails::text_of(&mail);
    assert!(text.contains(&filed.number) && text.contains(&running.base_url()), "{text}");
    for inside in ["elefon", "elseoppl", "private", "lås", "Solbakken"] {
        assert!(!text.contains(inside), "{inside:?} is in {text}");
    }
    assert!(running.mails().len() <= 2, "one mail for each report");

    let dpo = running.browser(Role::Dpo).await;
    let badge = "<span class=\"ds-tag\" data-color=\"danger\">Alvorlig</span>";
    let inbox = page(&dpo, "/inbox").await;
    assert_eq!(inbox.matches(badge).count(), 1, "the badge says it in words, on one of the two");
    let shown = page(&dpo, &filed.page()).await;
    assert!(shown.contains(badge));
    assert!(shown.contains("Utstyret kan åpnes av hvem som helst"), "{shown}");
    let case = story::case(&running, Role::Dpo, &filed).await;
    assert_eq!(case["severe"][0]["name"], "open-device");
    let found = story::happened(&running, &filed, "case_found_severe").await;
    assert_eq!(found, [json!({ "event": "case_found_severe", "reasons": ["open-device"] })]);
    let listed = running.api(Role::Dpo).get("/api/v1/cases").await.expect(StatusCode::OK).json();
    let severe: Vec<_> =
        listed["items"].as_array().unwrap().iter().map(|it| it["severe"].clone()).collect();
    assert_eq!(severe.iter().filter(|it| **it == json!(true)).count(), 1, "{severe:?}");
}

#[tokio::test]
async fn first_actions_are_proposed_at_receipt_and_become_measures() {
    let running = Running::start().await;
    let employee = running.browser(Role::Employee).await;
    let filed = story::report_a_lost_phone(&employee, &NAMED).await;
    let dpo = running.browser(Role::Dpo).await;
    let address = format!("{}/receive", filed.page());
    let form = BrowserForm::open(&dpo, &address, &address).await;
    // Nobody said that it was stolen, so the police report is there and not ticked.
    let ticked: Vec<&str> =
        form.typed().into_iter().filter(|(name, _)| *name == "actions").map(|(_, it)| it).collect();
    assert_eq!(ticked, ["block-account", "replace", "tell-the-leader"]);
    let leader = running.people.holder(Role::Leader).user.to_string();
    assert_eq!(form.value("owner-tell-the-leader"), Some(leader.as_str()));
    assert!(form.value("owner-report-to-police").is_some());

    let officer = running.people.holder(Role::SecurityOfficer).user.to_string();
    let form = form
        .fill(&[("actions", "lock-remotely"), ("actions", "tell-the-leader")])
        .set("owner-lock-remotely", &officer);
    assert_eq!(form.send(&dpo).await.status, StatusCode::SEE_OTHER);
    assert_eq!(form.send(&dpo).await.status, StatusCode::SEE_OTHER);
    let case = story::case(&running, Role::Dpo, &filed).await;
    assert_eq!(case["category_version"], 4);
    let measures = case["measures"].as_array().unwrap();
    assert_eq!(measures.len(), 2, "sent twice, done once: {measures:?}");
    for measure in measures {
        assert_eq!(measure["kind"], "immediate");
        assert_eq!(measure["due_at"], "2026-03-02T09:00:00Z", "an hour after receipt");
        assert_eq!(measure["playbook"]["category"], "lost-or-stolen-device");
        assert_eq!(measure["playbook"]["version"], 4);
    }
    let locks = |it: &&Value| it["playbook"]["action"] == "lock-remotely";
    assert_eq!(measures.iter().find(locks).unwrap()["owner"]["id"], officer);
    let shown = page(&dpo, &filed.page()).await;
    assert!(shown.contains("Tiltakskortet for «Mistet eller stjålet utstyr», versjon 4"));
    assert!(
        shown.contains("Helse Nords sikkerhetsinstruks punkt 3.4 nr. 2"),
        "the rules stand there"
    );
    let memo = page(&dpo, &format!("{}/memo", filed.page())).await;
    assert!(memo.contains("Personvernforordningen artikkel 32 nr. 1: "), "{memo}");
}

#[tokio::test]
async fn another_category_brings_its_own_first_actions() {
    let running = Running::start().await;
    let employee = running.browser(Role::Employee).await;
    let filed = story::report_a_lost_phone(&employee, &NAMED).await;
    let dpo = running.browser(Role::Dpo).await;
    let address = format!("{}/receive", filed.page());
    let form =
        BrowserForm::open(&dpo, &address, &address).await.set("category", "lost-access-card");
    let returned = form.send(&dpo).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(returned.text.contains("de første tiltakene er byttet ut"), "{}", returned.text);
    let form = BrowserForm::on(&returned, &address);
    assert_eq!(form.value("actions_of"), Some("lost-access-card"));
    assert_eq!(form.send(&dpo).await.status, StatusCode::SEE_OTHER);
    let case = story::case(&running, Role::Dpo, &filed).await;
    let measures = case["measures"].as_array().unwrap();
    assert!(!measures.is_empty());
    assert!(measures.iter().all(|it| it["playbook"]["category"] == "lost-access-card"));
}

#[tokio::test]
async fn a_program_names_the_first_actions_it_takes() {
    let running = Running::start().await;
    let filed = story::report_by_api(&running, None).await;
    let leader = running.people.holder(Role::Leader);
    let receive = |action: &str| {
        let mut step = steps::receive(&running.people);
        step.body["first_actions"] = json!([{ "action": action, "owner": leader.user }]);
        step
    };
    let refused = story::refused(&running, Role::Dpo, &filed, &receive("burn-it")).await;
    assert_eq!(refused["refusal"], "action_unknown");
    story::take(&running, Role::Dpo, &filed, &receive("replace")).await;
    let case = story::case(&running, Role::Dpo, &filed).await;
    assert_eq!(case["measures"][0]["playbook"]["action"], "replace");
    assert_eq!(case["measures"][0]["due_at"], "2026-03-05T08:00:00Z");
}

#[tokio::test]
async fn a_case_stays_readable_when_its_category_changes_and_when_it_is_gone() {
    let folder = own_categories();
    let mut running = with_categories(&folder).await;
    let filed = report_a_lost_bicycle(&running).await;
    let read = async |running: &Running| {
        let shown = page(&running.browser(Role::Dpo).await, &filed.page()).await;
        assert!(shown.contains("Hva lå i vesken?"), "{shown}");
        assert!(shown.contains("Papirer om beboere"));
        assert!(shown.contains("Det lå papirer i vesken."));
        assert!(shown.contains("Sykkelreglementet § 3"));
        let case = story::case(running, Role::Dpo, &filed).await;
        assert_eq!(case["report"]["answers"][0]["asked"], "Hva lå i vesken?");
        assert_eq!(case["report"]["category_version"], 1);
        assert_eq!(case["severe"][0]["why"], "Det lå papirer i vesken.");
        assert_eq!(case["rules"][0]["cite"], "Sykkelreglementet § 3");
        shown
    };
    read(&running).await;

    let file = folder.path().join("lost-bicycle.toml");
    let changed = BICYCLE
        .replace("version = 1", "version = 2")
        .replace("Tapt tjenestesykkel", "Sykkel på avveie")
        .replace("Hva lå i vesken?", "Hva var i vesken?")
        .replace("Papirer om beboere", "Noe på papir")
        .replace("Det lå papirer i vesken.", "Papirer kan være lest.")
        .replace("Sykkelreglementet § 3", "Sykkelreglementet § 4");
    running.stop().await;
    fs::write(&file, changed).unwrap();
    running.start_again().await;
    let shown = read(&running).await;
    assert!(shown.contains("Tapt tjenestesykkel"), "and the title it was reported under");
    assert!(!shown.contains("Sykkel på avveie"), "{shown}");
    let form = page(&running.browser(Role::Employee).await, "/report/lost-bicycle").await;
    assert!(form.contains("Hva var i vesken?"), "new reports answer the new question");

    running.stop().await;
    fs::remove_file(&file).unwrap();
    running.start_again().await;
    read(&running).await;
    let employee = running.browser(Role::Employee).await;
    assert_eq!(employee.get("/report/lost-bicycle").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_case_whose_category_is_gone_can_still_be_put_in_another_unit() {
    let folder = own_categories();
    let mut running = with_categories(&folder).await;
    let filed = report_a_lost_bicycle(&running).await;
    let mut receive = steps::receive(&running.people);
    receive.body["category"] = json!("lost-bicycle");
    story::take(&running, Role::Dpo, &filed, &receive).await;
    running.stop().await;
    fs::remove_file(folder.path().join("lost-bicycle.toml")).unwrap();
    running.start_again().await;

    let school = running.people.units[2];
    let dpo = running.browser(Role::Dpo).await;
    let address = format!("{}/reclassify", filed.page());
    let form = BrowserForm::open(&dpo, &address, &address).await;
    assert_eq!(form.value("category"), Some("lost-bicycle"), "it is offered still");
    let form = form.set("unit", &school.to_string()).set("reason", "Skolens sykkel");
    assert_eq!(form.send(&dpo).await.status, StatusCode::SEE_OTHER);
    let case = story::case(&running, Role::Dpo, &filed).await;
    assert_eq!((&case["category"], &case["unit"]), (&json!("lost-bicycle"), &json!(school)));
    // Out of it and not back.
    let away = steps::reclassify(&running.people, "other", "Ingen sykkel");
    story::take(&running, Role::Dpo, &filed, &away).await;
    let back = steps::reclassify(&running.people, "lost-bicycle", "En sykkel");
    let refused = story::refused(&running, Role::Dpo, &filed, &back).await;
    assert_eq!(refused["refusal"], "no_such_category");
}
