//! Loading the forms of notifications: those shipped, and what is told of one that cannot be used.

use std::fs;
use std::sync::atomic::{AtomicU32, Ordering};

use super::*;

static DIRECTORIES: AtomicU32 = AtomicU32::new(0);

/// A directory with the forms that are shipped, gone when the test is over.
struct Directory(PathBuf);

impl Directory {
    /// With `from` replaced by `to` in one of the files.
    fn changed(file: &str, from: &str, to: &str) -> Self {
        let number = DIRECTORIES.fetch_add(1, Ordering::Relaxed);
        let name = format!("avvik-{}-notification-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        for (folder, files) in [("templates", &TEMPLATES[..]), ("views", &VIEWS[..])] {
            let folder = path.join(folder);
            fs::create_dir_all(&folder).unwrap();
            for (name, text) in files {
                assert!(*name != file || text.contains(from), "{file} has {from}");
                let is_it = *name == file;
                let text = if is_it { text.replacen(from, to, 1) } else { (*text).to_owned() };
                fs::write(folder.join(name), text).unwrap();
            }
        }
        Self(path)
    }

    fn load(&self, jurisdiction: Jurisdiction) -> Result<Notifications, NotificationsFault> {
        Notifications::load(Some(&self.0), jurisdiction)
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).unwrap();
    }
}

fn told(file: &str, from: &str, to: &str) -> String {
    let directory = Directory::changed(file, from, to);
    let fault = directory.load(Jurisdiction::No).expect_err("it cannot be used");
    let source = std::error::Error::source(&fault).map(ToString::to_string);
    let told = source.unwrap_or_else(|| fault.to_string());
    told.replace(&format!("{}/", directory.0.display()), "")
}

#[test]
fn the_shipped_forms_are_loaded_and_each_authority_has_its_view() {
    for (jurisdiction, view) in [(Jurisdiction::No, "datatilsynet"), (Jurisdiction::Se, "imy")] {
        let all = Notifications::load(None, jurisdiction).unwrap();
        assert_eq!(all.own_view().id.as_str(), view);
        assert_eq!(all.views().count(), 2);
    }
}

#[test]
fn an_own_directory_takes_the_place_of_what_is_shipped() {
    let directory =
        Directory::changed("imy.toml", "title.nb = \"IMY:s formulär\"", "title.nb = \"Vårt\"");
    let all = directory.load(Jurisdiction::Se).unwrap();
    assert_eq!(all.own_view().title.text("nb"), "Vårt");
}

#[test]
fn a_view_of_what_is_not_there_is_told_with_file_line_and_key() {
    let line = |file: &str, of: &str| {
        let text = VIEWS.iter().find(|(name, _)| *name == file).unwrap().1;
        text.lines().position(|line| line.contains(of)).unwrap() + 1
    };
    let place = line("datatilsynet.toml", "[60, 61]");
    assert_eq!(
        told("datatilsynet.toml", "[60, 61]", "[60, 610]"),
        format!(
            "views/datatilsynet.toml, line {place}, section[1].item[2].fields[2]: the template has \
             no field with this number"
        )
    );
    let place = line("imy.toml", "template = ");
    assert_eq!(
        told("imy.toml", "edpb-1-0", "edpb-2-0"),
        format!("views/imy.toml, line {place}, template: there is no template with this id")
    );
}

#[test]
fn a_condition_on_what_is_not_there_is_told_with_file_line_and_key() {
    let told = told("edpb-1-0.toml", "{ field = 4, is", "{ field = 400, is");
    assert!(told.starts_with("templates/edpb-1-0.toml, line "), "{told}");
    assert!(
        told.ends_with(
            "section[1].field[3].shown-when[1]: the template has no field with this number"
        ),
        "{told}"
    );
}

#[test]
fn a_word_that_no_case_answers_is_told_with_those_there_are() {
    let told = told(
        "edpb-1-0.toml",
        "case = \"notice\", is = [\"initial\"]",
        "case = \"notice\", is = [\"first\"]",
    );
    assert!(told.contains("`is` lists one or more of initial, supplement, withdrawal"), "{told}");
    assert!(told.contains("choice[1].when"), "{told}");
}

#[test]
fn where_no_view_is_the_authoritys_that_is_told() {
    let directory =
        Directory::changed("imy.toml", "jurisdictions = [\"se\"]", "jurisdictions = [\"no\"]");
    let fault = directory.load(Jurisdiction::Se).unwrap_err();
    assert!(matches!(fault, NotificationsFault::NoView(Jurisdiction::Se)), "{fault}");
}
