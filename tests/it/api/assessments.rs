//! What follows from facts, without a case.

use super::*;

const ADDRESS: &str = "/api/v1/assessments/preview";

#[tokio::test]
async fn facts_are_answered_with_what_follows_and_nothing_is_kept() {
    let running = Running::start().await;
    let dpo = running.api(Role::Dpo);
    let facts = json!({
        "personal_data": true, "breach": ["confidentiality"], "snooping": true,
        "data": ["health"], "recipient": "own_staff", "disclosure": "seen",
    });
    let answer: Value = dpo.post(ADDRESS, &facts).await.expect(StatusCode::OK).json();
    assert_eq!(answer["outcome"], "notify_authority_and_people");
    let rules = answer["rules"].as_array().unwrap();
    let fired = |name: &str| rules.iter().find(|it| it["rule"] == name);
    let own = fired("gdpr/own-staff-looked-at-private-matters").unwrap();
    assert!(own["reason"].as_str().unwrap().starts_with("Noen av våre egne"), "{own}");
    let cases: Value = dpo.get("/api/v1/cases").await.expect(StatusCode::OK).json();
    assert_eq!(cases["total"], 0, "no case is opened");
}

#[tokio::test]
async fn what_does_not_fit_is_told_with_the_field_and_the_words_it_takes() {
    let running = Running::start().await;
    let dpo = running.api(Role::Dpo);
    let told = |body: Value| {
        let dpo = &dpo;
        async move {
            let answer = dpo.post(ADDRESS, &body).await;
            let told = problem(&answer, StatusCode::UNPROCESSABLE_ENTITY);
            told["errors"][0].clone()
        }
    };
    let error = told(json!({ "backup": "yes" })).await;
    assert_eq!((&error["field"], &error["problem"]), (&json!("/backup"), &json!("unfit")));
    assert_eq!(error["choices"], json!(["full", "partial", "unknown", "none"]));
    let error = told(json!({ "colour": "red" })).await;
    assert_eq!((&error["field"], &error["problem"]), (&json!("/colour"), &json!("unknown")));
    assert!(error["choices"].as_array().unwrap().contains(&json!("recipient")));
    let error = told(json!({ "data": ["health", "shoe size"] })).await;
    assert_eq!(error["field"], "/data");
    assert!(!error.to_string().contains("shoe"), "what was sent is not repeated");
}

#[tokio::test]
async fn departing_from_the_advice_on_a_case_takes_a_reason_and_both_are_kept() {
    let running = Running::start().await;
    let case = file(&running, &report(&running)).await;
    let dpo = running.api(Role::Dpo);
    let facts = json!({
        "personal_data": true, "breach": ["confidentiality"], "data": ["identification", "health"],
        "insight": "ordinary", "protection": "none", "recipient": "unidentified",
    });
    let found_out = take(&running, Role::Dpo, &case, "facts", &facts).await;
    assert_eq!(found_out.status, StatusCode::NO_CONTENT);
    let assess = |departure: Option<&str>| {
        json!({
            "facts": "Nettbrettet er ikke kryptert.", "outcome": "notify_authority",
            "departure": departure,
        })
    };
    let refused = take(&running, Role::Dpo, &case, "assessment", &assess(None)).await;
    let told = problem(&refused, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(told["refusal"], "departure_unexplained");
    assert_eq!(told["advised"], "notify_authority_and_people");
    let explained = assess(Some("Nettbrettet er funnet igjen i et låst skap."));
    let taken = take(&running, Role::Dpo, &case, "assessment", &explained).await;
    assert_eq!(taken.status, StatusCode::NO_CONTENT);
    let seen: Value = dpo.get(&case).await.expect(StatusCode::OK).json();
    let advice = &seen["assessment"]["advice"];
    assert_eq!(seen["assessment"]["outcome"], "notify_authority");
    assert_eq!(advice["outcome"], "notify_authority_and_people");
    assert_eq!(advice["facts_version"], 1);
    assert_eq!(advice["departure"], "Nettbrettet er funnet igjen i et låst skap.");
    let rules = advice["rules"].as_array().unwrap();
    assert!(rules.contains(&json!("gdpr/2/private-matters-astray")), "{rules:?}");
}
