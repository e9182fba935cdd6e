//! The register of breaches (GDPR art. 33(5)): on the page, as CSV, as a workbook and over the API,
//! as it is and as it was known when a day ended.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use chrono::TimeDelta;
use domain::Role;
use hyper::StatusCode;
use hyper::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use journal::Access;
use serde_json::{Value, json};
use tests::marked;
use tests::steps::{self, Step};
use tests::story::{self, Filed};
use tests::{Answer, Running, disk};

/// The rows of the workbook that somebody downloads.
async fn workbook(running: &Running, role: Role, address: &str) -> Vec<Vec<Data>> {
    let answer = running.browser(role).await.get(address).await.expect(StatusCode::OK);
    assert!(answer.header(&CONTENT_TYPE).ends_with("spreadsheetml.sheet"), "{answer:?}");
    rows(&answer)
}

fn rows(answer: &Answer) -> Vec<Vec<Data>> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(answer.body.to_vec())).unwrap();
    let sheet = workbook.worksheet_range_at(0).unwrap().unwrap();
    sheet.rows().map(<[Data]>::to_vec).collect()
}

/// What stands in the column of that name, row by row.
fn column<'a>(rows: &'a [Vec<Data>], name: &str) -> Vec<&'a Data> {
    let number = rows[0].iter().position(|it| *it == Data::String(name.to_owned()));
    let number = number.unwrap_or_else(|| panic!("{name} is no column of {:?}", rows[0]));
    rows[1..].iter().map(|row| &row[number]).collect()
}

async fn entries(running: &Running, query: &str) -> Value {
    let answer = running.api(Role::Dpo).get(&format!("/api/v1/register{query}")).await;
    answer.expect(StatusCode::OK).json()["items"].clone()
}

/// A case reported on 2 March and closed on the 3rd, and one reported on the 4th.
async fn three_days() -> (Running, Filed, Filed) {
    let running = Running::start().await;
    let first = story::report_by_api(&running, None).await;
    running.pass(TimeDelta::days(1));
    story::walk_to_closed(&running, &first).await;
    running.pass(TimeDelta::days(1));
    let second = story::report_by_api(&running, None).await;
    (running, first, second)
}

#[tokio::test]
async fn every_decision_stands_there_with_its_reasons() {
    let running = Running::start().await;
    let filed = story::report_by_api(&running, Some("2026-03-02T07:30:00Z")).await;
    let other = story::report_by_api(&running, None).await;
    let take = async |role, step: &Step| story::take(&running, role, &filed, step).await;
    let _ = take(Role::Dpo, &steps::receive(&running.people)).await;
    let _ = take(Role::Dpo, &steps::establish_awareness("2026-03-02T07:45:00Z", "Da ringte Skyss"))
        .await;
    let _ = take(Role::Dpo, &steps::assess("Uten lås", "notify_authority")).await;
    let against = steps::depart("do_not_notify", "Funnet igjen", "Den lå i safen");
    let _ = take(Role::Controller, &against).await;
    let _ = take(Role::Controller, &steps::decide("notify", "Likevel ikke funnet")).await;
    let _ = take(Role::Controller, &steps::decide_on_people("no_high_risk", "Bare navn")).await;
    let _ = take(Role::Dpo, &steps::refer("police_report", "Politiet", "Tyveri", "1")).await;
    let _ = take(Role::Dpo, &steps::refer("personnel_matter", "Personal", "Samtale", "2")).await;
    let _ = take(Role::Dpo, &steps::correspond("De spør hvor mange")).await;
    let _ = take(Role::Dpo, &steps::link(&other.number, "Samme buss")).await;
    let entry = entries(&running, "").await[0].clone();
    let decisions = entry["decisions"].as_array().unwrap();
    let told: Vec<[&Value; 4]> = decisions
        .iter()
        .map(|it| ["kind", "authority_decision", "reasons", "departure"].map(|name| &it[name]))
        .collect();
    let expected = [
        [json!("awareness"), Value::Null, json!("Da ringte Skyss"), Value::Null],
        [
            json!("authority"),
            json!("do_not_notify"),
            json!("Funnet igjen"),
            json!("Den lå i safen"),
        ],
        [json!("authority"), json!("notify"), json!("Likevel ikke funnet"), Value::Null],
        [json!("people"), Value::Null, json!("Bare navn"), Value::Null],
    ];
    assert_eq!(told, expected.each_ref().map(<[Value; 4]>::each_ref));
    assert_eq!(entry["authority_grounds"], "Likevel ikke funnet");
    assert_eq!(entry["others_told"].as_array().unwrap().len(), 1, "{entry}");
    assert_eq!(entry["correspondence"][0]["summary"], "De spør hvor mange");
    assert_eq!(entry["linked"], json!([other.number]));
    let officer = running.people.holder(Role::Dpo);
    story::take(&running, Role::Dpo, &other, &steps::involve(officer)).await;
    running.pass(TimeDelta::days(1));
    for as_of in ["", "?as_of=2026-03-02"] {
        let entry = entries(&running, as_of).await[0].clone();
        assert_eq!(entry["linked"], json!([]), "{as_of:?} nothing of a case one is involved in");
    }

    let page = running.browser(Role::Controller).await.get("/register").await;
    let rows = workbook(&running, Role::Controller, "/register.xlsx").await;
    let sheet = format!("{rows:?}");
    for said in ["Da ringte Skyss", "Den lå i safen", "De spør hvor mange", "Politiet"] {
        assert!(page.text.contains(said) && sheet.contains(said), "{said}");
    }
    for kept_out in ["Samtale", "Personal"] {
        assert!(!page.text.contains(kept_out) && !sheet.contains(kept_out), "{kept_out}");
    }
}

