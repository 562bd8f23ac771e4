//! What RCML asks and tells over HTTP: form parameters.

use crate::dialect::{Ask, HookAt, Reply, View, form_request};
use crate::id::LegId;
use crate::ir::LegChange;
use crate::wire::{
    ActivityFacts, Cause, Collected, DialFacts, Direction, EndedBy, LegFacts, LegState, Progress, Request, Why,
};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

/// Seconds that a request may take (Twilio's 15; RestComm gives 6).
const PATIENCE: u64 = 15_000;
const API_VERSION: &str = "2012-04-24";

type Fields = Vec<(String, String)>;

fn add(fields: &mut Fields, name: &str, value: impl Into<String>) {
    fields.push((name.to_string(), value.into()));
}

/// A request for a document: the voice request, and what its reason adds.
pub(crate) fn ask(view: &View<'_>, leg: &LegFacts, ask: &Ask<'_>, url: &str) -> Request {
    let mut fields = voice(view, leg);
    match ask.reason {
        Why::Dialled(dial) => dialled(view, dial, &mut fields),
        Why::Collected(what) => gathered(what, &mut fields),
        Why::Recorded(facts) => recorded(view, facts, &mut fields),
        Why::Screening => screening(leg, &mut fields),
        // Nothing of RCML goes on beside the flow and asks.
        Why::News(..) => {}
        Why::First | Why::Redirect | Why::Execute => {
            sip_headers(leg, "SipHeader_", &mut fields);
            if let Some(id) = &leg.sip_call_id {
                add(&mut fields, "SipCallId", id.clone());
            }
        }
    }
    form_request(ask.method, url, &fields, PATIENCE)
}

/// The parameters of every request.
fn voice(view: &View<'_>, leg: &LegFacts) -> Fields {
    let mut fields = Vec::new();
    add(&mut fields, "CallSid", call_sid(leg));
    add(&mut fields, "AccountSid", account_sid(view));
    add(&mut fields, "From", leg.from.clone());
    add(&mut fields, "To", leg.to.clone());
    add(&mut fields, "CallStatus", call_status(leg));
    add(&mut fields, "ApiVersion", API_VERSION);
    add(
        &mut fields,
        "Direction",
        match leg.direction {
            Direction::Inbound => "inbound",
            Direction::Outbound => "outbound-dial",
        },
    );
    if let Some(name) = &leg.name {
        add(&mut fields, "CallerName", name.clone());
    }
    if let Some(diversion) = leg.header("Diversion") {
        add(&mut fields, "ForwardedFrom", user_part(diversion));
        add(&mut fields, "SipHeader_Diversion", diversion);
    }
    fields
}

fn call_sid(leg: &LegFacts) -> String {
    format!("CA{}", leg.sid.replace('-', ""))
}

fn account_sid(view: &View<'_>) -> String {
    match &view.start.application.account {
        Some(account) => account.clone(),
        None => format!("AC{}", view.account().replace('-', "")),
    }
}

/// `CallStatus` of a leg.
fn call_status(leg: &LegFacts) -> &'static str {
    match (leg.state, leg.direction) {
        (LegState::Created, Direction::Inbound) => "ringing",
        (LegState::Created, Direction::Outbound) => "initiated",
        (LegState::Ringing | LegState::EarlyMedia, _) => "ringing",
        (LegState::Answered, _) => "in-progress",
        (LegState::Ended, _) if leg.answered.is_some() => "completed",
        (LegState::Ended, _) => final_status(leg),
    }
}

/// Status of a leg that ended without an answer.
fn final_status(leg: &LegFacts) -> &'static str {
    match (leg.cause, leg.status) {
        (Some(Cause::NoAnswer), _) => "no-answer",
        (Some(Cause::Cancel), _) => "canceled",
        (_, 486 | 600 | 603) => "busy",
        (_, 408 | 480) => "no-answer",
        _ => "failed",
    }
}

fn screening(leg: &LegFacts, fields: &mut Fields) {
    if let Some(id) = &leg.sip_call_id {
        add(fields, "SipCallId", id.clone());
    }
    sip_headers(leg, "SipHeader_", fields);
}

/// `X-` headers, repeated ones joined by commas.
fn sip_headers(leg: &LegFacts, prefix: &str, fields: &mut Fields) {
    for header in &leg.headers {
        if !header.is_extension() {
            continue;
        }
        let name = format!("{prefix}{}", header.name);
        match fields.iter_mut().find(|(other, _)| other.eq_ignore_ascii_case(&name)) {
            Some((_, value)) => {
                value.push_str(", ");
                value.push_str(&header.value);
            }
            None => fields.push((name, header.value.clone())),
        }
    }
}

