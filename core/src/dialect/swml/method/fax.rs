//! Fax.

use super::{Method, URL, Variable, choice, event, method, objects, variable};
use crate::dialect::schema::{Holds, Schema, field, required};

objects! {
    RECEIVE_FAX = "receive_fax": "Takes a fax that the caller sends." [
        field("status_url", URL).says("Where every page and the end are told."),
    ];
    SEND_FAX = "send_fax": "Sends a fax to the other end." [
        required("document", URL).says("Web address of the PDF to send."),
        field("header_info", Holds::Text).says("Text at the top of every page."),
        field("identity", Holds::Text).default("the caller's number").says("Number that the receiver sees."),
        field("status_url", URL).says("Where every page and the end are told."),
    ];
}

macro_rules! outcome {
    ($($name:literal),*) => { outcome!(@ $($name),*) };
    (@ $document:literal, $identity:literal, $remote:literal, $pages:literal, $code:literal, $text:literal, $result:literal) => {
        &[
            variable($document, "Where the document can be had."),
            variable($identity, "This end's number."),
            variable($remote, "The other end's number."),
            variable($pages, "Pages that went over."),
            variable($code, "Number of the outcome."),
            variable($text, "The outcome in words."),
            choice($result, &["success", "failed"], "What came of it."),
        ]
    };
}

const RECEIVED: &[Variable] = outcome!(
    "receive_fax_document",
    "receive_fax_identity",
    "receive_fax_remote_identity",
    "receive_fax_pages",
    "receive_fax_result_code",
    "receive_fax_result_text",
    "receive_fax_result"
);
const SENT: &[Variable] = outcome!(
    "send_fax_document",
    "send_fax_identity",
    "send_fax_remote_identity",
    "send_fax_pages",
    "send_fax_result_code",
    "send_fax_result_text",
    "send_fax_result"
);

pub(super) static METHODS: &[Method] = &[
    method(&RECEIVE_FAX).bare().extension().sets(RECEIVED).sends(&[event(
        "calling.call.fax",
        "fax.type",
        &["page", "finished", "error"],
    )]),
    method(&SEND_FAX).first("document").extension().sets(SENT).sends(&[event(
        "calling.call.fax",
        "fax.type",
        &["page", "finished", "error"],
    )]),
];