#[tokio::test]
async fn what_is_no_deviation_and_what_was_merged_say_why() {
    let running = Running::start().await;
    let [no_deviation, ending, going_on] = [
        story::report_by_api(&running, None).await,
        story::report_by_api(&running, None).await,
        story::report_by_api(&running, None).await,
    ];
    story::take(&running, Role::Dpo, &no_deviation, &steps::close_as_not_a_deviation("En øvelse"))
        .await;
    let merge = steps::merge(&going_on.number, "Samme telefon");
    story::take(&running, Role::Dpo, &ending, &merge).await;
    let entries = entries(&running, "").await;
    let reasons = |entry: &Value| entry["decisions"][0]["reasons"].clone();
    assert_eq!(reasons(&entries[0]), "En øvelse");
    assert_eq!(reasons(&entries[1]), "Samme telefon");
    assert_eq!(entries[1]["merged_into"], json!(going_on.number));
    assert_eq!(entries[2]["duplicates"], json!([ending.number]));
}

#[tokio::test]
async fn the_register_is_told_as_it_was_known_when_a_day_ended() {
    let (running, first, second) = three_days().await;
    let then = entries(&running, "?as_of=2026-03-02").await;
    assert_eq!(then.as_array().unwrap().len(), 1);
    assert_eq!(then[0]["case"], json!(first.number));
    assert_eq!((&then[0]["phase"], &then[0]["decisions"]), (&json!("reported"), &json!([])));
    let later = entries(&running, "?as_of=2026-03-03").await;
    assert_eq!((&later[0]["phase"], &later[1]), (&json!("closed"), &Value::Null));
    assert_eq!(later[0]["authority_grounds"], story::SAID_IN_HANDLING[1]);
    // What nothing has happened to since is the same then and now.
    assert_eq!(entries(&running, "").await[0], later[0]);
    assert_eq!(entries(&running, "?as_of=2026-03-04").await, entries(&running, "").await);
    assert_eq!(entries(&running, "?as_of=2026-03-01").await, json!([]));
    assert_eq!(entries(&running, "?from=2026-03-03").await[0]["case"], json!(second.number));
    assert_eq!(entries(&running, "?until=2026-03-03&as_of=2026-03-03").await, later);
    assert_eq!(entries(&running, "?from=2026-03-05").await, json!([]));

    let dpo = running.browser(Role::Dpo).await;
    let page = dpo.get("/register?as_of=2026-03-02").await.expect(StatusCode::OK).text;
    assert!(page.contains(&first.page()) && !page.contains(&second.page()), "{page}");
    assert!(page.contains("ved slutten av mandag 2. mars 2026"), "{page}");
    for kind in ["csv", "xlsx"] {
        assert!(page.contains(&format!("href=\"/register.{kind}?as_of=2026-03-02\"")), "{page}");
    }
    let sheet = dpo.get("/register.csv?as_of=2026-03-02").await.expect(StatusCode::OK);
    assert_eq!(sheet.text.lines().filter(|line| line.contains("\"2026/")).count(), 1);
    let name = sheet.header(&CONTENT_DISPOSITION);
    assert!(name.contains("register-over-brudd-2026-03-02.csv"), "{name}");
    let rows = workbook(&running, Role::Dpo, "/register.xlsx?as_of=2026-03-02").await;
    assert_eq!(column(&rows, "Sak"), [&Data::String(first.number.clone())]);
    assert!(matches!(column(&rows, "Meldt inn")[0], Data::DateTime(_)), "{rows:?}");
}

