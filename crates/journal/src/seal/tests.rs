//! Seals: what goes in comes out, in its place and nowhere else, until the key is gone.

use std::collections::HashSet;

use domain::ids::PersonId;
use domain::{StreamKind, Version};
use minicbor::bytes::ByteArray;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::keyring::{Keyring, KeysOf, Scope};
use crate::record::Record;
use crate::schema::StoredEvent;

const STREAM: StreamId = StreamId { kind: StreamKind::Case, id: Uuid::from_u128(7) };
const PLACE: Place<'static> = Place::Event { stream: STREAM, version: Version(3), name: "told" };

fn keyring(directory: &tempfile::TempDir) -> Keyring {
    let at = |name| directory.path().join(name);
    Keyring::create(&at("keyring"), &at("master.key"), Key::random()).unwrap()
}

fn sealed(json: &[u8], keyring: &Keyring) -> SealedJson {
    seal(json, PLACE, |about| {
        let (id, key) = keyring.key_for(Scope::of(STREAM, about)).unwrap();
        Ok::<_, ScanError>(SealingKey { id, key, nonce: random_nonce() })
    })
    .unwrap()
}

fn unsealed(
    sealed: &SealedJson,
    place: Place<'_>,
    keyring: &Keyring,
) -> Result<Value, UnsealError> {
    let seals: Vec<_> = sealed
        .seals
        .iter()
        .map(|it| Seal {
            key: it.key.0.into(),
            about: it.about.map(|about| ByteArray::from(about.into_bytes())),
            nonce: it.nonce.into(),
            text: &it.text,
        })
        .collect();
    let mut room = Room::default();
    unseal(&sealed.open, &sealed.holes, &seals, place, &keyring.keys(), &mut room)?;
    Ok(serde_json::from_slice(&room.json).expect("the pieces make up JSON"))
}

fn personal(about: Option<Uuid>, value: &Value) -> Value {
    match about {
        Some(about) => json!({ "$personal": { "about": about, "value": value } }),
        None => json!({ "$personal": { "value": value } }),
    }
}

