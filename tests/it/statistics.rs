//! Figures on cases: who sees which, what is left out of those that leave the desk, that a file and
//! the API say what the page says, and that an erased case still counts.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use chrono::TimeDelta;
use domain::Role;
use domain::ids::UnitId;
use hyper::StatusCode;
use hyper::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use serde_json::{Value, json};
use tests::story::{self, Filed};
use tests::{Answer, Client, Running, steps};

/// The cells of every table of a page, by the table's name and the label of the row.
type Cells = BTreeMap<(String, String), Vec<String>>;

/// Every one that is `utelatt` is left out.
const LEFT_OUT: &str = "utelatt";

fn cells(page: &Answer) -> Cells {
    let mut cells = Cells::new();
    for section in page.text.split("<section").skip(1) {
        let name = between(section, "id=\"", "\"").expect("a section has a name");
        for row in section.split("<th scope=\"row\"").skip(1) {
            let label = between(row, ">", "</th>").expect("a row has a label");
            let row = row.split("</tr>").next().expect("a row ends");
            let told = row.split("<td>").skip(1).filter_map(|it| it.split("</td>").next());
            let told = told.map(str::to_owned).collect();
            cells.insert((name.to_owned(), label.to_owned()), told);
        }
    }
    cells
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    text.split_once(before)?.1.split_once(after).map(|(between, _)| between)
}

/// The first cell of a row.
#[track_caller]
fn cell<'a>(cells: &'a Cells, table: &str, label: &str) -> &'a str {
    let found = cells.get(&(table.to_owned(), label.to_owned()));
    found.unwrap_or_else(|| panic!("{label} is no row of {table}: {cells:?}")).first().unwrap()
}

async fn look(client: &Client, address: &str) -> Cells {
    cells(&client.get(address).await.expect(StatusCode::OK))
}

async fn report(running: &Running, unit: UnitId) -> Filed {
    let filed = story::report_by_api(running, None).await;
    let receive = steps::receive_into(&running.people, unit);
    let _ = story::take(running, Role::Dpo, &filed, &receive).await;
    filed
}

/// Cases of 2026, seen from the year after it: two in the leader's unit, nine in another, and six
/// in the one above both, so that whoever leads the nine does not know of the two.
async fn a_year_later() -> Running {
    let running = Running::start().await;
    let [above, own, other] = running.people.units;
    for unit in [[own; 2].as_slice(), &[other; 9], &[above; 6]].concat() {
        report(&running, unit).await;
    }
    running.pass(TimeDelta::days(330));
    running
}

#[tokio::test]
async fn a_leader_sees_their_own_unit_and_nobody_but_the_officer_a_small_count() {
    let running = a_year_later().await;
    let year = "?from=2026-01-01&until=2026-12-31";
    let desk = look(&running.browser(Role::Dpo).await, &format!("/statistics{year}")).await;
    assert_eq!(cell(&desk, "key_figures", "Alle saker"), "17");
    assert_eq!(cell(&desk, "units", "Solbakken sykehjem"), "2", "{desk:?}");
    let controller = look(&running.browser(Role::Controller).await, "/statistics?year=2026").await;
    assert_eq!(cell(&controller, "key_figures", "Alle saker"), "17");
    assert_eq!(cell(&controller, "units", "Solbakken sykehjem"), LEFT_OUT);

    let leader = running.browser(Role::Leader).await;
    let page = leader.get("/statistics?year=2026").await.expect(StatusCode::OK);
    let own = cells(&page);
    assert_eq!(cell(&own, "key_figures", "Alle saker"), LEFT_OUT);
    let units: Vec<&String> =
        own.keys().filter(|(table, _)| table == "units").map(|(_, label)| label).collect();
    assert_eq!(units, ["Alle saker", "Solbakken sykehjem"]);
    let api = running.api(Role::Leader);
    let other = running.people.units[2];
    for query in [
        "?from=2027-01-01&until=2027-12-31".to_owned(),
        format!("?unit={other}"),
        "?as_of=2026-12-31".to_owned(),
        "?from=2026-03-02&until=2026-03-02".to_owned(),
    ] {
        let answer = api.get(&format!("/api/v1/statistics{query}")).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{query}");
    }
}

