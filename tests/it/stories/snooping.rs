//! Somebody looked up a neighbour's record without need: the log is secured, the system's owner
//! answers and is heard, the personnel matter goes its own way, and nobody without need reads it.

use super::*;

const HAPPENED: &str = "Oppslag i journalen til en nabo uten tjenstlig behov";
const PERSONNEL: &str = "Oppslag i strid med helsepersonelloven § 21 a";
const NOTE: &str = "Ring pasienten etter møtet med enheten";

/// Asked and answered: the system's owner sees the question and nothing else.
async fn ask_the_owner(running: &Running, filed: &Filed) {
    let owner = running.people.holder(Role::SystemOwner);
    let asked = "Hvem slo opp i perioden 1. til 28. februar, og hvor mange ganger?";
    let made = dpo(running, filed, steps::inquire(owner, asked, DUE_AT)).await;
    let inquiry = made["id"].as_str().unwrap();
    let mail = mailed(running, "systemeier@example.org", &format!("inquiries/{inquiry}")).await;
    assert!(!mail.contains("februar"), "a mail carries the link alone: {mail}");
    let system_owner = running.api(Role::SystemOwner);
    let hidden = system_owner.get(&filed.address("")).await;
    assert_eq!(hidden.status, StatusCode::NOT_FOUND);
    let shown = system_owner.get(&filed.address(&format!("inquiries/{inquiry}"))).await;
    assert!(shown.text.contains("hvor mange ganger"), "{shown:?}");
    assert!(!shown.text.contains("nabo"), "{shown:?}");
    let answer = steps::answer_inquiry(inquiry, "Én bruker, sju ganger");
    story::take(running, Role::SystemOwner, filed, &answer).await;
    let more = steps::answer_inquiry(inquiry, "Og to ganger til i mars");
    story::take(running, Role::SystemOwner, filed, &more).await;
    story::take(running, Role::SystemOwner, filed, &steps::contribute("Loggen er komplett")).await;
    for text in ["Liten risiko for spredning", "Ingen tegn til spredning"] {
        story::take(running, Role::SecurityOfficer, filed, &steps::contribute(text)).await;
    }
    let case = story::case(running, Role::Dpo, filed).await;
    let answers = case["inquiries"][0]["answers"].as_array().unwrap();
    assert_eq!(answers.len(), 2, "a later answer takes nobody's place");
    let versions: Vec<_> = case["contributions"].as_array().unwrap().iter().collect();
    let version = |it: &Value| (it["capacity"].clone(), it["version"].clone());
    let said: Vec<_> = versions.into_iter().map(version).collect();
    let expected = [("system_owner", 1), ("security_officer", 1), ("security_officer", 2)];
    assert_eq!(said, expected.map(|(role, version)| (json!(role), json!(version))));
}

async fn refer_it(running: &Running, filed: &Filed) {
    dpo(running, filed, steps::refer("personnel_matter", "Personalsjefen", PERSONNEL, "26/9"))
        .await;
    dpo(running, filed, steps::note(NOTE)).await;
    for (role, sees_details, sees_notes) in [
        (Role::Dpo, true, true),
        (Role::Controller, true, true),
        (Role::SecurityOfficer, false, true),
        (Role::Leader, false, false),
    ] {
        let case = story::case(running, role, filed).await.to_string();
        let timeline = running.api(role).get(&filed.address("timeline")).await.text;
        let page = page(running, role, filed).await;
        for shown in [case, timeline, page] {
            assert_eq!(shown.contains(PERSONNEL), sees_details, "{role:?}: {shown}");
            assert_eq!(shown.contains(NOTE), sees_notes, "{role:?}: {shown}");
        }
        let said = story::case(running, role, filed).await;
        assert_eq!(said["referrals"][0]["kind"], "personnel_matter", "that there is one is seen");
    }
}

#[tokio::test]
async fn a_case_of_snooping_goes_from_the_report_to_closing() {
    let running = Running::start().await;
    let answers = json!({ "system": "Journalsystemet" });
    let filed = report(&running, "journal-snooping", HAPPENED, answers).await;
    let (owner, leader) =
        (running.people.holder(Role::SystemOwner), running.people.holder(Role::Leader));
    let actions = [("secure-log", owner), ("refer-personnel", leader)];
    dpo(&running, &filed, receive(&running, "journal-snooping", &actions)).await;
    let checklist = page(&running, Role::Dpo, &filed).await;
    assert!(checklist.contains("Sjekkliste fra tiltakskortet: 0 av 2 gjort"), "{checklist}");
    ask_the_owner(&running, &filed).await;
    let log = measure_from(&running, &filed, "secure-log").await;
    do_and_verify(&running, &filed, Role::SystemOwner, &log).await;
    refer_it(&running, &filed).await;
    dpo(&running, &filed, steps::assess("Helseopplysninger", "notify_authority_and_people")).await;
    controller(&running, &filed, steps::decide("notify", "Helseopplysninger")).await;
    dpo(&running, &filed, steps::notify("2026-03-02T08:00:00Z", None)).await;
    dpo(&running, &filed, steps::correspond("De ber om loggen")).await;
    controller(&running, &filed, steps::decide_on_people("notify", "Retten til innsyn")).await;
    dpo(&running, &filed, steps::submit_memo("Oppslaget")).await;
    let refusal = story::refused(&running, Role::Controller, &filed, &steps::close()).await;
    let remains = |it: &Value| it["step"].as_str().unwrap().to_owned();
    let left: Vec<_> = refusal["outstanding"].as_array().unwrap().iter().map(remains).collect();
    assert_eq!(left, ["tell_people", "complete_measure"]);
    dpo(&running, &filed, steps::tell_people("2026-03-02T08:00:00Z", "Brev til pasienten")).await;
    let refer = measure_from(&running, &filed, "refer-personnel").await;
    do_and_verify(&running, &filed, Role::Leader, &refer).await;
    controller(&running, &filed, steps::close()).await;
    let case = story::case(&running, Role::Dpo, &filed).await;
    assert_eq!(case["phase"], "closed");
    assert_eq!(case["correspondence"][0]["on_notification"], true);
}
