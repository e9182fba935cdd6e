//! Every way a category file can be wrong, and what whoever wrote it is told.

use std::error::Error as _;
use std::fs;
use std::path::PathBuf;

use super::*;

mod parts;
mod shipped;
mod tells;

const WELL_FORMED: &str = r#"id = "lost-thing"
version = 1
order = 1
[title]
nb = "Tapt ting"
[help]
nb = "Noe er borte."
[[question]]
id = "kind"
kind = "choice"
label.nb = "Hva?"
[[question.choice]]
value = "big"
label.nb = "Stor"
[[question.choice]]
value = "small"
label.nb = "Liten"
"#;

/// A directory with those files, gone when the test is over.
struct Directory(PathBuf);

impl Directory {
    fn with(name: &str, files: &[(&str, &str)]) -> Self {
        let path = std::env::temp_dir().join(format!("avvik-{}-{name}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        for (file, text) in files {
            fs::write(path.join(file), text).unwrap();
        }
        Self(path)
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).unwrap();
    }
}

/// What is said about the well-formed category with one text in it replaced.
fn fault(wrong: &str, instead_of: &str) -> CategoryFault {
    assert_eq!(WELL_FORMED.matches(instead_of).count(), 1, "`{instead_of}` stands there once");
    fault_in(&WELL_FORMED.replace(instead_of, wrong))
}

fn fault_in(text: &str) -> CategoryFault {
    Categories::default().add(Path::new("lost-thing.toml"), text).unwrap_err()
}

#[track_caller]
fn assert_told(fault: &CategoryFault, told: &str) {
    assert_eq!(fault.to_string(), told);
}

#[test]
fn only_toml_files_are_read_and_the_form_follows_their_order() {
    let with =
        |id: &str, order: &str| WELL_FORMED.replace("lost-thing", id).replace("order = 1", order);
    let (late, early) = (with("a-late", "order = 2"), with("b-early", "order = 1"));
    let files = [("a-late.toml", &*late), ("b-early.toml", &early), ("README.md", "Les meg")];
    let directory = Directory::with("order", &files);
    let categories = Categories::from_directory(&directory.0).unwrap();
    let ids: Vec<_> = categories.iter().map(|category| category.id.as_str()).collect();
    assert_eq!(ids, ["b-early", "a-late"]);
}

#[test]
fn a_directory_that_is_not_there_is_named() {
    let directory = std::env::temp_dir().join("avvik-no-such-directory");
    let fault = Categories::from_directory(&directory).unwrap_err();
    assert_told(&fault, &format!("{}: cannot be read", directory.display()));
    assert!(fault.source().is_some());
}

#[test]
fn a_file_that_is_not_text_is_named() {
    let directory = Directory::with("binary", &[]);
    fs::write(directory.0.join("a.toml"), [0xff, 0xfe]).unwrap();
    let fault = Categories::from_directory(&directory.0).unwrap_err();
    assert_eq!(fault.file, directory.0.join("a.toml"));
    assert!(matches!(fault.reason, Reason::Unreadable(_)));
}

#[test]
fn a_directory_without_categories_is_refused() {
    let directory = Directory::with("empty", &[("README.md", "Les meg")]);
    let fault = Categories::from_directory(&directory.0).unwrap_err();
    let told = "holds no category; at least one *.toml is needed";
    assert_told(&fault, &format!("{}: {told}", directory.0.display()));
}

#[test]
fn an_id_used_twice_is_told_at_the_later_file() {
    let files = [("lost-thing.toml", WELL_FORMED), ("mislaid-thing.toml", WELL_FORMED)];
    let directory = Directory::with("twice", &files);
    let fault = Categories::from_directory(&directory.0).unwrap_err();
    assert_told(
        &fault,
        &format!(
            "{}, line 1, id: the id `lost-thing` is used by an earlier file; each category has \
             its own",
            directory.0.join("mislaid-thing.toml").display()
        ),
    );
}

#[test]
fn the_id_is_the_name_of_the_file() {
    assert_told(
        &fault("\"found-thing\"", "\"lost-thing\""),
        "lost-thing.toml, line 1, id: the id `found-thing` must be the name of the file without \
         `.toml`: 1 to 60 of the characters a-z, 0-9 and hyphen",
    );
}

#[test]
fn what_is_not_toml_is_told_with_its_line() {
    let fault = fault("version 1", "version = 1");
    assert_eq!((fault.line, fault.key.as_deref()), (Some(2), None));
    assert_told(&fault, "lost-thing.toml, line 2: key with no value, expected `=`");
}

