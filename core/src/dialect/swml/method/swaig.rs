//! Functions that an agent may call, and what they make it do.

use super::confirm::DOCUMENT;
use super::language::FILLERS_BY_LANGUAGE;
use super::property::ARGUMENTS;
use super::request::HEADERS;
use super::{LIST, NAMED_TEXTS, TEXTS, URL, objects};
use crate::dialect::schema::{Field, Holds, INTEGER, Rule, Schema, field, required};

const NATIVE: Holds = Holds::Word(&["check_time", "wait_seconds", "wait_for_user", "adjust_response_latency"]);
const VERBS: Holds = Holds::Word(&["GET", "POST", "PUT", "DELETE"]);
const META: Field = field("meta_data", Holds::Map).says("Data that only functions of the same token see.");
const HOOK: Field = field("web_hook_url", URL).says("Where the call of the function is sent.");
/// What functions have in common.
pub(super) static DEFAULTS: Field =
    field("defaults", Holds::Object(&DEFAULT)).says("What functions do not say themselves.");
/// Servers that bring functions.
pub(super) static SERVERS: Field = field("mcp_servers", Holds::ListOf(&Holds::Object(&SERVER)))
    .says("Servers of the model context protocol whose tools the agent may use.");

objects! {
    SWAIG = "SWAIG": "Functions that the agent may call." [
        field("functions", Holds::ListOf(&Holds::Object(&FUNCTION))).says("The functions."),
        DEFAULTS,
        field("includes", Holds::ListOf(&Holds::Object(&INCLUDE))).says("Functions that a server describes itself."),
        field("native_functions", Holds::ListOf(&NATIVE)).says("Functions of the platform: `check_time`, `wait_seconds`, `wait_for_user`, `adjust_response_latency`."),
        SERVERS,
        field("internal_fillers", Holds::Object(&INTERNAL)).says("Words to bridge the work of the platform's own functions, by language."),
    ].tolerant();
    DEFAULT = "defaults": "What functions do not say themselves." [HOOK];
    SERVER = "mcp_servers": "A server of the model context protocol." [
        required("url", Holds::Text).says("Where it is."),
        HEADERS.says("Headers for requests to it."),
        field("resources", Holds::Bool).default("false").says("Read its resources."),
        field("resource_vars", NAMED_TEXTS).says("Texts for placeholders in the addresses of resources."),
    ];
    INCLUDE = "includes": "Functions that a server describes." [
        required("url", Holds::Text).says("Where it is."),
        required("functions", LIST).says("Their names."),
        META,
    ];
    INTERNAL = "internal_fillers": "Words for the platform's own functions, by language." [
        field("check_time", FILLERS_BY_LANGUAGE).says("Words while it looks at the clock."),
        field("wait_for_user", FILLERS_BY_LANGUAGE).says("Words while it waits for the caller."),
        field("wait_seconds", FILLERS_BY_LANGUAGE).says("Words while it waits."),
        field("adjust_response_latency", FILLERS_BY_LANGUAGE).says("Words while it becomes slower or faster."),
        field("next_step", FILLERS_BY_LANGUAGE).says("Words before the next step."),
        field("change_context", FILLERS_BY_LANGUAGE).says("Words before another stage."),
        field("get_visual_input", FILLERS_BY_LANGUAGE).says("Words while it looks at a picture."),
        field("get_ideal_strategy", FILLERS_BY_LANGUAGE).says("Words while it thinks."),
        field("pause_conversation", FILLERS_BY_LANGUAGE).says("Words before a pause."),
    ];
    FUNCTION = "functions": "A function that the agent may call." [
        required("function", Holds::Text).says("Its name; `startup_hook`, `hangup_hook` and `summarize_conversation` are called by the platform."),
        field("description", Holds::Text).officially_required().says("What it is for, for the model."),
        field("purpose", Holds::Text).says("Older name of `description`."),
        field("parameters", Holds::Object(&ARGUMENTS)).says("Its arguments."),
        field("argument", Holds::Object(&ARGUMENTS)).says("Older name of `parameters`."),
        field("active", Holds::Bool).default("true").says("It may be called."),
        HOOK, META,
        field("meta_data_token", Holds::Text).says("Which functions share their `meta_data`."),
        field("data_map", Holds::Sized(1, u16::MAX, &Holds::Object(&DATA_MAP))).says("What the platform does itself instead of asking a server."),
        field("fillers", FILLERS_BY_LANGUAGE).says("Words to bridge its work, by language."),
        field("skip_fillers", Holds::Bool).default("false").says("Say no such words."),
        field("wait_for_fillers", Holds::Bool).default("false").says("Finish them before the result is spoken."),
        field("wait_file", URL).says("Sound to bridge its work."),
        field("wait_file_loops", Holds::Either(&[Holds::Literal(&INTEGER), Holds::Text])).says("How often that sound is repeated."),
    ];
    DATA_MAP = "data_map": "What the platform does itself for a function." [
        field("expressions", Holds::ListOf(&Holds::Object(&EXPRESSION))).says("Patterns to compare with; the first that matches decides."),
        field("webhooks", Holds::ListOf(&Holds::Object(&WEBHOOK))).says("Requests to try; the first that succeeds decides."),
        field("output", Holds::Object(&OUTPUT)).says("What comes of it otherwise."),
    ];
    EXPRESSION = "expressions": "A pattern to compare with." [
        required("string", Holds::Text).says("The text that is compared."),
        required("pattern", Holds::Text).says("Regular expression."),
        required("output", Holds::Object(&OUTPUT)).says("What comes of it."),
    ];
    WEBHOOK = "webhooks": "A request." [
        required("url", Holds::Text).says("Where to."),
        field("method", VERBS).says("HTTP method."),
        field("headers", Holds::Map).says("Headers."),
        field("params", Holds::Map).says("What to send."),
        field("input_args_as_params", Holds::Bool).says("Send the function's arguments."),
        field("require_args", TEXTS).says("Arguments without which it is not sent."),
        field("error_keys", TEXTS).says("Fields of the reply that mean failure."),
        field("expressions", Holds::ListOf(&Holds::Object(&EXPRESSION))).says("Patterns to compare the reply with."),
        field("foreach", Holds::Object(&FOREACH)).says("Makes one text of a list in the reply."),
        field("output", Holds::Object(&OUTPUT)).says("What comes of it."),
    ];
    FOREACH = "foreach": "Makes one text of a list." [
        required("input_key", Holds::Text).says("The list in the reply."),
        required("output_key", Holds::Text).says("Name for the text."),
        required("append", Holds::Text).says("What each item adds."),
        field("max", INTEGER).says("Most items."),
    ];
    OUTPUT = "output": "What comes of a function." [
        field("response", Holds::Either(&[Holds::Text, Holds::Object(&TOOL_RESULT)])).says("What the model is told."),
        field("action", ACTIONS).says("What is done."),
        field("post_process", Holds::Literal(&Holds::Bool)).default("false").says("Let the agent speak before it is done."),
    ];
    TOOL_RESULT = "response": "What the model is told, apart from what to do with it." [
        field("tool_result", Holds::Text).says("The result."),
        field("tool_prompt", Holds::Text).says("What to do with it."),
    ];
    ACTION = "action": "Something that is done." [
        field("SWML", DOCUMENT).says("A document to run."),
        field("transfer", Holds::Bool).beside("SWML").says("The document takes the call over from the agent."),
        field("change_context", Holds::Text).says("Go to another stage."),
        field("change_step", Holds::Text).says("Go to another step."),
        field("context_switch", Holds::Object(&CONTEXT_SWITCH)).says("Become somebody else."),
        field("hangup", Holds::Bool).says("End the call."),
        field("hold", Holds::Either(&[HOLD_TIME, Holds::Object(&HOLD)])).says("Put the caller on hold, for so many seconds at most."),
        field("playback_bg", Holds::Object(&PLAYBACK)).says("Play a sound behind the conversation."),
        field("say", Holds::Text).says("Say something."),
        field("set_global_data", Holds::Map).says("Change what the agent knows."),
        field("set_meta_data", Holds::Map).says("Change the function's data."),
        field("stop", Holds::Bool).says("The agent stops; the flow goes on."),
        field("stop_playback_bg", Holds::Bool).says("Stop the sound behind the conversation."),
        field("toggle_functions", Holds::ListOf(&Holds::Object(&TOGGLE))).says("Allow and forbid functions."),
        field("unset_global_data", Holds::Either(&[Holds::Text, Holds::Object(&EMPTY)])).says("Forget something."),
        field("unset_meta_data", Holds::Either(&[Holds::Text, Holds::Object(&EMPTY)])).says("Forget something of the function's data."),
        field("user_input", Holds::Text).says("Go on as if the caller had said this."),
    ].rules(&[Rule::One(&[
        "SWML", "change_context", "change_step", "context_switch", "hangup", "hold", "playback_bg", "say",
        "set_global_data", "set_meta_data", "stop", "stop_playback_bg", "toggle_functions", "unset_global_data",
        "unset_meta_data", "user_input",
    ])]);
    CONTEXT_SWITCH = "context_switch": "Becoming somebody else." [
        required("system_prompt", Holds::Text).says("Who to be."),
        field("user_prompt", Holds::Text).says("What the caller is taken to have said."),
        field("consolidate", Holds::Bool).says("Sum up what was said before."),
    ];
    HOLD = "hold": "How long a caller may be on hold." [field("timeout", HOLD_TIME).default("300").says("Seconds at most.")];
    PLAYBACK = "playback_bg": "A sound behind the conversation." [
        required("file", URL).says("Its web address."),
        field("wait", Holds::Bool).says("Say nothing until it is over."),
    ];
    TOGGLE = "toggle_functions": "Functions to allow or forbid." [
        required("function", TEXTS).says("Their names."),
        required("active", Holds::Bool).says("Whether they may be called."),
    ];
    EMPTY = "object": "Nothing." [];
}

const HOLD_TIME: Holds = Holds::Integer(-2_147_483_648.0, 900.0);
/// One thing that is done, or several.
pub(super) static ACTIONS: Holds = Holds::Either(&[Holds::Object(&ACTION), Holds::ListOf(&Holds::Object(&ACTION))]);
