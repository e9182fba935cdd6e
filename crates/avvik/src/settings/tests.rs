//! What the sources say together, and what is told when they are wrong.

use super::mail::Transport;
use super::*;

const FILE: &str = include_str!("../../../../config/avvik.toml");

fn sources(file: &str, variables: &[(&str, &str)], flags: &[(&'static str, &str)]) -> Sources {
    let words = |text: &str| Value::Words(text.to_owned());
    Sources {
        file: Some((PathBuf::from("avvik.toml"), file.to_owned())),
        variables: variables.iter().map(|(name, text)| ((*name).to_owned(), words(text))).collect(),
        flags: flags
            .iter()
            .map(|(name, text)| Flag { name, table: "server", key: "listen", value: words(text) })
            .collect(),
    }
}

fn listens(file: &str, variables: &[(&str, &str)], flags: &[(&'static str, &str)]) -> String {
    Settings::read(sources(file, variables, flags)).unwrap().server.listen.to_string()
}

fn complaint(file: &str, variables: &[(&str, &str)], flags: &[(&'static str, &str)]) -> String {
    Settings::read(sources(file, variables, flags)).unwrap_err().to_string()
}

#[test]
fn the_shipped_file_says_the_defaults_and_names_every_setting() {
    assert_eq!(
        Settings::read(sources(FILE, &[], &[])).unwrap(),
        Settings::read(Sources::default()).unwrap()
    );
    let is_setting = |line: &&str| {
        line.split_once(" = ")
            .is_some_and(|(key, _)| key.chars().all(|it| it.is_ascii_lowercase() || it == '_'))
    };
    let mut named = Vec::new();
    let mut table = "";
    for line in FILE.lines() {
        if let Some(name) = line.strip_prefix('[') {
            table = name.trim_end_matches(']');
        }
        let line = line.strip_prefix("# ").unwrap_or(line);
        if is_setting(&line) {
            named.push((table, line.split(" = ").next().unwrap()));
        }
    }
    named.sort_unstable();
    let mut reader = Reader::new(Sources::default()).unwrap();
    let _ = Settings::ask(&mut reader);
    assert_eq!(named, reader.asked());
}

#[test]
fn every_example_in_the_shipped_file_is_allowed() {
    let uncommented: Vec<_> = FILE
        .lines()
        .map(|line| match line.strip_prefix("# ") {
            Some(rest) if rest.contains(" = ") => rest,
            _ => line,
        })
        .collect();
    Settings::read(sources(&uncommented.join("\n"), &[], &[])).unwrap();
}

#[test]
fn a_variable_outweighs_the_file_and_a_flag_outweighs_both() {
    let file = "[server]\nlisten = \"127.0.0.1:1\"\n";
    let variable = [("AVVIK_SERVER_LISTEN", "127.0.0.1:2")];
    let flag = [("--listen", "127.0.0.1:3")];
    assert_eq!(listens("", &[], &[]), "127.0.0.1:8080");
    assert_eq!(listens(file, &[], &[]), "127.0.0.1:1");
    assert_eq!(listens(file, &variable, &[]), "127.0.0.1:2");
    assert_eq!(listens(file, &variable, &flag), "127.0.0.1:3");
    assert_eq!(listens(file, &[], &flag), "127.0.0.1:3");
}

#[test]
fn the_master_key_file_has_a_short_variable() {
    let of = |name| {
        Settings::read(sources("", &[(name, "/run/secrets/key")], &[])).unwrap().master_key_file
    };
    assert_eq!(of("AVVIK_MASTER_KEY_FILE"), Some(PathBuf::from("/run/secrets/key")));
    assert_eq!(of("AVVIK_DATA_MASTER_KEY_FILE"), Some(PathBuf::from("/run/secrets/key")));
}

#[test]
fn an_unknown_key_is_told_with_its_line_and_what_there_is() {
    assert_eq!(
        complaint("[server]\n\nlisen = \"127.0.0.1:1\"\n", &[], &[]),
        "the settings are wrong\n  \
         avvik.toml, line 3: there is no setting server.lisen; \
         there is [server] with base_url, behind_proxy, listen"
    );
    let told = complaint("[sevrer]\nlisten = \"127.0.0.1:1\"\n", &[], &[]);
    assert!(told.contains("line 2: there is no setting sevrer.listen; there is [access], "));
    let told = complaint("listen = \"127.0.0.1:1\"\n", &[], &[]);
    assert!(told.contains("line 1: there is no setting listen; there is [access], "));
}

#[test]
fn an_empty_table_we_do_not_have_is_unknown_too() {
    let told = complaint("[sevrer]\n", &[], &[]);
    assert!(told.contains("line 1: there is no setting sevrer; there is [access], "), "{told}");
    assert!(told.contains("line 1: there is no setting sevrer; there is [access], "), "{told}");
    Settings::read(sources("[server]\n", &[], &[])).unwrap();
}

#[test]
fn an_unknown_variable_is_told_with_what_there_is() {
    assert_eq!(
        complaint("", &[("AVVIK_SERVER_LISEN", "127.0.0.1:1")], &[]),
        "the settings are wrong\n  \
         the variable AVVIK_SERVER_LISEN is no setting; \
         there is AVVIK_SERVER_BASE_URL, AVVIK_SERVER_BEHIND_PROXY, AVVIK_SERVER_LISTEN"
    );
    assert!(complaint("", &[("AVVIK_PROT", "1")], &[]).contains("AVVIK_LOG_FILTER, "));
}

#[test]
fn a_bad_value_is_told_with_its_place_and_what_is_allowed() {
    let allowed = "an IP address and a port, such as 127.0.0.1:8080 or [::1]:8080";
    let cannot = format!("server.listen cannot be that; allowed is {allowed}");
    for (told, place) in [
        (complaint("[server]\nlisten = 8080\n", &[], &[]), "avvik.toml, line 2"),
        (
            complaint("", &[("AVVIK_SERVER_LISTEN", "everywhere")], &[]),
            "the variable AVVIK_SERVER_LISTEN",
        ),
        (complaint("", &[], &[("--listen", "everywhere")]), "the flag --listen"),
    ] {
        assert_eq!(told, format!("the settings are wrong\n  {place}: {cannot}"));
    }
}

#[test]
fn all_that_is_wrong_is_told_at_once() {
    let file =
        "[session]\nidle_minutes = 0\nhours_max = 12\n[organisation]\ntime_zone = \"Oslo\"\n";
    let told = complaint(file, &[("AVVIK_DECISION_DELEGATED_TO_DPO", "yes")], &[]);
    for part in ["line 2: session.idle_minutes", "line 5: organisation.time_zone", "TO_DPO: "] {
        assert!(told.contains(part), "{told}");
    }
    assert_eq!(told.lines().count(), 4, "{told}");
}

#[test]
fn what_is_not_toml_is_told_with_its_line() {
    let told = complaint("[server]\nlisten = \n", &[], &[]);
    assert!(told.contains("avvik.toml, line 2: "), "{told}");
}

#[test]
fn a_complaint_never_repeats_the_value() {
    assert!(!complaint("[mail]\nfrom = \"marker\"\n", &[], &[]).contains("marker"));
}

#[test]
fn smtp_needs_a_host_and_a_sender() {
    let told = complaint("[mail]\ntransport = \"smtp\"\nuser = \"avvik\"\n", &[], &[]);
    for setting in ["mail.host", "mail.from", "mail.password_file"] {
        assert!(told.contains(&format!("{setting} is missing")), "{told}");
    }
}

#[test]
fn the_port_follows_the_encryption() {
    let port = |tls: &str| {
        let mail = format!(
            "[mail]\ntransport = \"smtp\"\nhost = \"smtp.example.org\"\n\
             from = \"avvik@example.org\"\ntls = \"{tls}\"\n"
        );
        match Settings::read(sources(&mail, &[], &[])).unwrap().mail.transport {
            Transport::Smtp(smtp) => smtp.port,
            Transport::Folder(_) => 0,
        }
    };
    assert_eq!([port("none"), port("starttls"), port("tls")], [25, 587, 465]);
}

#[test]
fn mail_lands_in_the_data_directory_unless_told_otherwise() {
    let folder = |file: &str| Settings::read(sources(file, &[], &[])).unwrap().mail.transport;
    let in_dir = |path: &str| Transport::Folder(PathBuf::from(path));
    assert_eq!(folder("[data]\ndir = \"/srv/avvik\"\n"), in_dir("/srv/avvik/mail"));
    assert_eq!(folder("[mail]\nfolder = \"/srv/mail\"\n"), in_dir("/srv/mail"));
}
