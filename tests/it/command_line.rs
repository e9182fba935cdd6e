//! The binary at the command line: settings, setting up, running, verifying, tokens.

mod assessing;
mod attached;
mod backup;
mod categories;
mod compacting;
mod crisis;
mod erasing;
mod exporting;
pub(crate) mod process;
mod proof;
mod receipts;
mod versions;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use serde_json::Value;

use self::process::{Ended, Place};

#[track_caller]
fn refused(ended: &Ended, told: &str) {
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert!(ended.err.contains(told), "{told:?} is not in {:?}", ended.err);
    assert!(!ended.err.contains("panicked"), "{}", ended.err);
    assert_eq!(ended.out, "");
}

#[test]
fn an_unknown_key_is_refused_with_its_place_and_what_there_is() {
    let place = Place::new();
    place.write("own.toml", "[server]\nlisen = \"127.0.0.1:1\"\n");
    refused(
        &place.run(&["serve", "--config", "own.toml"]),
        "own.toml, line 2: there is no setting server.lisen; \
         there is [server] with base_url, behind_proxy, listen",
    );
    refused(
        &place.run_with(&[("AVVIK_SERVER_LISEN", "127.0.0.1:1")], &["verify"]),
        "the variable AVVIK_SERVER_LISEN is no setting; \
         there is AVVIK_SERVER_BASE_URL, AVVIK_SERVER_BEHIND_PROXY, AVVIK_SERVER_LISTEN",
    );
}

#[test]
fn a_bad_value_is_refused_with_its_place_and_what_is_allowed() {
    let place = Place::new();
    place.write("own.toml", "[session]\nidle_minutes = 0\n");
    let allowed = "session.idle_minutes cannot be that; allowed is a whole number from 1 to 1440";
    refused(
        &place.run(&["serve", "--config", "own.toml"]),
        &format!("own.toml, line 2: {allowed}"),
    );
    refused(
        &place.run_with(&[("AVVIK_SESSION_IDLE_MINUTES", "often")], &["rebuild"]),
        &format!("the variable AVVIK_SESSION_IDLE_MINUTES: {allowed}"),
    );
    refused(&place.run(&["serve", "--listen", "here"]), "the flag --listen: server.listen cannot");
}

#[test]
fn a_settings_file_that_is_named_must_be_there_and_the_standard_one_need_not() {
    let place = Place::new();
    refused(&place.run(&["verify", "--config", "own.toml"]), "own.toml cannot be read");
    refused(&place.run(&["verify"]), "there is no journal in data");
    place.write("config/avvik.toml", "[data]\ndir = \"elsewhere\"\n");
    refused(&place.run(&["verify"]), "there is no journal in elsewhere");
}

/// The demo listens on no such address, and says which it was told.
#[test]
fn a_variable_outweighs_the_file_and_a_flag_outweighs_both() {
    let place = Place::new();
    place.write("config/avvik.toml", "[server]\nlisten = \"192.0.2.1:80\"\n");
    let variable = [("AVVIK_SERVER_LISTEN", "192.0.2.2:80")];
    let flag = ["serve", "--demo", "--listen", "192.0.2.3:80"];
    let told = |number| format!("does not listen on 192.0.2.{number}:80");
    refused(&place.run(&flag[..2]), &told(1));
    refused(&place.run_with(&variable, &flag[..2]), &told(2));
    refused(&place.run_with(&variable, &flag), &told(3));
}

#[test]
fn init_touches_no_directory_that_holds_something() {
    let place = Place::new();
    place.write("data/thesis.txt", "irreplaceable");
    let init = ["init", "--data-dir", "data", "--organisation", "Testvik", "--administrator", "k"];
    refused(&place.run(&init), "data is not empty");
    let left: Vec<_> = fs::read_dir(place.path("data")).unwrap().collect();
    assert_eq!(left.len(), 1);
}

#[test]
fn init_writes_nothing_when_it_is_asked_for_what_cannot_be() {
    let place = Place::new();
    let name = "Kari Nordmann";
    let init = ["init", "--data-dir", "data", "--organisation", "Testvik", "--administrator", name];
    let ended = place.run(&init);
    assert_eq!(ended.code, Some(1));
    assert!(ended.err.contains("a sign-in name has letters, digits"), "{}", ended.err);
    assert!(!place.path("data").exists());
}

