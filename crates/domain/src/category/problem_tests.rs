//! Every way the parts of a category can contradict each other.

use super::Step::{Index, Key};
use super::*;
use crate::Role;
use crate::case::report::Sensitive;
use crate::category::tests::{category, only_if, question};
use crate::category::{
    Action, ActionName, BreachedRule, CountedFrom, SevereName, SevereRule, Within,
};
use crate::condition::ReportField;

#[track_caller]
fn assert_problem(category: &Category, at: &[Step], wrong: Wrong) {
    assert_eq!(category.problems(), [CategoryProblem { at: at.to_vec(), wrong }]);
}

fn of_question(index: usize, rest: &[Step]) -> Vec<Step> {
    [&[Key("question"), Index(index)], rest].concat()
}

fn depending(name: &str, on: &str, is: &[&str]) -> Question {
    Question { only_if: Some(only_if(on, is)), ..question(name, AnswerKind::Text, &[]) }
}

fn action(name: &str) -> Action {
    Action {
        name: ActionName::new(name).unwrap(),
        text: Localised::bokmaal("Sperr"),
        owner: Role::SystemOwner,
        within: Within::try_from("1h".to_owned()).unwrap(),
        from: CountedFrom::Receipt,
        only_if: None,
    }
}

fn severe(name: &str, when: Vec<Condition>) -> SevereRule {
    SevereRule { name: SevereName::new(name).unwrap(), why: Localised::bokmaal("Alvorlig"), when }
}

fn stolen() -> Question {
    question("stolen", AnswerKind::YesNoUnknown, &[])
}

#[test]
fn a_category_may_ask_nothing_or_well_formed_questions() {
    assert_eq!(category(Vec::new()).problems(), []);
    let kind = question("kind", AnswerKind::Choice, &["phone", "tablet"]);
    let data = question("data", AnswerKind::Several, &["names", "numbers"]);
    let place = depending("place", "kind", &["phone"]);
    let since = depending("since", "data", &["names", "numbers"]);
    assert_eq!(category(vec![kind, data, place, since]).problems(), []);
}

#[test]
fn versions_count_from_one() {
    let unversioned = Category { version: 0, ..category(Vec::new()) };
    assert_problem(&unversioned, &[Key("version")], Wrong::VersionZero);
}

#[test]
fn there_are_not_endlessly_many_questions() {
    let ask = |index: usize| question(&format!("q{index}"), AnswerKind::Text, &[]);
    let full: Vec<_> = (0..QUESTIONS_MAX).map(ask).collect();
    assert_eq!(category(full.clone()).problems(), []);
    let more = category([full, vec![ask(QUESTIONS_MAX)]].concat());
    let most = QUESTIONS_MAX;
    assert_problem(&more, &of_question(QUESTIONS_MAX, &[]), Wrong::TooMany { most });
}

#[test]
fn no_two_parts_of_a_kind_share_a_name() {
    let asked = |name| question(name, AnswerKind::Text, &[]);
    let questions = category(vec![asked("a"), asked("b"), asked("a")]);
    assert_problem(&questions, &of_question(2, &[Key("id")]), Wrong::NamedTwice);
    let playbook =
        Category { playbook: vec![action("a"), action("a")], ..category(vec![asked("a")]) };
    assert_problem(&playbook, &[Key("playbook"), Index(1), Key("id")], Wrong::NamedTwice);
    let when = || vec![Condition::Field(ReportField::Sensitive(vec![Sensitive::Health]))];
    let twice = vec![severe("a", when()), severe("a", when())];
    let rules = Category { severe: twice, ..category(Vec::new()) };
    assert_problem(&rules, &[Key("severe"), Index(1), Key("id")], Wrong::NamedTwice);
}

