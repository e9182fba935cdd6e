//! Every way a category file can be wrong, and what whoever wrote it is told.

use std::collections::BTreeSet;
use std::error::Error as _;
use std::path::PathBuf;

use domain::category::Condition;

use super::*;

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
    Categories(Vec::new()).add(Path::new("lost-thing.toml"), text).unwrap_err()
}

#[track_caller]
fn assert_told(fault: &CategoryFault, told: &str) {
    assert_eq!(fault.to_string(), told);
}

#[test]
fn the_shipped_categories_are_the_files_in_the_repository() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../config/categories");
    let categories = Categories::load(None).unwrap();
    assert_eq!(Categories::load(Some(&directory)).unwrap(), categories);
    assert_eq!(categories.iter().count(), SHIPPED.len());
}

#[test]
fn the_list_begins_with_the_commonest_and_ends_with_other() {
    let categories = Categories::shipped().unwrap();
    let ids: Vec<_> = categories.iter().map(|category| category.id.as_str()).collect();
    assert_eq!(ids.first(), Some(&"lost-or-stolen-device"));
    assert_eq!(ids.last(), Some(&"other"));
    let orders: BTreeSet<_> = categories.iter().map(|category| category.order).collect();
    assert_eq!(orders.len(), ids.len(), "no two share a place in the list");
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
         `order`, `title`, `help`, `question`, `playbook`, `rule`, `severe`",
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

/// The well-formed category with these lines after it.
#[track_caller]
fn assert_told_of(more: &str, told: &str) {
    assert_told(&fault_in(&format!("{WELL_FORMED}{more}")), &format!("lost-thing.toml, {told}"));
}

#[test]
fn a_condition_of_a_question_is_told_where_it_stands() {
    let ask = |only_if: &str| {
        format!(
            "[[question]]\nid = \"size\"\nkind = \"number\"\nlabel.nb = \"Hvor stor?\"\n{only_if}"
        )
    };
    for (only_if, told) in [
        (
            "only-if = { question = \"colour\", is = [\"red\"] }",
            "line 22, question[2].only-if.question: the category asks no question with this id",
        ),
        (
            "only-if = { question = \"size\", is = [\"big\"] }",
            "line 22, question[2].only-if.question: this question is not asked before; a condition \
             names an earlier question",
        ),
        (
            "only-if = { question = \"kind\", is = [\"big\", \"huge\"] }",
            "line 22, question[2].only-if.is[2]: the question does not offer this answer, but \
             `big`, `small`",
        ),
        ("only-if = { question = \"kind\" }", "line 22, question[2].only-if: missing field `is`"),
    ] {
        assert_told_of(&ask(only_if), told);
    }
}

#[test]
fn two_questions_that_wait_for_each_other_are_told() {
    let ask = |name: &str, on: &str| {
        format!(
            "[[question]]\nid = \"{name}\"\nkind = \"yes-no-unknown\"\nlabel.nb = \"Hva?\"\n\
             only-if = {{ question = \"{on}\", is = [\"yes\"] }}\n"
        )
    };
    assert_told_of(
        &[ask("one", "other"), ask("other", "one")].concat(),
        "line 22, question[2].only-if.question: this question is not asked before; a condition \
         names an earlier question",
    );
}

#[test]
fn an_action_is_told_where_its_owner_or_time_is_none() {
    let action = "[[playbook]]\nid = \"block\"\ntext.nb = \"Sperr\"\nowner = \"system_owner\"\n\
                  within = \"1h\"\n";
    for (wrong, instead_of, told) in [
        (
            "owner = \"it\"",
            "owner = \"system_owner\"",
            "line 21, playbook[1].owner: unknown variant `it`, expected one of `employee`, \
             `leader`, `dpo`, `security_officer`, `system_owner`, `controller`, `archivist`, \
             `auditor`, `administrator`",
        ),
        (
            "within = \"1 hour\"",
            "within = \"1h\"",
            "line 22, playbook[1].within: a time is hours or days, such as 4h or 3d, from 1h to \
             365d",
        ),
        (
            "within = \"1h\"\nfrom = \"monday\"",
            "within = \"1h\"",
            "line 23, playbook[1].from: unknown variant `monday`, expected `receipt` or \
             `awareness`",
        ),
    ] {
        assert_told_of(&action.replace(instead_of, wrong), told);
    }
}

#[test]
fn a_rule_of_severity_is_told_where_its_condition_is_none() {
    let rule =
        |when: &str| format!("[[severe]]\nid = \"a\"\nwhy.nb = \"Alvorlig\"\nwhen = [{when}]\n");
    for (when, told) in [
        ("", "line 21, severe[1].when: at least one condition is needed"),
        (
            "{ question = \"kind\" }",
            "line 21, severe[1].when[1]: a condition is { question = …, is = […] }, { question = \
             …, at-least = … } or { field = …, is = […] }",
        ),
        (
            "{ field = \"colour\", is = [\"red\"] }",
            "line 21, severe[1].when[1]: a field is one of personal_data, breach, people, sensitive",
        ),
        (
            "{ field = \"people\", is = [\"many\"] }",
            "line 21, severe[1].when[1]: `is` lists one or more of unknown, one, up_to_ten, \
             up_to_hundred, up_to_thousand, over_thousand",
        ),
        (
            "{ question = \"kind\", is = [\"huge\"] }",
            "line 21, severe[1].when[1].is[1]: the question does not offer this answer, but \
             `big`, `small`",
        ),
        (
            "{ question = \"kind\", at-least = 3 }",
            "line 21, severe[1].when[1].question: `at-least` needs a question of the kind \
             `number`, and this is none",
        ),
    ] {
        assert_told_of(&rule(when), told);
    }
}

#[test]
fn a_text_that_lacks_one_of_the_titles_languages_is_told() {
    let two = "nb = \"Tapt ting\"\nsv = \"Borttappad sak\"";
    assert_told(
        &fault(two, "nb = \"Tapt ting\""),
        "lost-thing.toml, line 7, help: the text is missing in the language `sv`, which the title \
         has",
    );
}

#[test]
fn every_shipped_category_asks_acts_cites_and_says_what_is_severe_in_four_languages() {
    for category in Categories::shipped().unwrap().iter() {
        let id = &category.id;
        assert_eq!(
            category.title.languages().collect::<Vec<_>>(),
            ["en", "nb", "nn", "sv"],
            "{id}"
        );
        assert!(!category.questions.is_empty(), "{id} asks nothing");
        assert!(!category.playbook.is_empty(), "{id} has no first actions");
        assert!(!category.rules.is_empty(), "{id} cites no rule");
        assert!(!category.severe.is_empty(), "nothing in {id} is severe");
        let required = category.questions.iter().filter(|question| question.required).count();
        assert!(required <= 2, "{id} demands more than a reporter in a hurry can give");
    }
}

#[test]
fn whoever_does_not_know_can_say_so_where_it_matters_for_severity() {
    let categories = Categories::shipped().unwrap();
    for category in categories.iter() {
        let named =
            category.severe.iter().flat_map(|rule| &rule.when).filter_map(|when| match when {
                Condition::Answered { question, .. } => category.question(question),
                _ => None,
            });
        for question in named.filter(|question| !question.required) {
            let ways_out = ["unknown", "other", "nothing"];
            let can_say_so = question.offered().any(|answer| ways_out.contains(&answer));
            assert!(can_say_so, "{}: {}", category.id, question.name);
        }
    }
}