#[test]
fn nothing_personal_stays_in_the_open() {
    let directory = tempfile::tempdir().unwrap();
    let keyring = keyring(&directory);
    let json = personal(None, &json!({ "name": "marker \"}}" })).to_string();
    let sealed = sealed(json.as_bytes(), &keyring);
    assert_eq!(sealed.open, br#"{"$personal":{"value":null}}"#);
    assert!(!format!("{sealed:?}").contains("marker"));
}

#[test]
fn a_seal_opens_nowhere_but_in_its_place() {
    let directory = tempfile::tempdir().unwrap();
    let keyring = keyring(&directory);
    let sealed = sealed(personal(None, &json!("secret")).to_string().as_bytes(), &keyring);
    let elsewhere = [
        Place::Event { stream: STREAM, version: Version(4), name: "told" },
        Place::Event { stream: STREAM, version: Version(3), name: "tolls" },
        Place::Event { stream: StreamId::ORGANISATION, version: Version(3), name: "told" },
    ];
    for place in elsewhere {
        assert_eq!(unsealed(&sealed, place, &keyring), Err(UnsealError::DoesNotFit));
    }
    assert!(unsealed(&sealed, PLACE, &keyring).is_ok());
}

#[test]
fn a_key_that_was_never_there_is_not_taken_for_a_destroyed_one() {
    let directory = tempfile::tempdir().unwrap();
    let sealed = sealed(personal(None, &json!("x")).to_string().as_bytes(), &keyring(&directory));
    let other = tempfile::tempdir().unwrap();
    assert_eq!(unsealed(&sealed, PLACE, &keyring(&other)), Err(UnsealError::NoSuchKey));
}

#[test]
fn a_personal_value_within_another_is_refused() {
    let inner = personal(Some(Uuid::from_u128(1)), &json!("x"));
    let json = personal(None, &json!([inner])).to_string();
    let refused = seal(json.as_bytes(), PLACE, |_| Err(ScanError::Malformed { at: 0 }));
    assert!(matches!(refused, Err(ScanError::Nested { .. })));
}

/// Any JSON value whose object keys are not marks.
fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        ".*".prop_map(Value::from),
        Just(Value::from(r#"{"$personal":{"value":"not a mark"}}"#)),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[a-zæøå\"\\\\]{0,5}", inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// Fields as of an event, some of them personal, with whom each is about.
fn any_fields() -> impl Strategy<Value = Vec<(Value, Option<u128>, bool)>> {
    let field = (any_value(), prop::option::of(1_u128..4), any::<bool>());
    prop::collection::vec(field, 0..8)
}

fn build(fields: &[(Value, Option<u128>, bool)], erased: Option<u128>) -> Value {
    let fields = fields.iter().enumerate().map(|(number, (value, about, is_personal))| {
        let uuid = about.map(Uuid::from_u128);
        let value = match (is_personal, erased) {
            (false, _) => value.clone(),
            (true, Some(_)) if erased == *about => json!({ "$erased": { "about": uuid } }),
            (true, _) => personal(uuid, value),
        };
        (format!("field{number}"), json!([{ "in": value }]))
    });
    Value::Object(fields.collect())
}

proptest! {
    #[test]
    fn what_is_sealed_reads_back(fields in any_fields()) {
        let directory = tempfile::tempdir().unwrap();
        let keyring = keyring(&directory);
        let json = build(&fields, None);
        let sealed = sealed(json.to_string().as_bytes(), &keyring);
        prop_assert!(serde_json::from_slice::<Value>(&sealed.open).is_ok());
        prop_assert_eq!(unsealed(&sealed, PLACE, &keyring).unwrap(), json);
    }

    #[test]
    fn a_destroyed_key_takes_one_person_and_no_other(
        fields in any_fields(),
        gone in 1_u128..4,
    ) {
        let directory = tempfile::tempdir().unwrap();
        let keyring = keyring(&directory);
        let sealed = sealed(build(&fields, None).to_string().as_bytes(), &keyring);
        let person = Some(PersonId(Uuid::from_u128(gone)));
        keyring.destroy(&HashSet::from([KeysOf { stream: STREAM, person }])).unwrap();
        let expected = build(&fields, Some(gone));
        prop_assert_eq!(unsealed(&sealed, PLACE, &keyring).unwrap(), expected);
    }
}

/// The bytes of a record, sealed with a fixed key and nonce, are what they have always been.
#[test]
fn the_record_is_stored_as_it_always_was() {
    let facts = crate::append::Facts {
        stream: STREAM,
        version: Version(1),
        at: domain::Time::from_timestamp_micros(1_774_602_000_123_456).unwrap(),
        by: domain::Actor::User(domain::ids::UserId(Uuid::from_u128(9))),
    };
    let fixed = |about: Option<Uuid>| {
        let number = about.map_or(1, |_| 2);
        let key = Key::from_bytes([number; Key::LENGTH]);
        Ok(SealingKey { id: KeyId([number; 16]), key, nonce: [number; 24] })
    };
    let personal = [personal(Some(Uuid::from_u128(5)), &json!("x")), personal(None, &json!([1]))];
    let fields = json!({ "open": "text", "sealed": personal }).to_string().into_bytes();
    let event = StoredEvent { name: "told", form: 1, fields };
    let record = crate::append::to_record(&event, facts, fixed).unwrap();
    assert!(Record::from_bytes(&record).is_some());
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/golden/record.v1.hex");
    let hex = crate::hex::encode(&record);
    if std::env::var_os("AVVIK_WRITE_GOLDEN").is_some() && !std::path::Path::new(path).exists() {
        std::fs::write(path, format!("{hex}\n")).unwrap();
    }
    let golden = std::fs::read_to_string(path).unwrap();
    assert_eq!(hex, golden.trim(), "records are no longer stored as those in people's journals");
}