#[test]
fn a_choice_needs_at_least_two_and_not_endlessly_many() {
    let many: Vec<String> = (0..=CHOICES_MAX).map(|value| format!("c{value}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    for kind in [AnswerKind::Choice, AnswerKind::Several] {
        for choices in [&[][..], &["only"], &many] {
            let category = category(vec![question("a", kind, choices)]);
            assert_problem(&category, &of_question(0, &[Key("kind")]), Wrong::ChoicesOutOfBounds);
        }
    }
}

#[test]
fn only_a_choice_lists_choices() {
    let category = category(vec![question("a", AnswerKind::YesNoUnknown, &["maybe", "yes"])]);
    assert_problem(&category, &of_question(0, &[Key("kind")]), Wrong::ChoicesNotAsked);
}

#[test]
fn two_choices_cannot_share_a_value() {
    let category = category(vec![question("a", AnswerKind::Choice, &["x", "y", "x"])]);
    let at = of_question(0, &[Key("choice"), Index(2), Key("value")]);
    assert_problem(&category, &at, Wrong::NamedTwice);
}

#[test]
fn a_condition_names_an_earlier_question_so_that_none_go_in_a_circle() {
    let at = |index| of_question(index, &[Key("only-if"), Key("question")]);
    let unknown = category(vec![stolen(), depending("place", "lost", &["yes"])]);
    assert_problem(&unknown, &at(1), Wrong::NoSuchQuestion);
    let later = category(vec![depending("place", "stolen", &["yes"]), stolen()]);
    assert_problem(&later, &at(0), Wrong::NotAskedBefore);
    let own = category(vec![depending("place", "place", &["yes"])]);
    assert_problem(&own, &at(0), Wrong::NotAskedBefore);
}

#[test]
fn a_condition_lists_answers_that_the_question_offers() {
    let at = |rest: &[Step]| of_question(1, &[&[Key("only-if")], rest].concat());
    let nothing = category(vec![stolen(), depending("place", "stolen", &[])]);
    assert_problem(&nothing, &at(&[Key("is")]), Wrong::NothingListed);
    let offered = ["yes", "no", "unknown"].map(str::to_owned).into();
    let maybe = category(vec![stolen(), depending("place", "stolen", &["yes", "maybe"])]);
    assert_problem(&maybe, &at(&[Key("is"), Index(1)]), Wrong::NotOffered { offered });
    let written = question("where", AnswerKind::Text, &[]);
    let free = category(vec![written, depending("place", "where", &["there"])]);
    assert_problem(&free, &at(&[Key("question")]), Wrong::NotToBeListed);
}

#[test]
fn an_action_may_depend_on_any_question() {
    let with = |only_if| Category {
        playbook: vec![Action { only_if: Some(only_if), ..action("a") }],
        ..category(vec![stolen()])
    };
    assert_eq!(with(only_if("stolen", &["yes"])).problems(), []);
    let at = [Key("playbook"), Index(0), Key("only-if"), Key("question")];
    assert_problem(&with(only_if("lost", &["yes"])), &at, Wrong::NoSuchQuestion);
}

#[test]
fn a_rule_of_severity_has_conditions_about_questions_there_are() {
    let with = |when| Category { severe: vec![severe("a", when)], ..category(vec![stolen()]) };
    let when = [Key("severe"), Index(0), Key("when")];
    let at = |rest: &[Step]| [&when[..], &[Index(0)], rest].concat();
    let name = |name| QuestionName::new(name).unwrap();
    let answered = |question, is: &str| {
        with(vec![Condition::Answered { question: name(question), is: vec![is.to_owned()] }])
    };
    assert_eq!(answered("stolen", "yes").problems(), []);
    assert_problem(&with(Vec::new()), &when, Wrong::NoCondition);
    assert_problem(&answered("lost", "yes"), &at(&[Key("question")]), Wrong::NoSuchQuestion);
    let offered = ["yes", "no", "unknown"].map(str::to_owned).into();
    let maybe = Wrong::NotOffered { offered };
    assert_problem(&answered("stolen", "maybe"), &at(&[Key("is"), Index(0)]), maybe);
    let number = with(vec![Condition::AtLeast { question: name("stolen"), at_least: 1 }]);
    assert_problem(&number, &at(&[Key("question")]), Wrong::NotANumber);
}

#[test]
fn every_text_is_there_in_the_languages_of_the_title() {
    let in_two = |text| Localised::in_languages(&["nb", "sv"], text);
    let titled = |category: Category| Category {
        title: in_two("Tapt ting"),
        help: in_two("Noe er borte."),
        ..category
    };
    let missing = || Wrong::LanguageMissing { language: "sv".to_owned() };
    let help = Category { title: in_two("Tapt ting"), ..category(Vec::new()) };
    assert_problem(&help, &[Key("help")], missing());
    let label = titled(category(vec![stolen()]));
    assert_problem(&label, &of_question(0, &[Key("label")]), missing());
    let playbook = titled(Category { playbook: vec![action("a")], ..category(Vec::new()) });
    assert_problem(&playbook, &[Key("playbook"), Index(0), Key("text")], missing());
    let rule = BreachedRule { cite: in_two("§ 1"), about: Localised::bokmaal("Lås døra.") };
    let rules = titled(Category { rules: vec![rule], ..category(Vec::new()) });
    assert_problem(&rules, &[Key("rule"), Index(0), Key("about")], missing());
}

#[test]
fn a_letter_has_places_for_what_the_case_knows_alone() {
    let with = |advice: &str| Category {
        letter: Some(LetterParts {
            advice: Some(Localised::bokmaal(advice)),
            ..LetterParts::default()
        }),
        ..category(Vec::new())
    };
    assert_eq!(with("Ring {organisation}, sak {case}.").problems(), []);
    let at = [Key("letter"), Key("advice"), Key("nb")];
    let wrong = Wrong::NoSuchPlace { place: "telephone".to_owned() };
    assert_problem(&with("Ring {telephone}."), &at, wrong);
}