#[tokio::test]
async fn the_dashboard_tells_of_the_last_days() {
    let running = Running::start().await;
    let [_, own, _] = running.people.units;
    let first = report(&running, own).await;
    for _ in 0..5 {
        report(&running, own).await;
    }
    running.pass(TimeDelta::days(40));
    report(&running, own).await;
    // One that nobody has taken in yet, of the same unit.
    story::report_by_api(&running, None).await;
    let desk = look(&running.browser(Role::Dpo).await, "/dashboard").await;
    let row =
        |cells: &Cells, label: &str| cells[&("key_figures".to_owned(), label.to_owned())].clone();
    assert_eq!(row(&desk, "Alle saker"), ["2", "8", "0"]);
    let page = running.browser(Role::Leader).await.get("/dashboard").await.expect(StatusCode::OK);
    assert_eq!(row(&cells(&page), "Alle saker"), ["7", "0"]);
    assert!(page.text.contains("Meldt de siste 30 dagene: utelatt."), "{}", page.text);
    // What their list does not have, their figures do not tell of.
    let involve = steps::involve(running.people.holder(Role::Leader));
    story::take(&running, Role::Dpo, &first, &involve).await;
    let page = running.browser(Role::Leader).await.get("/dashboard").await.expect(StatusCode::OK);
    assert_eq!(row(&cells(&page), "Alle saker"), ["6", "0"]);
}

#[tokio::test]
async fn every_file_says_what_the_page_says() {
    let running = a_year_later().await;
    let controller = running.browser(Role::Controller).await;
    let page = look(&controller, "/statistics?year=2026").await;
    let get = async |file: &str| {
        let answer = controller.get(&format!("/statistics{file}?year=2026")).await;
        let answer = answer.expect(StatusCode::OK);
        assert!(answer.header(&CONTENT_DISPOSITION).starts_with("attachment"), "{file}");
        answer
    };
    let months = String::from_utf8(get("/months.csv").await.body.to_vec()).unwrap();
    assert!(months.contains("\"mars\";\"17\";\"0\""), "{months}");
    let chart = get("/months.svg").await;
    assert_eq!(chart.header(&CONTENT_TYPE), "image/svg+xml");
    assert!(chart.text.starts_with("<svg") && chart.text.ends_with("</svg>"));
    let picture = get("/months.png").await.body;
    assert_eq!(picture[..8], *b"\x89PNG\r\n\x1a\n");
    assert_eq!(picture[16..20], 960_u32.to_be_bytes(), "three points for each of 320");

    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(get(".xlsx").await.body.to_vec())).unwrap();
    let tables: std::collections::BTreeSet<&String> = page.keys().map(|(name, _)| name).collect();
    assert!(tables.len() <= book.sheet_names().len());
    let sheet = book.worksheet_range("Saker etter enhet").unwrap();
    let rows: Vec<Vec<Data>> = sheet.rows().map(<[Data]>::to_vec).collect();
    let row = |label: &str| rows.iter().find(|row| row[0] == label).expect("the row")[1].clone();
    assert_eq!(row("Alle saker"), Data::Float(17.0));
    assert_eq!(row("Solbakken sykehjem"), Data::String(LEFT_OUT.to_owned()));
    for file in ["/months.pdf", "/nothing.csv", "/key_figures.svg", "/months"] {
        let answer = controller.get(&format!("/statistics{file}?year=2026")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{file}");
    }

    let api = running.api(Role::Controller);
    let told = api
        .get("/api/v1/statistics?from=2026-01-01&until=2026-12-31")
        .await
        .expect(StatusCode::OK)
        .json();
    let mut compared = 0;
    for table in told["tables"].as_array().unwrap() {
        let name = table["key"].as_str().unwrap();
        let shown: Vec<&Vec<String>> =
            page.iter().filter(|((of, _), _)| of == name).map(|(_, cells)| cells).collect();
        for row in table["rows"].as_array().unwrap() {
            let cells: Option<Vec<String>> =
                row["cells"].as_array().unwrap().iter().map(in_words).collect();
            if let Some(cells) = cells {
                assert!(shown.contains(&&cells), "{name}: {row} {shown:?}");
                compared += 1;
            }
        }
    }
    assert!(60 < compared, "{compared}");
}

