use super::{apply_edit, edited, format};
use crate::dialect::outline;
use crate::text::Format;
use crate::value::Value;
use crate::wire::{Edit, EditKind};
use alloc::string::String;

/// An edit in its JSON form.
fn edit(json: &str) -> Edit {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{json}: {error}"))
}

fn check(before: &str, json: &str, after: &str) {
    let edits = apply_edit(before, None, &edit(json)).unwrap_or_else(|refused| panic!("{json}: {}", refused.0));
    let found = edited(before, &edits);
    assert_eq!(found, after, "{json}\n{found}");
    assert!(edits.windows(2).all(|pair| pair[0].to <= pair[1].from));
}

fn refused(before: &str, json: &str, why: &str) {
    let found = apply_edit(before, None, &edit(json)).map(|edits| edited(before, &edits));
    assert_eq!(found.map_err(|refused| refused.0), Err(String::from(why)), "{json}");
}

const YAML: &str = "# a flow
sections:
  main:
    # greet
    - play: say:hi   # short
    - connect:
        to: 'sip:a@x'
        timeout: 5   # seconds
    - hangup
  sales:
    - answer: {}
";

#[test]
fn steps_are_put_into_yaml() {
    check(
        YAML,
        r#"{"op": "insert-after", "node": "sections.main[0]", "step": {"sleep": {"duration": 5}}}"#,
        &YAML.replace("# short\n", "# short\n    - sleep:\n        duration: 5\n"),
    );
    check(
        YAML,
        r#"{"op": "insert-after", "section": "main", "step": "answer"}"#,
        &YAML.replace("    - play", "    - answer\n    - play"),
    );
    check(
        YAML,
        r#"{"op": "insert-on-edge", "node": "sections.main[1]", "port": "busy", "step": {"play": "say:busy"}}"#,
        &YAML.replace(
            "# seconds\n",
            "# seconds\n        result:\n          variable: connect_failed_reason\n          case:\n            busy:\n              - play: say:busy\n",
        ),
    );
    check(
        "sections: {main: [answer]}\n",
        r#"{"op": "insert-after", "node": "sections.main[0]", "step": {"play": "say:yes"}}"#,
        "sections: {main: [answer, {play: say:yes}]}\n",
    );
    check(
        "sections:\n  main: hangup\n",
        r#"{"op": "insert-after", "section": "main", "step": {"play": "say:a, b"}}"#,
        "sections:\n  main:\n    - play: say:a, b\n    - hangup\n",
    );
    check(
        "sections:\r\n  main:\r\n  - answer\r\n",
        r#"{"op": "insert-after", "node": "sections.main[0]", "step": {"play": {"url": "say:x"}}}"#,
        "sections:\r\n  main:\r\n  - answer\r\n  - play:\r\n      url: say:x\r\n",
    );
}

