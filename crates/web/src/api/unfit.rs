//! Reading what a program sent into our types, and naming the field where it does not fit. What
//! was sent in its place is never repeated: it may be about somebody, and problems end up in logs.

use std::fmt::Display;

use serde::de::DeserializeOwned;
use serde_json::error::Category;
use serde_path_to_error::{Path, Segment};

use super::failure::Failure;
use super::problem::{FieldProblem, Place};

/// Reads a JSON body.
pub(crate) fn read_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Failure> {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let read = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        match error.inner().classify() {
            Category::Data => {
                let (path, problem) = found(&error);
                Failure::field(Place::Body, pointer(&path), problem)
            }
            Category::Io | Category::Syntax | Category::Eof => Failure::Malformed,
        }
    })?;
    json.end().map_err(|_| Failure::Malformed)?;
    Ok(read)
}

/// Reads what stands behind the question mark of an address.
pub(crate) fn read_query<T: DeserializeOwned>(query: &str) -> Result<T, Failure> {
    let pairs = form_urlencoded::parse(query.as_bytes());
    let query = serde_urlencoded::Deserializer::new(pairs);
    serde_path_to_error::deserialize(query).map_err(|error| {
        let (path, problem) = found(&error);
        Failure::field(Place::Query, path.join("."), problem)
    })
}

/// Which field it was and what is wrong with it. Serde tells the kind in its message alone.
fn found<E: Display>(error: &serde_path_to_error::Error<E>) -> (Vec<String>, FieldProblem) {
    let mut path = segments(error.path());
    let message = error.inner().to_string();
    let name_after = |beginning: &str| {
        let rest = message.strip_prefix(beginning)?;
        rest.split('`').next().map(str::to_owned)
    };
    if let Some(name) = name_after("missing field `") {
        path.push(name);
        return (path, FieldProblem::Missing);
    }
    let (named, problem) = match name_after("unknown field `") {
        Some(name) => (Some(name), FieldProblem::Unknown),
        None => match name_after("duplicate field `") {
            Some(name) => (Some(name), FieldProblem::Repeated),
            None => (None, FieldProblem::Unfit),
        },
    };
    if let Some(name) = named.filter(|name| path.last() != Some(name)) {
        path.push(name);
    }
    (path, problem)
}

fn segments(path: &Path) -> Vec<String> {
    path.iter()
        .filter_map(|segment| match segment {
            Segment::Seq { index } => Some(index.to_string()),
            Segment::Map { key } => Some(key.clone()),
            Segment::Enum { .. } | Segment::Unknown => None,
        })
        .collect()
}

/// A JSON pointer (RFC 6901).
fn pointer(path: &[String]) -> String {
    let escaped = path.iter().map(|name| name.replace('~', "~0").replace('/', "~1"));
    escaped.fold(String::new(), |pointer, name| pointer + "/" + &name)
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::super::problem::FieldError;
    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Asked {
        count: Option<u32>,
        parts: Vec<Part>,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Part {
        name: String,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Listed {
        limit: Option<u32>,
    }

    #[track_caller]
    fn told<T: std::fmt::Debug>(read: Result<T, Failure>) -> (String, FieldProblem) {
        match read {
            Err(Failure::Unfit(errors)) => match errors.as_slice() {
                [FieldError { field, problem, .. }] => (field.clone(), *problem),
                other => panic!("{other:?}"),
            },
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_field_is_named_and_its_value_is_not() {
        use FieldProblem::{Missing, Repeated, Unfit, Unknown};
        for (json, field, problem) in [
            ("{}", "/parts", Missing),
            (r#"{"parts":[{}]}"#, "/parts/0/name", Missing),
            (r#"{"parts":[],"colour":1}"#, "/colour", Unknown),
            (r#"{"parts":[{"name":"a","a/b":1}]}"#, "/parts/0/a~1b", Unknown),
            (r#"{"parts":[],"parts":[]}"#, "/parts", Repeated),
            (r#"{"parts":[{"name":"a"},{"name":7}]}"#, "/parts/1/name", Unfit),
            (r#"{"count":"Kari","parts":[]}"#, "/count", Unfit),
            ("[]", "", Unfit),
        ] {
            assert_eq!(
                told(read_json::<Asked>(json.as_bytes())),
                (field.to_owned(), problem),
                "{json}"
            );
        }
        for (query, field, problem) in [
            ("limit=many", "limit", Unfit),
            ("limit=1&limit=2", "limit", Repeated),
            ("size=1", "size", Unknown),
        ] {
            assert_eq!(told(read_query::<Listed>(query)), (field.to_owned(), problem), "{query}");
        }
    }

    #[test]
    fn what_is_no_json_is_told_apart() {
        for json in ["", "{", r#"{"parts":[]}{}"#, "naïve", r#"{"parts":[]} x"#] {
            let read = read_json::<Asked>(json.as_bytes());
            assert_eq!(read, Err(Failure::Malformed), "{json}");
        }
        assert_eq!(read_json::<Asked>(b"\xff"), Err(Failure::Malformed));
    }

    #[test]
    fn what_fits_is_read() {
        let asked = read_json::<Asked>(br#" {"count":2,"parts":[{"name":"a"}]} "#).unwrap();
        assert_eq!(asked, Asked { count: Some(2), parts: vec![Part { name: "a".to_owned() }] });
        assert_eq!(read_query("limit=3"), Ok(Listed { limit: Some(3) }));
        assert_eq!(read_query(""), Ok(Listed { limit: None }));
    }
}
