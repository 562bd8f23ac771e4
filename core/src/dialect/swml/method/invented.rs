//! Names that people and language models invent.

/// The name, and what it means in SWML.
pub(in crate::dialect::swml) static INVENTED: &[(&str, &str)] = &[
    ("say", "write `play: {url: \"say:…\"}`"),
    ("speak", "write `play: {url: \"say:…\"}`"),
    ("tts", "write `play: {url: \"say:…\"}`"),
    ("gather", "write `prompt: {play: \"say:…\", max_digits: 1}`"),
    ("collect", "write `prompt: {play: \"say:…\", max_digits: 1}`"),
    ("on_success", "there are no handlers beside a method: put a `cond` or `switch` behind it, or use its `result`"),
    ("on_failure", "there are no handlers beside a method: put a `cond` or `switch` behind it, or use its `result`"),
    ("on_no_input", "put `switch: {variable: prompt_result, case: {no_input: […]}}` behind the `prompt`"),
    ("condition", "write `cond: [{when: …, then: […]}]`"),
    ("whisper", "use `confirm` of `connect`"),
    ("wait", "write `sleep: 1000` (milliseconds)"),
    ("pause", "write `sleep: 1000` (milliseconds)"),
    ("redirect", "write `transfer: …`"),
    ("forward", "write `connect: {to: …}`"),
    ("record_message", "write `record: {}`"),
    ("voicemail", "write `record: {}` behind a `play`"),
    ("http_request", "write `request: {url: …, method: POST}`"),
    ("webhook", "write `request: {url: …, method: POST}`"),
    ("set_variable", "write `set: {name: value}`"),
    ("log", "the trace of `patchcord simulate` shows every step"),
];
