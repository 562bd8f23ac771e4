use super::graph;
use crate::wire::Graph;
use alloc::{format, string::String, vec::Vec};

fn lines(graph: &Graph) -> String {
    let mut lines: Vec<String> = Vec::new();
    for node in &graph.nodes {
        let ports: Vec<String> = node
            .ports
            .iter()
            .map(|port| format!("{}={}", port.label, port.to.as_ref().or(port.default.as_ref()).unwrap()))
            .collect();
        let problem = node.problem.as_deref().map_or(String::new(), |problem| format!(" !{problem}"));
        let line = format!("{} {} ({}) {}", node.id, node.verb, node.summary, ports.join("; "));
        lines.push(format!("{}{problem}", line.trim_end()));
    }
    for edge in &graph.edges {
        let to = edge.to.as_ref().or(edge.url.as_ref()).unwrap();
        let port = edge.port.as_deref().unwrap_or("");
        lines.push(format!("{} -{:?} {port}-> {to}", edge.from, edge.kind));
    }
    lines.join("\n")
}

fn check(source: &str, expected: &str) {
    let found = lines(&graph(source, None));
    let expected: Vec<&str> = expected.trim().lines().map(str::trim).collect();
    let found: Vec<&str> = found.lines().map(str::trim).collect();
    assert_eq!(found, expected, "{found:#?}");
}

#[test]
fn swml_has_outcomes_calls_and_loops() {
    check(
        "sections:
  main:
    - label: again
      prompt:
        play: say:hi
        result:
          case:
            match_digits: [{execute: sales}]
          default: [goto: again]
    - connect:
        timeout: 9
        parallel: [{to: 'sip:a@x'}, {to: 'sip:b@x', timeout: 5}]
    - hangup
  sales: [{transfer: 'https://example.com/x'}]
",
        "
sections.main[0] prompt (say:hi) digits=sections.main[0].prompt.result.case.match_digits[0]; otherwise=sections.main[0].prompt.result.default[0]
sections.main[0].prompt.result.case.match_digits[0] execute (sales)
sections.main[0].prompt.result.default[0] goto (again)
sections.main[1] connect (sip:a@x, sip:b@x) answered=falls through to hangup; busy=falls through to hangup; no answer=falls through to hangup; declined=falls through to hangup; failed=falls through to hangup
sections.main[2] hangup ()
sections.sales[0] transfer (https://example.com/x)
sections.main[0] -Outcome match_digits-> sections.main[0].prompt.result.case.match_digits[0]
sections.main[0] -Outcome default-> sections.main[0].prompt.result.default[0]
sections.main[0] -Sequence -> sections.main[1]
sections.main[0].prompt.result.case.match_digits[0] -Call -> sections.sales[0]
sections.main[0].prompt.result.case.match_digits[0] -Sequence -> sections.main[1]
sections.main[0].prompt.result.default[0] -Loop -> sections.main[0]
sections.main[1] -Sequence -> sections.main[2]
sections.sales[0] -Document -> https://example.com/x
",
    );
}

#[test]
fn what_cannot_be_read_is_a_node_and_the_rest_stays() {
    check(
        "sections:\n  main:\n    - conect: {to: x}\n    - 7\n    - play: {url: [1, {}]}\n    - hangup\n",
        "
sections.main[0] conect () !there is no method `conect`
sections.main[1]  () !expected a step, found a number
sections.main[2] play (1,) !`play.url` must be a string, found an object
sections.main[3] hangup ()
sections.main[0] -Sequence -> sections.main[1]
sections.main[1] -Sequence -> sections.main[2]
sections.main[2] -Sequence -> sections.main[3]
",
    );
}

#[test]
fn verbs_and_rcml_have_hooks_and_rows() {
    check(
        r#"[{"verb": "dial", "target": [{"type": "phone", "number": "+1555"}], "actionHook": "/after"}, {"hangup": {}}]"#,
        "
/[0] dial (+1555) answered=asks /after; busy=asks /after; no answer=asks /after; declined=asks /after; failed=asks /after
/[1] hangup ()
/[0] -Webhook -> /after
/[0] -Sequence -> /[1]
",
    );
    check(
        "<Response><Gather><Say>one</Say></Gather><Dial sequential='true'><Sip>sip:a@x</Sip><Number>1</Number></Dial><Redirect>/next</Redirect><Oops/></Response>",
        "
/Response/Gather[1] Gather () prompt=/Response/Gather[1]/Say[1]; digits=falls through to Dial; no input=falls through to Dial
/Response/Gather[1]/Say[1] Say (one)
/Response/Dial[1] Dial (sip:a@x, 1) answered=falls through to Redirect; busy=falls through to Redirect; no answer=falls through to Redirect; declined=falls through to Redirect; failed=falls through to Redirect
/Response/Redirect[1] Redirect (/next)
/Response/Oops[1] Oops () !there is no verb `<Oops>`; it is skipped
/Response/Gather[1] -Outcome prompt-> /Response/Gather[1]/Say[1]
/Response/Gather[1] -Sequence -> /Response/Dial[1]
/Response/Dial[1] -Sequence -> /Response/Redirect[1]
/Response/Redirect[1] -Document -> /next
",
    );
    check(
        "<Response><Record action='/message'/><Say>two</Say><Record/></Response>",
        "
/Response/Record[1] Record (action /message) recorded=asks /message; no input=falls through to Say
/Response/Say[1] Say (two)
/Response/Record[2] Record () recorded=the call ends; no input=the call ends
/Response/Record[1] -Webhook -> /message
/Response/Record[1] -Sequence -> /Response/Say[1]
/Response/Say[1] -Sequence -> /Response/Record[2]
",
    );
    let graph = graph("<Response><Dial sequential='true'><Sip>sip:a@x</Sip><Number>1</Number></Dial></Response>", None);
    let rows = graph.nodes.first().and_then(|node| node.rows.as_ref()).unwrap();
    assert_eq!(
        rows.targets.iter().map(|row| (row.turn, row.timeout.as_str())).collect::<Vec<_>>(),
        [(0, "30"), (1, "30")]
    );
}
