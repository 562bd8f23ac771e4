use crate::text::{Format, told};

fn check(source: &str, tree: &str, problems: &[&str]) {
    told::check(Format::Xml, source, tree, problems);
}

#[test]
fn reads_what_is_well_formed() {
    check(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<Response><!-- a -->\r\n<Say voice='x'>a &lt; &#233;</Say><![CDATA[<b>]]><Hangup/></Response>",
        "<Response>\"\\n\"<Say voice=\"x\">\"a < é\"</>\"<b>\"<Hangup></></>",
        &[],
    );
}

#[test]
fn raw_ampersands_are_mended() {
    check(
        "<Dial action=\"https://a.example/?x=1&y=2&amp;z\">a & b</Dial>",
        "<Dial action=\"https://a.example/?x=1&y=2&z\">\"a & b\"</>",
        &[
            "1:37 raw-ampersand: a raw `&` must be written `&amp;` => &amp;",
            "1:51 raw-ampersand: a raw `&` must be written `&amp;` => &amp;",
        ],
    );
}

#[test]
fn tells_every_mistake_and_goes_on() {
    check(
        "\u{feff} <?xml version=\"1.0\"?><Response><Dial timeout=20 action=“x”><Number>1</Dial><Say>a &nbsp; &#0; < c</Sya>\n<Sip url=\"a?b=1>x</Sip></Foo><Play a='1' a='2' loop/></Response><Two/>",
        "<Response><Dial timeout=\"20\" action=\"x\"><Number>\"1\"</></><Say>\"a &nbsp; &#0; \"\"< c\"</>\"\\n\"<Sip url=\"a?b=1\">\"x\"</><Play a=\"1\" a=\"2\" loop=\"\"></></>",
        &[
            "1:2 repaired: white space stands before `<?xml`, which must be the first thing in the document => ",
            "1:48 syntax: the value of `timeout` must stand in quotes => \"20\"",
            "1:58 syntax: expected `\"` around the value, found the typographic quote `“` => \"x\"",
            "1:62 syntax: `<Number>` is never closed; expected `</Number>` before `</Dial>`",
            "1:85 syntax: expected one of `&amp;` `&lt;` `&gt;` `&quot;` `&apos;`, found `&nbsp;` => &#160;",
            "1:92 syntax: `&#0;` is no character that XML allows",
            "1:97 syntax: a `<` in text must be written `&lt;` => &lt;",
            "1:102 syntax: expected `</Say>`, found `</Sya>` => Say",
            "2:10 syntax: this attribute value is never closed; expected `\"`",
            "2:26 syntax: expected `</Response>`, found `</Foo>`",
            "2:42 duplicate-key: the attribute `a` is given twice",
            "2:48 syntax: the attribute `loop` has no value; expected `=` => loop=\"\"",
            "2:65 syntax: expected only one top element, found a second, `<Two>`",
        ],
    );
}

#[test]
fn document_types_are_refused_and_skipped() {
    check(
        "<!DOCTYPE x [<!ENTITY a \"b>\">]><R/>",
        "<R></>",
        &["1:1 dtd: a document type (`<!DOCTYPE`) is refused: it can define entities that read files or explode => "],
    );
}

#[test]
fn what_is_never_closed() {
    check(
        "<A><B>x",
        "<A><B>\"x\"</></>",
        &["1:1 syntax: `<A>` is never closed; expected `</A>`", "1:4 syntax: `<B>` is never closed; expected `</B>`"],
    );
    check("<A <B/></A>", "<A><B></></>", &["1:1 syntax: expected `>` to end the tag `<A`"]);
    check("", "", &["1:1 syntax: expected an element, found nothing"]);
}

#[test]
fn depth_is_bounded() {
    let deep = "<a>".repeat(100_000);
    let tree = crate::text::read(&deep, Some(Format::Xml), &crate::text::TextLimits::default());
    assert_eq!(tree.problems.len(), 1);
    assert_eq!(tree.problems[0].message, "elements nest deeper than 200 levels");
}