#[test]
fn steps_are_put_into_json_and_xml() {
    let json = "{\n  \"sections\": {\n    \"main\": [\n      \"answer\",\n      {\"hangup\": {}}\n    ]\n  }\n}\n";
    check(
        json,
        r#"{"op": "insert-after", "node": "sections.main[0]", "step": {"play": {"url": "say:x"}}}"#,
        &json.replace("\"answer\",\n", "\"answer\",\n      {\"play\": {\"url\": \"say:x\"}},\n"),
    );
    check(
        r#"[{"verb": "say", "text": "hi"}]"#,
        r#"{"op": "insert-after", "node": "/[0]", "step": {"verb": "hangup"}}"#,
        r#"[{"verb": "say", "text": "hi"}, {"verb": "hangup"}]"#,
    );
    let xml = "<Response>\n    <Say>hi</Say> <!-- greet -->\n    <Hangup/>\n</Response>\n";
    check(
        xml,
        r#"{"op": "insert-after", "node": "/Response/Say[1]", "step": {"Say": {"voice": "a\"b", "text": "x < y"}}}"#,
        &xml.replace("-->\n", "-->\n    <Say voice=\"a&quot;b\">x &lt; y</Say>\n"),
    );
    check(
        "<Response/>",
        r#"{"op": "insert-after", "section": "Response", "step": {"Hangup": {}}}"#,
        "<Response><Hangup/></Response>",
    );
    // An outcome that goes on holds nothing: what is put onto it stands behind the step.
    check(
        "<Response>\n    <Gather action=\"/keys\"/>\n    <Hangup/>\n</Response>\n",
        r#"{"op": "insert-on-edge", "node": "/Response/Gather[1]", "port": "no-input", "step": {"Say": {"text": "bye"}}}"#,
        "<Response>\n    <Gather action=\"/keys\"/>\n    <Say>bye</Say>\n    <Hangup/>\n</Response>\n",
    );
    check(xml, r#"{"op": "delete", "node": "/Response/Hangup[1]"}"#, &xml.replace("    <Hangup/>\n", ""));
    check(
        xml,
        r#"{"op": "move", "node": "/Response/Hangup[1]", "before": "/Response/Say[1]"}"#,
        "<Response>\n    <Hangup/>\n    <Say>hi</Say> <!-- greet -->\n</Response>\n",
    );
}

#[test]
fn properties_keep_their_quotes() {
    check(
        YAML,
        r#"{"op": "set-prop", "node": "sections.main[1]", "path": ["to"], "value": "sip:b@x"}"#,
        &YAML.replace("'sip:a@x'", "'sip:b@x'"),
    );
    check(
        YAML,
        r#"{"op": "set-prop", "node": "sections.main[1]", "path": ["answer_on_bridge"], "value": true}"#,
        &YAML.replace("# seconds\n", "# seconds\n        answer_on_bridge: true\n"),
    );
    check(
        YAML,
        r#"{"op": "set-prop", "node": "sections.main[0]", "path": ["volume"], "value": 3}"#,
        &YAML.replace("play: say:hi   # short", "play:\n        url: say:hi   # short\n        volume: 3"),
    );
    check(
        YAML,
        r#"{"op": "set-prop", "node": "sections.main[2]", "path": ["reason"], "value": "busy"}"#,
        &YAML.replace("- hangup", "- hangup:\n        reason: busy"),
    );
    check(
        YAML,
        r#"{"op": "set-prop", "node": "sections.sales[0]", "path": ["max_duration"], "value": 9}"#,
        &YAML.replace("{}", "{max_duration: 9}").replace("answer: {", "answer:\n        ").replace("9}", "9"),
    );
    check(
        YAML,
        r#"{"op": "unset-prop", "node": "sections.main[1]", "path": ["timeout"]}"#,
        &YAML.replace("        timeout: 5   # seconds\n", ""),
    );
    check(
        r#"[{"verb":"say","text":"hi"}]"#,
        r#"{"op": "set-prop", "node": "/[0]", "path": ["loop"], "value": 2}"#,
        r#"[{"verb":"say","text":"hi","loop":2}]"#,
    );
    check(
        "<Response><Say voice='x'>hi</Say></Response>",
        r#"{"op": "set-prop", "node": "/Response/Say[1]", "path": ["voice"], "value": "y'z"}"#,
        "<Response><Say voice='y&apos;z'>hi</Say></Response>",
    );
    check(
        "<Response><Say voice='x'>hi</Say></Response>",
        r#"{"op": "set-prop", "node": "/Response/Say[1]", "path": ["text"], "value": "a & b"}"#,
        "<Response><Say voice='x'>a &amp; b</Say></Response>",
    );
    check(
        "<Response><Say voice='x'>hi</Say></Response>",
        r#"{"op": "unset-prop", "node": "/Response/Say[1]", "path": ["voice"]}"#,
        "<Response><Say>hi</Say></Response>",
    );
}

#[test]
fn steps_go_and_move() {
    check(YAML, r#"{"op": "delete", "node": "sections.main[2]"}"#, &YAML.replace("    - hangup\n", ""));
    check(
        YAML,
        r#"{"op": "delete", "node": "sections.sales[0]"}"#,
        &YAML.replace("sales:\n    - answer: {}\n", "sales: []\n"),
    );
    check(
        YAML,
        r#"{"op": "move", "node": "sections.main[1]", "before": "sections.main[0]"}"#,
        "# a flow
sections:
  main:
    # greet
    - connect:
        to: 'sip:a@x'
        timeout: 5   # seconds
    - play: say:hi   # short
    - hangup
  sales:
    - answer: {}
",
    );
    check(
        YAML,
        r#"{"op": "move", "node": "sections.main[0]", "section": "sales"}"#,
        &YAML
            .replace("    - play: say:hi   # short\n", "")
            .replace("answer: {}\n", "answer: {}\n    - play: say:hi   # short\n"),
    );
    let nested = "sections:\n  main:\n    - if:\n        condition: a\n        then:\n          - play: say:x # why\n          - hangup\n    - answer\n";
    check(
        nested,
        r#"{"op": "delete-and-reconnect", "node": "sections.main[0]"}"#,
        "sections:\n  main:\n    - play: say:x # why\n    - hangup\n    - answer\n",
    );
    check(
        nested,
        r#"{"op": "move", "node": "sections.main[1]", "before": "sections.main[0].if.then[1]"}"#,
        &nested.replace("    - answer\n", "").replace("          - hangup", "          - answer\n          - hangup"),
    );
    refused(
        nested,
        r#"{"op": "move", "node": "sections.main[0]", "after": "sections.main[0].if.then[1]"}"#,
        "a step cannot move into itself",
    );
}

#[test]
fn ports_are_connected() {
    check(
        YAML,
        r#"{"op": "connect", "node": "sections.main[1]", "port": "connected", "to": "sales"}"#,
        &YAML.replace(
            "# seconds\n",
            "# seconds\n        result:\n          case:\n            connected:\n              - transfer:\n                  dest: sales\n",
        ),
    );
    let text =
        "sections:\n  main:\n    - switch:\n        variable: a\n        case:\n          x: [answer]\n    - hangup\n";
    check(
        text,
        r#"{"op": "connect", "node": "sections.main[0]", "port": "default", "to": "sections.main[1]"}"#,
        "sections:\n  main:\n    - switch:\n        variable: a\n        case:\n          x: [answer]\n        default:\n          - goto:\n              label: hangup\n    - label: hangup\n    - hangup\n",
    );
    check(
        text,
        r#"{"op": "disconnect", "node": "sections.main[0]", "port": "x"}"#,
        &text.replace("case:\n          x: [answer]", "case: {}"),
    );
    let request = "sections:\n  main:\n    - request: {url: 'https://x', method: GET}\n";
    check(
        request,
        r#"{"op": "connect", "node": "sections.main[0]", "port": "failed", "to": "https://example.com/b"}"#,
        &(String::from(request)
            + "    - switch:\n        variable: request_result\n        case:\n          failed:\n            - transfer:\n                dest: https://example.com/b\n"),
    );
    check(
        "<Response><Dial>1</Dial></Response>",
        r#"{"op": "connect", "node": "/Response/Dial[1]", "port": "busy", "to": "/after"}"#,
        "<Response><Dial action=\"/after\">1</Dial></Response>",
    );
    check(
        r#"[{"verb": "dial", "target": [], "actionHook": {"url": "/a", "method": "GET"}}]"#,
        r#"{"op": "connect", "node": "/[0]", "port": "busy", "to": "/b"}"#,
        r#"[{"verb": "dial", "target": [], "actionHook": {"url": "/b", "method": "GET"}}]"#,
    );
    check(
        r#"[{"verb": "dial", "target": [], "actionHook": {"url": "/a", "method": "GET"}}]"#,
        r#"{"op": "disconnect", "node": "/[0]", "port": "busy"}"#,
        r#"[{"verb": "dial", "target": []}]"#,
    );
    let detecting = r#"[{"verb": "config", "id": "a", "amd": {"actionHook": {"url": "/a"}}}]"#;
    check(
        detecting,
        r#"{"op": "connect", "node": "/[0]", "port": "machine", "to": "/b"}"#,
        r#"[{"verb": "config", "id": "a", "amd": {"actionHook": {"url": "/b"}}}]"#,
    );
    check(detecting, r#"{"op": "disconnect", "node": "/[0]", "port": "human"}"#, r#"[{"verb": "config", "id": "a"}]"#);
}

#[test]
fn sections_are_made_dissolved_and_renamed() {
    let extracted = "# a flow
sections:
  main:
    # greet
    - execute:
        dest: hello
    - hangup
  sales:
    - answer: {}
  hello:
    - play: say:hi   # short
    - connect:
        to: 'sip:a@x'
        timeout: 5   # seconds
";
    check(
        YAML,
        r#"{"op": "extract-section", "node": "sections.main[0]", "last": "sections.main[1]", "name": "hello"}"#,
        extracted,
    );
    check(extracted, r#"{"op": "inline-section", "node": "sections.main[0]"}"#, YAML);
    check(
        extracted,
        r#"{"op": "rename-section", "section": "hello", "name": "greeting"}"#,
        &extracted.replace("hello", "greeting"),
    );
    refused(
        YAML,
        r#"{"op": "rename-section", "section": "sales", "name": "main"}"#,
        "there is a section `main` already",
    );
}

#[test]
fn steps_are_wrapped() {
    check(
        YAML,
        r#"{"op": "wrap", "with": "condition", "when": "x == 1", "node": "sections.main[1]", "last": "sections.main[2]"}"#,
        "# a flow
sections:
  main:
    # greet
    - play: say:hi   # short
    - cond:
        - when: x == 1
          then:
            - connect:
                to: 'sip:a@x'
                timeout: 5   # seconds
            - hangup
  sales:
    - answer: {}
",
    );
    check(
        YAML,
        r#"{"op": "wrap", "with": "loop", "max": 3, "node": "sections.main[0]", "last": "sections.main[1]"}"#,
        &YAML
            .replace("    - play", "    - label: loop\n    - play")
            .replace("    - hangup", "    - goto:\n        label: loop\n        max: 3\n    - hangup"),
    );
}

#[test]
fn documents_change_their_syntax() {
    let yaml = "version: '1.0.0'\nsections:\n  main:\n    - connect: {to: \"+15551234567\"}\n    - play: \"true\"\n";
    let json = edited(yaml, &apply_edit(yaml, None, &edit(r#"{"op": "convert-format", "format": "json"}"#)).unwrap());
    let (tree, _) = outline(&json, None);
    assert_eq!(tree.format, Format::Json);
    let back = edited(&json, &apply_edit(&json, None, &edit(r#"{"op": "convert-format", "format": "yaml"}"#)).unwrap());
    assert_eq!(
        back,
        "version: 1.0.0\nsections:\n  main:\n    - connect:\n        to: \"+15551234567\"\n    - play: \"true\"\n"
    );
}

#[test]
fn what_aliases_stand_for_is_left_alone() {
    let text = "sections:\n  end: &end\n    - hangup\n  main:\n    - cond: [{when: a, then: *end}]\n";
    refused(
        text,
        r#"{"op": "delete", "node": "sections.main[0].cond[0].then[0]"}"#,
        "this is written in another place, behind an anchor",
    );
}

#[test]
fn formatting_twice_is_formatting_once() {
    let even = |text: &str, expected: &str| {
        let once = edited(text, &format(text, None));
        assert_eq!(once, expected);
        assert_eq!(edited(&once, &format(&once, None)), once);
    };
    even("sections:  \n  main:   # x \n\n\n    - hangup", "sections:\n  main:   # x\n\n    - hangup\n");
    even(
        "[{\"verb\":\"say\",\n\"text\":\"a b\"}]",
        "[\n  {\"verb\": \"say\", \"text\": \"a b\"}\n]\n".replace("[\n  ", "[").replace("\n]", "]").as_str(),
    );
    even(
        "<Response>\n<!-- x -->\n      <Dial>\n <Sip>a</Sip>\n</Dial>\n  </Response>\n",
        "<Response>\n  <!-- x -->\n  <Dial>\n    <Sip>a</Sip>\n  </Dial>\n</Response>\n",
    );
}

#[test]
fn edits_have_one_json_form() {
    assert_eq!(edit(r#"{"op": "set-prop", "value": 3}"#).value, Some(Value::Number(3.0)));
    assert_eq!(edit(r#"{"op": "delete-and-reconnect"}"#).op, EditKind::DeleteAndReconnect);
    assert!(serde_json::from_str::<Edit>(r#"{"op": "explode"}"#).is_err());
}
