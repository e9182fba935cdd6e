//! Parts of a category that do not fit together, told where they stand.

use super::*;

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
            "line 21, severe[1].when[1]: a field is one of personal_data, breach, people, \
             sensitive",
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
fn a_letter_is_told_where_a_part_or_a_place_is_none() {
    for (letter, told) in [
        (
            "[letter]\nadvice.nb = \"Ring {phone}.\"",
            "line 19, letter.advice.nb: nothing is filled into {phone}, only into: organisation, \
             case, when, unit, measures, whom_to_ask",
        ),
        ("[letter]\nadvice.nb = \" \"", "line 19, letter.advice.nb: the text is empty"),
        (
            "[letter]\ncontact.nb = \"Ring oss.\"",
            "line 19, letter.contact: unknown field `contact`, expected one of `what-happened`, \
             `consequences`, `advice`",
        ),
        (
            "[letter]\nadvice.sv = \"Ring oss.\"",
            "line 19, letter.advice: the text is missing in the language `nb`, which the title has",
        ),
    ] {
        assert_told_of(letter, told);
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