/// A cell of the API as the page writes it; nothing of shares and times.
fn in_words(cell: &Value) -> Option<String> {
    if cell["suppressed"] == true {
        return Some(LEFT_OUT.to_owned());
    }
    let is_count = cell["of"].is_null() && cell["minutes"].is_null();
    let count = || cell["count"].as_u64().map_or_else(|| "ingen".to_owned(), |it| it.to_string());
    is_count.then(count)
}

#[tokio::test]
async fn an_erased_case_counts_for_what_it_was_and_a_day_that_has_passed_stays_as_it_was() {
    let running = Running::start().await;
    let filed = story::report_by_api(&running, None).await;
    story::walk_to_closed(&running, &filed).await;
    running.pass(TimeDelta::days(1));
    let other = story::report_by_api(&running, None).await;
    let dpo = running.browser(Role::Dpo).await;
    let before = look(&dpo, "/statistics").await;
    assert_eq!(cell(&before, "key_figures", "Alle saker"), "2");
    assert_eq!(cell(&before, "key_figures", "Lukket"), "1");
    let erase = steps::erase(&json!({ "kind": "everybody" }), "retention_reached");
    let _ = story::take(&running, Role::Dpo, &filed, &erase).await;
    assert_eq!(look(&dpo, "/statistics").await, before);
    let merge = steps::merge(&filed.number, "Samme buss");
    let merged = story::ask(&running, Role::Dpo, &other, &merge).await;
    assert_ne!(merged.status, StatusCode::NO_CONTENT, "nothing goes on in an erased case");
    let then = look(&dpo, "/statistics?as_of=2026-03-02").await;
    assert_eq!(cell(&then, "key_figures", "Alle saker"), "1");
    let wrong = dpo.get("/statistics?from=2026-03-02&until=2026-03-01").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn an_officer_sees_no_small_count_of_days_with_a_case_they_are_involved_in() {
    const WHY: &str = "saker du ikke har tilgang til";
    let running = Running::start().await;
    let [_, own, _] = running.people.units;
    let filed = report(&running, own).await;
    running.pass(TimeDelta::days(1));
    report(&running, own).await;
    let officer = running.browser(Role::Dpo).await;
    let second = running.register("Dag Nordli", "dag", own, [Role::Dpo]).await;
    let involve = steps::involve(running.people.holder(Role::Dpo));
    let day = "/statistics?from=2026-03-02&until=2026-03-02";
    let next = "/statistics?from=2026-03-03&until=2026-03-03";
    assert_eq!(cell(&look(&officer, day).await, "key_figures", "Alle saker"), "1");
    let _ = story::take(&running, Role::Dpo, &filed, &involve).await;
    let page = officer.get(day).await.expect(StatusCode::OK);
    assert!(page.text.contains(WHY), "{}", page.text);
    assert_eq!(cell(&cells(&page), "key_figures", "Alle saker"), LEFT_OUT);
    let then = format!("{day}&as_of=2026-03-02");
    assert_eq!(cell(&look(&officer, &then).await, "key_figures", "Alle saker"), LEFT_OUT);
    let dashboard = officer.get("/dashboard").await.expect(StatusCode::OK);
    assert!(dashboard.text.contains(WHY), "{}", dashboard.text);
    let other = officer.get(next).await.expect(StatusCode::OK);
    assert!(!other.text.contains(WHY), "{}", other.text);
    assert_eq!(cell(&cells(&other), "key_figures", "Alle saker"), "1");
    let colleague = running.visitor();
    colleague.sign_in(&second).await;
    assert_eq!(cell(&look(&colleague, day).await, "key_figures", "Alle saker"), "1");
}
