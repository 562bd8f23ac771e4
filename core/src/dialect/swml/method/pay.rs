//! Payment by card.

use super::{Method, URL, choice, event, method, objects, variable};
use crate::dialect::schema::{Form, Holds, INTEGER, Schema, field, required};

const RESULTS: &[&str] = &[
    "success",
    "too-many-failed-attempts",
    "payment-connector-error",
    "caller-interrupted-with-star",
    "relay-pay-stop",
    "caller-hung-up",
    "validation-error",
    "internal-error",
];

/// A sound file of a prompt.
static SOUND_URL: Form = Form { noun: "a web address", fits: is_web };

fn is_web(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

objects! {
    PAY = "pay": "Asks for a card with the telephone's keys and hands it to a payment connector. `#` ends an input, `*` breaks off." [
        required("payment_connector_url", URL).says("Where the card's data is sent."),
        field("charge_amount", Holds::Text).says("Amount, such as `20.45`; without one the card is only kept."),
        field("currency", Holds::Text).default("usd").says("Currency of the amount."),
        field("description", Holds::Text).says("What is paid for."),
        field("input", Holds::Word(&["dtmf"])).default("dtmf").says("How the caller enters it."),
        field("payment_method", Holds::Word(&["credit-card"])).default("credit-card").says("What is paid with."),
        field("language", Holds::Text).default("en-US").says("Language of the spoken prompts."),
        field("voice", Holds::Text).default("woman").says("Voice of the spoken prompts."),
        field("max_attempts", INTEGER).default("1").says("How often an input may be tried."),
        field("timeout", INTEGER).default("5").says("Seconds to wait for the next key."),
        field("security_code", Holds::Bool).default("true").says("Ask for the security code."),
        field("postal_code", Holds::Either(&[Holds::Literal(&Holds::Bool), Holds::Text])).default("true").says("Ask for the postal code; a text is the code itself."),
        field("min_postal_code_length", INTEGER).default("0").says("Fewest digits of a postal code."),
        field("token_type", Holds::Word(&["one-time", "reusable"])).default("reusable").says("Whether the card may be charged again."),
        field("valid_card_types", Holds::Text).default("visa mastercard amex").says("Cards taken, with spaces between."),
        field("parameters", Holds::ListOf(&Holds::Object(&PARAMETER))).says("More that the connector is told."),
        field("prompts", Holds::ListOf(&Holds::Object(&PROMPT))).says("Other texts and sounds than the platform's."),
        field("status_url", URL).says("Where the course of the payment is told."),
    ];
    PARAMETER = "parameters": "One more that the connector is told." [
        required("name", Holds::Text).says("Its name."),
        required("value", Holds::Text).says("Its value."),
    ];
    PROMPT = "prompts": "What the caller hears at one point." [
        required("for", Holds::Text).says("When: `payment-card-number`, `expiration-date`, `security-code`, `postal-code`, `payment-processing`, `payment-completed`, `payment-failed` or `payment-canceled`."),
        required("actions", Holds::ListOf(&Holds::Either(&[Holds::Object(&SAY), Holds::Object(&PLAY)]))).says("What is said or played."),
        field("attempts", Holds::Text).says("Only at these attempts, with spaces between."),
        field("card_type", Holds::Text).says("Only for these cards."),
        field("error_type", Holds::Text).says("Only after these errors."),
    ];
    SAY = "actions": "Says something." [
        required("type", Holds::Word(&["Say"])).says("`Say`."),
        required("phrase", Holds::Text).says("The text."),
    ].tagged("type", "Say");
    PLAY = "actions": "Plays a file." [
        required("type", Holds::Word(&["Play"])).says("`Play`."),
        required("phrase", Holds::Like(&SOUND_URL)).says("Web address of the file."),
    ].tagged("type", "Play");
}

pub(super) static METHODS: &[Method] = &[method(&PAY)
    .extension()
    .sets(&[
        choice("pay_result", RESULTS, "What came of it."),
        variable(
            "pay_payment_results",
            "The connector's answer: `payment_token`, `payment_confirmation_code`, `payment_card_number`, `payment_card_type`, `payment_card_expiration_date`, `payment_card_security_code`, `payment_card_postal_code`, `payment_error`, `payment_error_code`, `connector_error`.",
        ),
    ])
    .sends(&[event("calling.call.pay", "state", &[])])];
