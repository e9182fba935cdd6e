//! A token opens what its holder's roles open, and a confidential reporter stays confidential.

use strum::IntoEnumIterator;

use super::*;

/// Every address that reads, for one case.
fn reads(case: &str) -> [String; 5] {
    ["/api/v1/cases", case, &format!("{case}/timeline"), "/api/v1/measures", "/api/v1/register"]
        .map(str::to_owned)
}

/// Which role reads what: the list, the case, its timeline, the measures, the register.
async fn statuses(running: &Running, role: Role, case: &str) -> [u16; 5] {
    let mut statuses = [0; 5];
    for (status, path) in statuses.iter_mut().zip(reads(case)) {
        *status = running.api(role).get(&path).await.status.as_u16();
    }
    statuses
}

async fn received(running: &Running, report: &Value) -> String {
    let case = file(running, report).await;
    let done = take(running, Role::Dpo, &case, "receive", &receipt(running)).await;
    let _ = done.expect(StatusCode::NO_CONTENT);
    case
}

#[tokio::test]
async fn each_role_reads_its_own_and_no_more() {
    let running = Running::start().await;
    let case = received(&running, &report(&running)).await;
    for role in Role::iter() {
        let wanted = match role {
            Role::Dpo | Role::Controller | Role::SecurityOfficer => [200, 200, 200, 200, 200],
            Role::Leader => [200, 200, 200, 200, 403],
            _ => [403, 404, 404, 200, 403],
        };
        assert_eq!(statuses(&running, role, &case).await, wanted, "{role:?}");
        // The lists say nothing of what the role may not see either.
        let measures = running.api(role).get("/api/v1/measures").await.json();
        assert_eq!(measures["total"], 0, "{role:?}");
    }
}

#[tokio::test]
async fn a_leader_sees_the_own_units_cases_once_they_are_received() {
    let running = Running::start().await;
    let leader = running.api(Role::Leader);
    let own = file(&running, &report(&running)).await;
    problem(&leader.get(&own).await, StatusCode::NOT_FOUND);
    assert_eq!(leader.get("/api/v1/cases").await.json()["total"], 0);

    let _ = take(&running, Role::Dpo, &own, "receive", &receipt(&running)).await;
    let seen = leader.get(&own).await.expect(StatusCode::OK).json();
    assert_eq!((&seen["reporter"], &seen["steps"]), (&Value::Null, &json!([])));
    assert_eq!(leader.get("/api/v1/cases").await.json()["total"], 1);

    let elsewhere = running.people.units[2];
    let mut moved = receipt(&running);
    moved["unit"] = json!(elsewhere);
    let other = file(&running, &report(&running)).await;
    let _ = take(&running, Role::Dpo, &other, "receive", &moved).await;
    problem(&leader.get(&other).await, StatusCode::NOT_FOUND);

    let involved = json!({ "person": running.people.holder(Role::Leader).user });
    let _ = take(&running, Role::Dpo, &own, "involved", &involved).await;
    problem(&leader.get(&own).await, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn steps_are_taken_by_those_whose_they_are() {
    let running = Running::start().await;
    let case = received(&running, &report(&running)).await;
    let assessment = json!({ "facts": "Ulåst", "outcome": "document_only" });
    for role in Role::iter().filter(|role| *role != Role::Dpo) {
        let sees = matches!(role, Role::Controller | Role::SecurityOfficer | Role::Leader);
        let status = if sees { StatusCode::FORBIDDEN } else { StatusCode::NOT_FOUND };
        let told = take(&running, role, &case, "assessment", &assessment).await;
        problem(&told, status);
    }
    problem(&take(&running, Role::Dpo, &case, "closing", &json!({})).await, StatusCode::FORBIDDEN);
    let mut own = report(&running);
    own["channel"] = json!("own_initiative");
    let told = running.api(Role::Employee).post("/api/v1/reports", &own).await;
    problem(&told, StatusCode::FORBIDDEN);
    let entered = running.api(Role::Dpo).post("/api/v1/reports", &own).await;
    let _ = entered.expect(StatusCode::CREATED);
}

/// Everything anybody is answered, in every role but the data protection officer's.
#[tokio::test]
async fn only_the_data_protection_officer_learns_who_reported_in_confidence() {
    let running = Running::start().await;
    let mut confidential = report(&running);
    confidential["openness"] = json!("confidential");
    confidential["contact"] = json!("Treffes på vaktrommet");
    let case = received(&running, &confidential).await;
    let (name, user) = {
        let reporter = running.people.holder(Role::Employee);
        (reporter.name.as_str(), reporter.user.to_string())
    };
    let told = running.api(Role::Dpo).get(&case).await.expect(StatusCode::OK).json();
    assert_eq!(
        told["reporter"],
        json!({
            "openness": "confidential", "name": name, "contact": "Treffes på vaktrommet",
        })
    );
    for role in Role::iter().filter(|role| *role != Role::Dpo) {
        let client = running.api(role);
        let mut answers = Vec::new();
        for path in reads(&case) {
            answers.push(client.get(&path).await);
        }
        answers.push(client.post("/api/v1/cases/search", &json!({ "words": name })).await);
        for step in ["receive", "closing", "assessment", "involved"] {
            answers.push(take(&running, role, &case, step, &json!({ "person": user })).await);
        }
        for answer in answers {
            for secret in [name, &user, "vaktrommet", "confidential"] {
                // The ways in which data is breached share the word's beginning.
                let told = answer.text.replace("confidentiality", "");
                assert!(!told.contains(secret), "{role:?}: {}", answer.text);
            }
        }
    }
}

#[tokio::test]
async fn of_an_anonymous_report_nothing_is_kept_that_tells_who_sent_it() {
    let running = Running::start().await;
    let mut anonymous = report(&running);
    anonymous["openness"] = json!("anonymous");
    let case = received(&running, &anonymous).await;
    let reporter = running.people.holder(Role::Employee);
    let dpo = running.api(Role::Dpo);
    let timeline = dpo.get(&format!("{case}/timeline")).await.expect(StatusCode::OK);
    let seen = dpo.get(&case).await.expect(StatusCode::OK);
    let nobody = json!({ "openness": "anonymous", "name": null, "contact": null });
    assert_eq!(seen.json()["reporter"], nobody);
    assert_eq!(timeline.json()["items"][0]["by"], json!({ "kind": "reporter" }));
    for answer in [seen, timeline] {
        assert!(!answer.text.contains(&reporter.name));
        assert!(!answer.text.contains(&reporter.user.to_string()));
    }
}