#[test]
fn init_that_fails_leaves_nothing_behind() {
    let place = Place::new();
    let init = ["init", "--data-dir", "data", "--organisation", "Testvik", "--administrator", "k"];
    let variables = [("AVVIK_CATEGORIES_DIR", "own"), ("AVVIK_MASTER_KEY_FILE", "apart.key")];
    refused(&place.run_with(&variables, &init), "the categories cannot be used: own: cannot be");
    assert!(!place.path("apart.key").exists());
    assert_eq!(fs::read_dir(place.path("data")).unwrap().count(), 0);
    place.init();
}

#[test]
fn what_init_has_set_up_is_served_until_it_is_told_to_stop() {
    let place = Place::new();
    let ended = place.init();
    let handout = ended.out.lines().find(|line| line.starts_with("  kari  ")).unwrap();
    assert!(handout.ends_with("  administrator"), "{handout}");
    let mode = |name| fs::metadata(place.path(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode("data"), mode("data/keys/master.key")), (0o700, 0o600));
    for signal in ["TERM", "INT"] {
        let serving = place.serve(&["--data-dir", "data"]);
        assert!(serving.get("/readyz", None).starts_with("HTTP/1.1 200 "));
        assert_eq!(mode("data/control.sock"), 0o600);
        assert_eq!(serving.end_by(signal), Some(0));
        assert!(!place.path("data/control.sock").exists());
    }
}

#[test]
fn two_services_never_share_a_data_directory() {
    let place = Place::new();
    place.init();
    let _serving = place.serve(&["--data-dir", "data"]);
    let second = place.run(&["serve", "--data-dir", "data", "--listen", "127.0.0.1:0"]);
    assert_eq!(second.code, Some(1));
    assert!(second.err.contains("in use by another process"), "{}", second.err);
}

#[test]
fn what_was_never_set_up_is_not_served() {
    refused(&Place::new().run(&["serve", "--data-dir", "data"]), "set one up with `avvik init`");
}

#[test]
fn the_demo_listens_on_this_machine_alone() {
    let place = Place::new();
    for listen in ["0.0.0.0:8080", "[::]:8080"] {
        refused(
            &place.run(&["serve", "--demo", "--listen", listen]),
            "the demo is for this machine alone",
        );
    }
    assert!(!place.path("data").exists());
}

#[test]
fn the_demo_prints_its_passwords_once() {
    let place = Place::new();
    let serving = place.serve(&["--demo"]);
    let people: Vec<Vec<&str>> = serving
        .said
        .iter()
        .filter_map(|line| line.strip_prefix("  "))
        .map(|line| line.split("  ").collect())
        .collect();
    let mut roles: Vec<_> = people.iter().map(|it| it[2].to_owned()).collect();
    roles.sort_unstable();
    assert_eq!(
        roles,
        [
            "administrator",
            "archivist",
            "auditor",
            "controller",
            "dpo",
            "employee",
            "leader",
            "security_officer",
            "system_owner"
        ]
    );
    let passwords: std::collections::BTreeSet<_> = people.iter().map(|it| it[1]).collect();
    assert!(passwords.iter().all(|it| 16 <= it.len()) && passwords.len() == people.len());
    assert_eq!(serving.end_by("TERM"), Some(0));
    let again = place.serve(&["--demo"]);
    assert!(again.said[0].contains("were printed at its first start"), "{:?}", again.said);
    assert!(!again.said.iter().any(|line| line.starts_with("  ")));
}

#[test]
fn a_demo_is_never_taken_for_a_real_organisation_nor_the_other_way_round() {
    let place = Place::new();
    place.init();
    refused(&place.run(&["serve", "--demo", "--data-dir", "data"]), "does not hold a demo");
    drop(place.serve(&["--demo", "--data-dir", "shown"]));
    refused(&place.run(&["serve", "--data-dir", "shown"]), "shown holds a demo");
}