#[tokio::test]
async fn a_day_that_is_none_is_asked_for_again() {
    let mut running = Running::start().await;
    story::report_by_api(&running, None).await;
    let dpo = running.browser(Role::Dpo).await;
    for (query, said) in [
        ("as_of=2026-03-03", "ikke kommet ennå"),
        ("as_of=1.+mars", "Dette er ingen dato"),
        ("from=2026-03-02&until=2026-03-01", "kan ikke komme før den første"),
    ] {
        for file in ["/register", "/register.csv", "/register.xlsx"] {
            let answer = dpo.get(&format!("{file}?{query}")).await;
            let text = answer.expect(StatusCode::UNPROCESSABLE_ENTITY).text;
            assert!(text.contains(said) && !text.contains("href=\"/cases/"), "{text}");
        }
        let answer = running.api(Role::Dpo).get(&format!("/api/v1/register?{query}")).await;
        let _ = answer.expect(StatusCode::UNPROCESSABLE_ENTITY);
    }
    running.stop().await;
    let lines = disk::accesses(running.data_dir()).await;
    let exported = Access::Export("register".to_owned());
    assert!(lines.iter().all(|line| line.what != exported), "nothing was handed out");
}

#[tokio::test]
async fn what_was_erased_is_told_as_erased_as_of_before_it_was_too() {
    let running = Running::start().await;
    let filed = marked::report(&running).await;
    marked::walk_to_closed(&running, &filed).await;
    running.pass(TimeDelta::days(1));
    let all = async || {
        let dpo = running.browser(Role::Dpo).await;
        let mut shown = String::new();
        for address in ["/register", "/register.csv"] {
            shown += &dpo.get(&format!("{address}?as_of=2026-03-02")).await.text;
        }
        let rows = workbook(&running, Role::Dpo, "/register.xlsx?as_of=2026-03-02").await;
        let api = entries(&running, "?as_of=2026-03-02").await;
        format!("{shown}{rows:?}{api}")
    };
    let known = all().await;
    assert!(5 < marked::in_text(&known).len(), "{:?}", marked::in_text(&known));
    let everybody = json!({ "kind": "everybody" });
    let erase = steps::erase(&everybody, "retention_reached");
    story::take(&running, Role::Dpo, &filed, &erase).await;
    let left = all().await;
    assert_eq!(marked::in_text(&left), [""; 0]);
    let entry = entries(&running, "?as_of=2026-03-02").await[0].clone();
    assert_eq!(entry["phase"], "closed", "so it was then");
    assert_eq!(
        (&entry["what_happened"], &entry["authority_grounds"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(entry["authority_decision"], "notify", "what was decided stays");
}

#[tokio::test]
async fn whoever_is_involved_finds_nothing_of_the_case_as_of_any_day() {
    let running = Running::start().await;
    let filed = story::report_by_api(&running, None).await;
    running.pass(TimeDelta::days(1));
    let officer = running.people.holder(Role::SecurityOfficer);
    story::take(&running, Role::Dpo, &filed, &steps::involve(officer)).await;
    let api = running.api(Role::SecurityOfficer);
    for query in ["", "?as_of=2026-03-02"] {
        let found = api.get(&format!("/api/v1/register{query}")).await.json();
        assert_eq!(found["total"], 0, "{query}");
    }
}

#[tokio::test]
async fn a_workbook_holds_what_was_written_as_text_and_nobodys_name() {
    let running = Running::start().await;
    let employee = running.browser(Role::Employee).await;
    let form = story::lost_phone(&employee, &[("openness", "named")]).await;
    let formula = "=HYPERLINK(\"http://x\")";
    let _ = form.set("what_happened", formula).send(&employee).await.expect(StatusCode::OK);
    let dpo = running.browser(Role::Dpo).await;
    let first = dpo.get("/register.xlsx").await.expect(StatusCode::OK);
    assert_eq!(column(&rows(&first), "Hva som skjedde"), [&Data::String(formula.to_owned())]);
    let again = dpo.get("/register.xlsx").await.expect(StatusCode::OK);
    assert_eq!(first.body, again.body, "the same register makes the same file");
    let reporter = &running.people.holder(Role::Employee).name;
    assert!(!format!("{:?}", rows(&first)).contains(reporter.as_str()));
}
