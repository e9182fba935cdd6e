//! What the tests share: starting the service, walking through it.

pub mod binary;
pub mod browser_form;
pub mod chance;
pub mod crash;
pub mod crawl;
pub mod disk;
pub mod http;
pub mod mail_road;
pub mod mails;
pub mod marked;
pub mod mount;
pub mod people;
pub mod python_server;
pub mod running;
pub mod smtp_server;
pub mod steps;
pub mod story;
pub mod svarut_server;

pub use http::{Answer, Client, File};
pub use people::Person;
pub use running::Running;