/// What a `<Dial>` adds to its action.
fn dialled(view: &View<'_>, dial: &DialFacts, fields: &mut Fields) {
    let leg = dial.winner.or(dial.deciding).and_then(|id| view.leg(id));
    if let Some(leg) = leg {
        let rang = leg.answered.or(leg.ended).unwrap_or(view.now).since(leg.created).secs();
        add(fields, "DialRingDuration", rang.to_string());
        add(fields, "DialCallSid", call_sid(leg));
    }
    let status = match (dial.winner, leg) {
        (Some(_), _) => "completed",
        (None, _) if dial.caller_gone => "canceled",
        // Screened out.
        (None, Some(leg)) if leg.answered.is_some() => "no-answer",
        (None, Some(leg)) => final_status(leg),
        (None, None) => "failed",
    };
    add(fields, "DialCallStatus", status);
    if let Some(leg) = leg {
        let talked = dial.winner.and_then(|_| leg.duration(view.now)).unwrap_or(0);
        add(fields, "DialCallDuration", talked.to_string());
        add(fields, "DialBridged", if dial.winner.is_some() { "true" } else { "false" });
        if let Some(id) = &leg.sip_call_id {
            add(fields, "DialSipCallId", id.clone());
        }
        let code = if leg.answered.is_some() { 200 } else { leg.status };
        add(fields, "DialSipResponseCode", code.to_string());
        sip_headers(leg, "DialSipHeader_", fields);
    }
}

/// What a `<Gather>` adds to its action.
fn gathered(what: &Collected, fields: &mut Fields) {
    match what {
        Collected::Keys(keys) => add(fields, "Digits", keys.clone()),
        Collected::Words { text, confidence, .. } => {
            add(fields, "SpeechResult", text.clone());
            add(fields, "Confidence", confidence.to_string());
        }
        Collected::Nothing | Collected::Failed => {}
    }
}

/// What a `<Record>` adds to its action. The length is a decimal number of seconds.
fn recorded(view: &View<'_>, facts: &ActivityFacts, fields: &mut Fields) {
    let recorded = facts.latest(|progress| match progress {
        Progress::Recorded { url, duration, .. } => Some((url, duration)),
        _ => None,
    });
    if let Some((url, duration)) = recorded {
        add(fields, "RecordingUrl", url.clone());
        add(fields, "PublicRecordingUrl", url.clone());
        add(fields, "RecordingDuration", (duration.0 as f64 / 1000.0).to_string());
    }
    let left = || facts.hung_up && view.leg(facts.leg).is_some_and(|leg| leg.ended_by == Some(EndedBy::Them));
    match facts.key {
        Some(key) => add(fields, "Digits", key.to_string()),
        None if left() => add(fields, "Digits", "hangup"),
        None => {}
    }
}

/// A status callback of a noun.
pub(crate) fn leg_changed(view: &View<'_>, leg: &LegFacts, change: LegChange, hook: &HookAt<'_>) -> Option<Request> {
    if matches!(change, LegChange::EarlyMedia | LegChange::HookFailed) {
        return None;
    }
    let mut fields = voice(view, leg);
    if let Some(caller) = view.leg(LegId::CALLER) {
        add(&mut fields, "ParentCallSid", call_sid(caller));
    }
    if change == LegChange::Ended {
        add(&mut fields, "CallDuration", leg.duration(view.now).unwrap_or(0).to_string());
        let code = if leg.answered.is_some() { 200 } else { leg.status };
        add(&mut fields, "SipResponseCode", code.to_string());
    }
    add(&mut fields, "Timestamp", rfc2822(view.unix_ms()));
    add(&mut fields, "CallbackSource", "call-progress-events");
    add(&mut fields, "SequenceNumber", hook.sequence.to_string());
    Some(form_request(hook.method, hook.url, &fields, PATIENCE))
}

/// Reads a reply by its type: XML is RCML, audio is played, plain text is said.
pub(crate) fn reply(content_type: &str, body: &str) -> Reply {
    let kind = content_type.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
    if kind == "text/plain" && !body.trim_start().starts_with('<') {
        let escaped = body.trim().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        return Reply::Document(format!("<Response><Say>{escaped}</Say></Response>"));
    }
    Reply::Document(body.to_string())
}

fn user_part(header: &str) -> String {
    let inside = header.split_once('<').map_or(header, |(_, rest)| rest.split('>').next().unwrap_or(rest));
    let bare = inside.strip_prefix("sips:").or_else(|| inside.strip_prefix("sip:")).unwrap_or(inside);
    bare.split(['@', ';', '?']).next().unwrap_or(bare).trim().to_string()
}

/// RFC 2822 date in UTC: `Tue, 01 Nov 2016 01:59:13 +0000`.
fn rfc2822(unix_ms: u64) -> String {
    const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let seconds = unix_ms / 1000;
    let days = seconds / 86_400;
    let (year, month, day) = civil(days as i64);
    let name = |list: &[&'static str], index: u64| list.get(index as usize).copied().unwrap_or("");
    format!(
        "{}, {day:02} {} {year} {:02}:{:02}:{:02} +0000",
        name(&DAYS, days % 7),
        name(&MONTHS, u64::from(month) - 1),
        seconds / 3600 % 24,
        seconds / 60 % 60,
        seconds % 60
    )
}

/// Year, month and day of a day counted from 1970-01-01 (proleptic Gregorian calendar).
fn civil(days: i64) -> (i64, u32, u32) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = (day_of_year - (153 * shifted_month + 2) / 5 + 1) as u32;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 } as u32;
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::rfc2822;

    #[test]
    fn dates_as_mail_writes_them() {
        assert_eq!(rfc2822(0), "Thu, 01 Jan 1970 00:00:00 +0000");
        assert_eq!(rfc2822(1_477_965_553_000), "Tue, 01 Nov 2016 01:59:13 +0000");
        assert_eq!(rfc2822(1_709_164_800_000), "Thu, 29 Feb 2024 00:00:00 +0000");
    }
}