#[test]
fn a_key_written_wrong_is_told_with_those_there_are() {
    assert_told(
        &fault("titel.nb = \"Tapt\"\norder = 1", "order = 1"),
        "lost-thing.toml, line 3, titel: unknown field `titel`, expected one of `id`, `version`, \
         `order`, `title`, `help`, `question`, `playbook`, `rule`, `severe`, \
         `tells`, `letter`",
    );
    assert_told(
        &fault("requird = true\nkind = \"choice\"", "kind = \"choice\""),
        "lost-thing.toml, line 10, question[1].requird: unknown field `requird`, expected one of \
         `id`, `kind`, `required`, `label`, `help`, `only-if`, `choice`",
    );
    assert_told(
        &fault("colour = 1", "value = \"small\""),
        "lost-thing.toml, line 16, question[1].choice[2].colour: unknown field `colour`, expected \
         `value` or `label`",
    );
}

#[test]
fn a_missing_key_is_told_at_its_table() {
    for (table, missing) in [
        ("lost-thing.toml, line 1: missing field `order`", "order = 1\n"),
        ("lost-thing.toml, line 8, question[1]: missing field `kind`", "kind = \"choice\"\n"),
        (
            "lost-thing.toml, line 15, question[1].choice[2]: missing field `value`",
            "value = \"small\"\n",
        ),
    ] {
        assert_told(&fault("", missing), table);
    }
}

#[test]
fn a_value_of_the_wrong_kind_is_told_with_what_is_allowed() {
    for (told, wrong, instead_of) in [
        ("line 3, order: invalid type: string \"a\", expected u32", "order = \"a\"", "order = 1"),
        (
            "line 10, question[1].kind: unknown variant `date`, expected one of `text`, \
             `long-text`, `yes-no-unknown`, `choice`, `several`, `number`, `when`",
            "kind = \"date\"",
            "kind = \"choice\"",
        ),
        (
            "line 14, question[1].choice[1].label: invalid type: string \"Stor\", expected a map",
            "label = \"Stor\"",
            "label.nb = \"Stor\"",
        ),
    ] {
        assert_told(&fault(wrong, instead_of), &format!("lost-thing.toml, {told}"));
    }
}

#[test]
fn names_are_plain() {
    let told = "a name is 1 to 60 of the characters a-z, 0-9 and hyphen";
    for (place, wrong, instead_of) in [
        ("line 1, id", "id = \"Lost thing\"", "id = \"lost-thing\""),
        ("line 9, question[1].id", "id = \"Kind\"", "id = \"kind\""),
        ("line 16, question[1].choice[2].value", "value = \"\"", "value = \"small\""),
    ] {
        assert_told(&fault(wrong, instead_of), &format!("lost-thing.toml, {place}: {told}"));
    }
}

#[test]
fn no_text_is_empty_or_without_a_language() {
    let empty = "the text is empty";
    for (place, told, wrong, instead_of) in [
        ("line 5, title.nb", empty, "nb = \" \"", "nb = \"Tapt ting\""),
        ("line 7, help.nb", empty, "nb = \"\"", "nb = \"Noe er borte.\""),
        ("line 11, question[1].label.nb", empty, "label.nb = \"\"", "label.nb = \"Hva?\""),
        (
            "line 5, title.norsk",
            "a language is two small letters, such as nb, nn, sv or en",
            "norsk = \"Tapt\"",
            "nb = \"Tapt ting\"",
        ),
        (
            "line 4, title",
            "a text in at least one language is needed, such as nb = \"…\"",
            "",
            "nb = \"Tapt ting\"\n",
        ),
    ] {
        assert_told(&fault(wrong, instead_of), &format!("lost-thing.toml, {place}: {told}"));
    }
}

#[test]
fn parts_that_contradict_each_other_are_told_where_the_later_one_stands() {
    let choice = "[[question.choice]]\nvalue = \"small\"\nlabel.nb = \"Liten\"\n";
    for (told, wrong, instead_of) in [
        ("line 2, version: versions count from 1", "version = 0", "version = 1"),
        (
            "line 10, question[1].kind: only the kinds `choice` and `several` have \
             [[question.choice]]; remove them or change the kind",
            "kind = \"when\"",
            "kind = \"choice\"",
        ),
        (
            "line 10, question[1].kind: the kinds `choice` and `several` need 2 to 30 \
             [[question.choice]]",
            "",
            choice,
        ),
        (
            "line 16, question[1].choice[2].value: an earlier one has this name; each has its own",
            "value = \"big\"",
            "value = \"small\"",
        ),
    ] {
        assert_told(&fault(wrong, instead_of), &format!("lost-thing.toml, {told}"));
    }
}

#[test]
fn questions_have_names_of_their_own_and_are_not_endless() {
    let ask = |name: &str| {
        format!("[[question]]\nid = \"{name}\"\nkind = \"text\"\nlabel.nb = \"Hva?\"\n")
    };
    assert_told(
        &fault_in(&format!("{WELL_FORMED}{}", ask("kind"))),
        "lost-thing.toml, line 19, question[2].id: an earlier one has this name; each has its own",
    );
    let many: String = (1..=30).map(|number| ask(&format!("q{number}"))).collect();
    assert_told(
        &fault_in(&format!("{WELL_FORMED}{many}")),
        "lost-thing.toml, line 134, question[31]: there are at most 30 of these",
    );
}
