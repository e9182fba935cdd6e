//! Nothing stands twice in a pack: what a reader sees is what was checked.

use super::*;

/// What the fuzzer found: the second showing takes the place of a file in the count.
#[test]
fn an_event_shown_twice_makes_no_room_for_another_file() {
    let house = House::new();
    let pack = changed(&house.pack("case.zip"), |files| {
        for name in ["events.json", "proofs.json"] {
            let mut json: Value = serde_json::from_slice(file(files, name)).unwrap();
            let list = if name == "events.json" { &mut json } else { &mut json["events"] };
            let first = list[0].clone();
            list.as_array_mut().unwrap().push(first);
            *file(files, name) = serde_json::to_vec(&json).unwrap();
        }
        files.push(("letter.txt".to_owned(), b"more".to_vec()));
    });
    fs::write(house.place.path("twice.zip"), pack).unwrap();
    let found = house.place.run(&["verify-proof", "twice.zip"]);
    assert_eq!(found.code, Some(1), "{found:?}");
    assert!(found.out.contains("it has other files than an evidence pack"), "{found:?}");
}

/// What a reader sees first is what is checked.
#[test]
fn nothing_stands_twice_in_a_pack() {
    const TWICE: &str = "
import sys, warnings, zipfile
warnings.simplefilter('ignore')
old, new = zipfile.ZipFile(sys.argv[1]), zipfile.ZipFile(sys.argv[2], 'w')
new.writestr('events.json', old.read('events.json').replace(b'glemt', b'solgt'))
for name in old.namelist(): new.writestr(name, old.read(name))
new.close()";
    let house = House::new();
    let pack = house.pack("case.zip");
    let [case, twice] = ["case.zip", "twice.zip"].map(|name| house.place.path(name));
    let mut made = Command::new("python3");
    let made = made.args(["-c", TWICE]).arg(case).arg(&twice);
    assert!(made.status().unwrap().success());
    let named_twice = changed(&pack, |files| {
        replace(file(files, "events.json"), "\"version\": 2,", "\"version\": 9, \"version\": 2,");
    });
    fs::write(house.place.path("named.zip"), named_twice).unwrap();
    for name in ["twice.zip", "named.zip"] {
        let found = house.place.run(&["verify-proof", name, "--public-key", &house.key()]);
        assert_eq!(found.code, Some(1), "{name}: {found:?}");
        let found = by_python(&house.place.path(name), Some(&house.key()));
        assert_eq!(found.code, Some(1), "{name}: {found:?}");
    }
}
