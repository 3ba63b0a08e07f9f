//! The negotiated unit of positions.

use ibid_tests::{Client, Server, Workspace};
use serde_json::json;

fn agreed(offer: &[&str]) -> String {
    let workspace = Workspace::new("//- /note.md\nA note.\n");
    let client = Client::pulling(&workspace).with("/general/positionEncodings", json!(offer));
    let server = Server::start(&client);
    server.initialized["capabilities"]["positionEncoding"].as_str().expect("it says which").to_owned()
}

#[test]
fn the_client_s_first_choice_is_taken() {
    assert_eq!(agreed(&["utf-8", "utf-16"]), "utf-8");
    assert_eq!(agreed(&["utf-32", "utf-16"]), "utf-32");
    assert_eq!(agreed(&["utf-16"]), "utf-16");
}

#[test]
fn without_an_offer_it_is_utf_16() {
    assert_eq!(agreed(&[]), "utf-16");
}
