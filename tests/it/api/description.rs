//! The API describes itself, wholly and truly.

use std::collections::{BTreeMap, BTreeSet};

use super::*;

/// The methods an address can have.
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

async fn description(running: &Running) -> Value {
    running.visitor().get("/api/openapi.json").await.expect(StatusCode::OK).json()
}

/// Method, address and operation of everything described.
fn operations(description: &Value) -> Vec<(String, String, Value)> {
    let mut all = Vec::new();
    for (path, item) in description["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            assert!(METHODS.contains(&method.as_str()), "{method} {path}");
            all.push((method.to_uppercase(), path.clone(), operation.clone()));
        }
    }
    all
}

/// Calls `look` with every object in the description that stands under `name`.
fn each_under(value: &Value, name: &str, look: &mut impl FnMut(&Value)) {
    match value {
        Value::Object(members) => {
            for (member, value) in members {
                if member == name {
                    look(value);
                }
                each_under(value, name, look);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| each_under(item, name, look)),
        _ => (),
    }
}

#[tokio::test]
async fn what_is_described_is_there_and_in_the_documents() {
    let running = Running::start().await;
    let operations = operations(&description(&running).await);
    assert!(20 < operations.len());
    for (method, path, _) in &operations {
        // Without a token nothing is told but that there is something.
        let asked = Asked::new(method.parse().unwrap(), path);
        problem(&running.visitor().send(asked).await, StatusCode::UNAUTHORIZED);
    }

    let document = include_str!("../../../docs/API.md");
    let rows = document.lines().filter_map(|line| {
        let mut cells = line.split('|').map(|cell| cell.trim().trim_matches('`'));
        let (method, path) = (cells.nth(1)?, cells.next()?);
        path.starts_with("/api/").then(|| (method.to_owned(), path.to_owned()))
    });
    let described = operations.into_iter().map(|(method, path, _)| (method, path));
    assert_eq!(rows.collect::<BTreeSet<_>>(), described.collect::<BTreeSet<_>>());
}

#[tokio::test]
async fn the_description_is_whole() {
    let running = Running::start().await;
    let description = description(&running).await;
    assert!(description["openapi"].as_str().unwrap().starts_with("3.1."));
    assert_eq!(description["components"]["securitySchemes"]["token"]["scheme"], "bearer");
    assert_eq!(description["security"], json!([{ "token": [] }]));

    let mut references = 0;
    each_under(&description, "$ref", &mut |reference| {
        let pointer = reference.as_str().unwrap().strip_prefix('#').unwrap();
        assert!(description.pointer(pointer).is_some(), "{pointer} leads nowhere");
        references += 1;
    });
    assert!(100 < references);

    let tags = description["tags"].as_array().unwrap();
    let tags: Vec<&Value> = tags.iter().map(|tag| &tag["name"]).collect();
    let mut names = BTreeSet::new();
    for (method, path, operation) in operations(&description) {
        let place = format!("{method} {path}");
        assert!(operation["summary"].is_string(), "{place}");
        assert!(operation["tags"].as_array().unwrap().iter().all(|tag| tags.contains(&tag)));
        assert!(names.insert(operation["operationId"].as_str().unwrap().to_owned()), "{place}");
        let responses = operation["responses"].as_object().unwrap();
        assert!(responses.keys().any(|status| status.starts_with('2')), "{place}");
        assert!(responses.contains_key("401"), "{place}");
        let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
        let declared = |kind: &str| -> BTreeSet<String> {
            let of_kind = parameters.iter().filter(|parameter| parameter["in"] == kind);
            of_kind.map(|parameter| parameter["name"].as_str().unwrap().to_owned()).collect()
        };
        let in_path = path.split('/').filter_map(|it| it.strip_prefix('{')?.strip_suffix('}'));
        assert_eq!(declared("path"), in_path.map(str::to_owned).collect(), "{place}");
        // Those that record nothing may be asked as often as one likes.
        let asks = ["search_cases", "preview_assessment"];
        let asks = asks.iter().any(|name| operation["operationId"] == *name);
        let takes_key = method == "POST" && !asks;
        assert_eq!(declared("header").contains("Idempotency-Key"), takes_key, "{place}");
    }
}

#[tokio::test]
async fn every_field_is_explained() {
    let running = Running::start().await;
    let description = description(&running).await;
    each_under(&description["components"]["schemas"], "properties", &mut |properties| {
        for (name, field) in properties.as_object().unwrap() {
            // The word that tells the kinds of a thing apart; each kind is explained.
            let tells_kinds_apart = field["enum"].as_array().is_some_and(|it| it.len() == 1);
            let mut explained = tells_kinds_apart;
            each_under(&json!({ "it": field }), "description", &mut |text| {
                explained |= text.as_str().is_some_and(|text| !text.is_empty());
            });
            assert!(explained, "{name}: {field}");
        }
    });
}

/// The examples name units and people that are not there; the rest of them must be in order.
#[tokio::test]
async fn every_example_is_read() {
    let running = Running::start().await;
    let case = file(&running, &report(&running)).await;
    let description = description(&running).await;
    let mut tried = BTreeMap::new();
    for (method, path, operation) in operations(&description) {
        let body = &operation["requestBody"]["content"]["application/json"]["schema"]["$ref"];
        let Some(pointer) = body.as_str().and_then(|it| it.strip_prefix('#')) else { continue };
        let schema = description.pointer(pointer).unwrap();
        assert_eq!(schema["additionalProperties"], false, "{method} {path}");
        let measure = "00000000-0000-4000-8000-000000000001";
        let path = path
            .replace("/api/v1/cases/{year}/{sequence}", &case)
            .replace("{measure}", measure)
            .replace("{duty}", "protected-address");
        let answer = running.api(Role::Dpo).post(&path, &schema["example"]).await;
        let json = if answer.text.is_empty() { Value::Null } else { answer.json() };
        assert_ne!(json["type"], "/api/problems/unfit", "{path}: {schema} {json}");
        tried.insert(path, answer.status);
    }
    assert!(15 < tried.len(), "{tried:?}");
}

/// What is between a request's body and a time or a day in it, with what to send in its place.
fn times_in(
    description: &Value,
    schema: &Value,
    send: &dyn Fn(Value) -> Value,
    all: &mut Vec<Value>,
) {
    if let Some(pointer) = schema["$ref"].as_str() {
        let schema = description.pointer(&pointer[1..]).unwrap();
        return times_in(description, schema, send, all);
    }
    if ["date-time", "date"].contains(&schema["format"].as_str().unwrap_or_default()) {
        all.push(send(json!(beyond(&schema["format"]))));
    }
    for one_of in ["oneOf", "allOf", "anyOf"] {
        for schema in schema[one_of].as_array().into_iter().flatten() {
            times_in(description, schema, send, all);
        }
    }
    let properties = || schema["properties"].as_object().into_iter().flatten();
    // Of several shapes, what says which it is.
    let only =
        |of: &Value| of["enum"].as_array().filter(|it| it.len() == 1).map(|it| it[0].clone());
    let tags: serde_json::Map<_, _> =
        properties().filter_map(|(name, of)| Some((name.clone(), only(of)?))).collect();
    for (name, property) in properties() {
        let beside = |value| {
            let mut members = tags.clone();
            members.insert(name.clone(), value);
            send(members.into())
        };
        times_in(description, property, &beside, all);
    }
    if let Some(items) = schema.get("items") {
        times_in(description, items, &|value| send(json!([value])), all);
    }
}

/// The last that can be held at all.
fn beyond(format: &Value) -> &'static str {
    if format == "date" { "+262142-12-31" } else { "+262142-12-31T23:59:59Z" }
}

