//! Methods that only the platform's longer reference names; some are its experiments.

use super::{Method, method, objects};
use crate::dialect::schema::{Schema, field};

objects! {
    ECHO = "echo": "Plays back to the caller what they say." [
        field("timeout", super::POSITIVE).says("Seconds until it ends; without it, until the call does."),
    ];
    DIAL = "dial": "An experiment of the platform without a public description." [].open();
    BIND_DIGIT = "bind_digit": "An experiment of the platform without a public description." [].open();
    CLEAR_DIGIT_BINDINGS = "clear_digit_bindings": "An experiment of the platform without a public description." [].open();
    EXECUTE_RPC = "execute_rpc": "An experiment of the platform without a public description." [].open();
}

pub(super) static METHODS: &[Method] = &[
    method(&ECHO).first("timeout").bare().unofficial(),
    method(&DIAL).trial(),
    method(&BIND_DIGIT).trial(),
    method(&CLEAR_DIGIT_BINDINGS).bare().trial(),
    method(&EXECUTE_RPC).trial(),
];
