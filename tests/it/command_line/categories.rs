//! An organisation's own category: a file beside the binary, and what is said when it is wrong.

use std::fs;

use domain::ids::{UnitId, UserId};
use hyper::StatusCode;
use serde_json::json;
use tests::{Client, Person};
use uuid::Uuid;

use super::process::{Ended, Place, Serving};
use super::refused;
use crate::categories::BICYCLE;

const FILE: &str = "own/lost-bicycle.toml";

/// A place set up with a category of its own.
fn place() -> Place {
    let place = Place::new();
    place.init();
    place.write("config/avvik.toml", "[categories]\ndir = \"own\"\n");
    place.write(FILE, BICYCLE);
    place
}

fn serve(place: &Place) -> Serving {
    place.serve(&["--data-dir", "data"])
}

fn refused_to_serve(place: &Place) -> Ended {
    place.run(&["serve", "--listen", "127.0.0.1:0", "--data-dir", "data"])
}

/// The administrator through a program.
fn administrator(place: &Place, serving: &Serving) -> Client {
    let ended =
        place.run(&["token", "--data-dir", "data", "--user", "kari", "--label", "categories"]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    serving.api_of(&Person {
        user: UserId(Uuid::nil()),
        name: String::new(),
        sign_in_name: "kari".to_owned(),
        unit: UnitId(Uuid::nil()),
        token: ended.out.trim().to_owned(),
    })
}

async fn report(client: &Client) {
    let units = client.get("/api/v1/units").await.expect(StatusCode::OK).json();
    let report = json!({
        "category": "lost-bicycle",
        "unit": units["items"][0]["id"],
        "what_happened": "Sykkelen sto ved kaia.",
        "answers": { "bag": "nothing" },
    });
    let answer = client.post("/api/v1/reports", &report).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
}

#[tokio::test]
async fn an_organisation_adds_its_own_category_by_adding_a_file() {
    let place = place();
    let serving = serve(&place);
    let client = administrator(&place, &serving);
    let listed = client.get("/api/v1/categories").await.expect(StatusCode::OK).json();
    assert_eq!(listed["total"], 1, "the folder takes the place of what is built in");
    let own = &listed["items"][0];
    assert_eq!(own["id"], "lost-bicycle");
    assert_eq!(own["questions"][0]["choices"][1]["value"], "nothing");
    assert_eq!(own["playbook"][0]["owner"], "leader");
    assert_eq!(own["playbook"][0]["within_hours"], 4);
    assert_eq!(own["playbook"][0]["from"], "receipt");
    assert_eq!(own["rules"][0]["cite"], "Sykkelreglementet § 3");
    let when = &own["severe"][0]["when"][0];
    assert_eq!((&when["question"], &when["is"]), (&json!("bag"), &json!(["papers"])));
    report(&client).await;
    assert_eq!(serving.end_by("TERM"), Some(0));
}

#[tokio::test]
async fn a_category_is_changed_freely_until_it_is_used_and_then_under_a_new_version() {
    let place = place();
    let changed = BICYCLE.replace("Hva lå i vesken?", "Hva var i vesken?");
    assert_eq!(serve(&place).end_by("TERM"), Some(0));
    place.write(FILE, &changed);
    let serving = serve(&place);
    report(&administrator(&place, &serving)).await;
    assert_eq!(serving.end_by("TERM"), Some(0));

    place.write(FILE, BICYCLE);
    refused(
        &refused_to_serve(&place),
        "the categories cannot be used: own/lost-bicycle.toml, line 2, version: version 1 is in \
         use with other content, and what was reported under it must stay as it was; set the \
         version to 2",
    );
    place.write(FILE, &BICYCLE.replace("version = 1", "version = 2"));
    assert_eq!(serve(&place).end_by("TERM"), Some(0));
    place.write(FILE, &changed);
    assert_eq!(serve(&place).end_by("TERM"), Some(0), "the version that was used may come back");
    fs::remove_file(place.path(FILE)).unwrap();
    refused(&refused_to_serve(&place), "own: holds no category; at least one *.toml is needed");
}

#[test]
fn a_fault_in_a_category_stops_the_start_with_file_line_and_key() {
    let place = place();
    for (wrong, instead_of, told) in [
        ("is = [\"letters\"]", "is = [\"papers\"]", "line 29, severe[1].when[1].is[1]: "),
        ("owner = \"mayor\"", "owner = \"leader\"", "line 18, playbook[1].owner: unknown variant"),
        ("within = \"soon\"", "within = \"4h\"", "line 19, playbook[1].within: a time is hours or"),
        (
            "title = { nb = \"Tapt\", en = \"Lost\" }",
            "title = { nb = \"Tapt tjenestesykkel\", sv = \"Borttappad tjänstecykel\" }",
            "line 5, help: the text is missing in the language `en`",
        ),
    ] {
        assert_eq!(BICYCLE.matches(instead_of).count(), 1, "{instead_of}");
        place.write(FILE, &BICYCLE.replace(instead_of, wrong));
        let told = format!("the categories cannot be used: own/lost-bicycle.toml, {told}");
        refused(&refused_to_serve(&place), &told);
    }
}