#[tokio::test]
async fn a_time_that_nothing_can_be_counted_on_from_is_refused_wherever_one_is_sent() {
    let running = Running::start().await;
    let description = description(&running).await;
    let api = running.api(Role::Dpo);
    tests::story::report_by_api(&running, None).await;
    let mut count = 0;
    for (method, path, operation) in operations(&description) {
        let at = path.split('/').map(|part| match part {
            "{year}" => "2026",
            "{sequence}" | "{letter}" => "1",
            "{document}" => "case-file",
            _ if part.starts_with('{') => "00000000-0000-8000-8000-000000000001",
            _ => part,
        });
        let at = at.collect::<Vec<_>>().join("/");
        let mut refused = Vec::new();
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            let mut times = Vec::new();
            times_in(&description, &parameter["schema"], &|value| value, &mut times);
            for time in times {
                let (name, time) = (parameter["name"].as_str().unwrap(), time.as_str().unwrap());
                let time = time.replace('+', "%2B");
                let asked = Asked::new(method.parse().unwrap(), &format!("{at}?{name}={time}"));
                refused.push((api.send(asked).await, name.to_owned()));
            }
        }
        let body = &operation["requestBody"]["content"]["application/json"]["schema"];
        let mut bodies = Vec::new();
        times_in(&description, body, &|value| value, &mut bodies);
        for body in bodies {
            let asked = Asked::new(method.parse().unwrap(), &at).with_json(&body);
            let asked = asked.with(KEY, "00000000-0000-4000-8000-000000000001");
            refused.push((api.send(asked).await, body.to_string()));
        }
        for (answer, sent) in refused {
            let what = format!("{method} {path} {sent}");
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{what}: {}", answer.text);
            assert_eq!(answer.json()["errors"][0]["problem"], "unfit", "{what}: {}", answer.text);
            count += 1;
        }
    }
    assert!(30 < count, "{count}");
}
