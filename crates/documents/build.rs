//! Says in plain words what is missing before the compiler says it in many.

use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=package-lock.json");
    println!("cargo::rerun-if-changed=node_modules/.package-lock.json");
    println!("cargo::rerun-if-changed=templates");
    if !Path::new("node_modules/.package-lock.json").exists() {
        println!(
            "cargo::error=The typeface of documents is not installed. Run `make build`, or \
             `npm ci --ignore-scripts` in crates/documents, and build again."
        );
    }
}
