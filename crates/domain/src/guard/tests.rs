//! What the guard stops and where it says it stands, and what it lets through.

use super::*;

fn confidential() -> Confidential {
    Confidential {
        reporter: vec!["Mona Strandvold".to_owned()],
        involved: vec!["Ola Nordmann Bakke".to_owned()],
        marked: vec!["diagnosen F32.1".to_owned()],
    }
}

fn in_body(body: &str) -> Vec<(usize, usize, What)> {
    let mail = Mail { subject: "Informasjon", body, attachments: &[] };
    let found = findings(mail, &confidential()).into_iter();
    found.map(|it| (it.line, it.column, it.what)).collect()
}

#[test]
fn a_mail_without_anything_confidential_goes() {
    let body = "Hei!\nTelefonen ble slettet 12.03.2026. Ring 22 33 44 55 (sak 2026/17).\n";
    assert_eq!(in_body(body), []);
}

#[test]
fn a_number_is_found_with_its_place_in_every_part() {
    let kind = identity_number::Kind::Fodselsnummer;
    let file = Some("navn;nummer\nKari;109155 96784\n".to_owned());
    let mail =
        Mail { subject: "Om 10915596784", body: "Blåbær:\n  10915596784", attachments: &[file] };
    let what = What::IdentityNumber(kind);
    let expected = [
        Finding { part: Part::Subject, line: 1, column: 4, what },
        Finding { part: Part::Body, line: 2, column: 3, what },
        Finding { part: Part::Attachment(0), line: 2, column: 6, what },
    ];
    assert_eq!(findings(mail, &confidential()), expected);
}

#[test]
fn names_are_found_in_every_form_and_never_within_other_words() {
    for body in [
        "Mona Strandvold meldte.",
        "STRANDVOLD, MONA",
        "Etter Strandvolds melding",
        "mona\nstrandvold",
        "«Strandvold»",
    ] {
        let found = in_body(body);
        assert_eq!(found.len(), 1, "{body:?}");
        assert_eq!(found[0].2, What::ReporterName, "{body:?}");
    }
    assert_eq!(
        in_body("Av Ola Bakke, og Bakke selv."),
        [(1, 4, What::InvolvedName), (1, 18, What::InvolvedName),]
    );
    for body in ["Strandvoldvegen 3", "bakken", "Mona", "Ola og Kari Nordmann"] {
        assert_eq!(in_body(body), [], "{body:?}");
    }
}

#[test]
fn a_marked_text_is_found_however_it_is_set() {
    assert_eq!(in_body("Vi fant\nDiagnosen  F32.1 der."), [(2, 1, What::MarkedText)]);
    assert_eq!(in_body("diagnosen f321"), []);
}

#[test]
fn a_file_that_cannot_be_looked_into_does_not_go() {
    let mail = Mail { subject: "", body: "", attachments: &[Some(String::new()), None] };
    let finding =
        Finding { part: Part::Attachment(1), line: 1, column: 1, what: What::CannotBeLookedInto };
    assert_eq!(findings(mail, &confidential()), [finding]);
}

#[test]
fn what_was_found_is_not_shown_by_the_finding() {
    let found = format!(
        "{:?}",
        findings(
            Mail { subject: "10915596784", body: "Strandvold", attachments: &[] },
            &confidential(),
        )
    );
    assert!(!found.contains("96784") && !found.contains("Strandvold"), "{found}");
    assert!(!format!("{:?}", confidential()).contains("Strandvold"));
}