#[test]
fn verify_finds_one_flipped_byte_and_names_its_position() {
    let place = Place::new();
    place.init();
    let verify = ["verify", "--data-dir", "data"];
    assert_eq!(place.run(&verify).code, Some(0));
    // The administrator is the third fact, after the organisation's name and its unit.
    flip(&place.path("data/store/db"), "person_registered");
    let ended = place.run(&verify);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(ended.out.contains("event log is DAMAGED from position 3:"), "{}", ended.out);
    let ended = place.run(&["verify", "--data-dir", "data", "--json"]);
    assert_eq!(ended.code, Some(1));
    let found: Value = serde_json::from_str(&ended.out).unwrap();
    assert_eq!(found["intact"], false);
    assert_eq!(found["events"]["faults"][0]["position"], 3);
    let served = place.run(&["serve", "--data-dir", "data", "--listen", "127.0.0.1:0"]);
    assert_eq!(served.code, Some(1), "{served:?}");
}

/// Changes one bit of the first occurrence.
#[track_caller]
fn flip(path: &Path, words: &str) {
    let mut bytes = fs::read(path).unwrap();
    let at = bytes.windows(words.len()).position(|it| it == words.as_bytes()).unwrap();
    bytes[at] ^= 1;
    fs::write(path, bytes).unwrap();
}

#[test]
fn verify_that_could_not_look_says_so() {
    refused(&Place::new().run(&["verify", "--data-dir", "data"]), "there is no journal in data");
}

#[test]
fn rebuild_says_what_it_built_the_views_from() {
    let place = Place::new();
    place.init();
    let ended = place.run(&["rebuild", "--data-dir", "data", "--json"]);
    let built: Value = serde_json::from_str(&ended.out).unwrap();
    // The name, the unit, the person, the password, the roles.
    assert_eq!((&built["events"], &built["cases"]), (&5.into(), &0.into()));
    assert!(built["milliseconds"].is_u64());
    let ended = place.run(&["rebuild", "--data-dir", "data"]);
    assert!(ended.out.contains("from 5 events in 0 cases"), "{}", ended.out);
}

#[test]
fn tokens_are_issued_and_logs_verified_while_the_service_runs() {
    let place = Place::new();
    place.init();
    let token = ["token", "--data-dir", "data", "--label", "reports", "--user"];
    let issue = |user| place.run(&[&token[..], &[user]].concat());
    let before = issue("kari");
    let serving = place.serve(&["--data-dir", "data"]);
    let during = issue("Kari");
    for ended in [&before, &during] {
        assert_eq!(ended.code, Some(0), "{ended:?}");
        assert!(ended.out.starts_with("avvik_") && ended.out.lines().count() == 1, "{ended:?}");
    }
    assert_ne!(before.out, during.out);
    for token in [before.out.trim(), during.out.trim()] {
        let answer = serving.get("/api/v1/units", Some(token));
        assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    }
    assert!(serving.get("/api/v1/units", Some("avvik_0")).starts_with("HTTP/1.1 401 "));
    let nobody = issue("ola");
    assert_eq!(nobody.code, Some(1));
    assert!(nobody.err.contains("nobody signs in with that name"), "{}", nobody.err);
    let json = place.run(&[&token[..], &["kari", "--json"]].concat());
    let issued: Value = serde_json::from_str(&json.out).unwrap();
    assert!(issued["token"].as_str().unwrap().starts_with("avvik_"));
    let verified = place.run(&["verify", "--data-dir", "data"]);
    assert_eq!(verified.code, Some(0));
    assert!(verified.out.contains("event log is intact: 8 records"), "{}", verified.out);
    assert_eq!(serving.end_by("TERM"), Some(0));
}

#[test]
fn a_service_that_was_killed_leaves_nothing_in_the_way() {
    let place = Place::new();
    place.init();
    let serving = place.serve(&["--data-dir", "data"]);
    assert_eq!(serving.end_by("KILL"), None);
    assert!(place.path("data/control.sock").exists());
    let token = ["token", "--data-dir", "data", "--user", "kari", "--label", "reports"];
    assert_eq!(place.run(&token).code, Some(0));
    assert_eq!(place.serve(&["--data-dir", "data"]).end_by("TERM"), Some(0));
}

#[test]
fn every_command_explains_itself() {
    let place = Place::new();
    for command in ["serve", "init", "verify", "rebuild", "token", "checkpoint", "proof", "erase"] {
        let ended = place.run(&[command, "--help"]);
        assert_eq!(ended.code, Some(0));
        assert!(ended.out.contains("--data-dir <DIR>"), "{}", ended.out);
    }
    assert!(place.run(&["--help"]).out.contains("Exit codes: "));
    assert_eq!(place.run(&["no-such-command"]).code, Some(2));
}
